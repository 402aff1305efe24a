"""What the response's place shows before there is one: what to do, or that it is on its way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.widgets.empty_state import EmptyState


class EmptyPage(EmptyState):
    """A title, advice, and the buttons that follow it."""

    send_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("compass-outline", "", parent)
        self.send = self.add_button("")
        self.send.clicked.connect(self.send_wanted)
        self.tour = self.add_button("Run the CRUD tour")
        self.tour.setToolTip("Create, read, replace and delete a player, and meet each status code of a REST service")
        self.tour.clicked.connect(self.tour_wanted)

    def offer(self, title: str, advice: str, action: str) -> None:
        """Show other words; ``action`` stands on the button that sends."""
        self.say(title, advice)
        self.send.setText(action)
        self.tour.hide()


class WaitingPage(QWidget):
    """A sentence about what is being waited for, and a bar that shows how far it is where that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(280)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("The response is on its way")
        layout = QVBoxLayout(self)
        layout.addStretch()
        for widget in (self.words, self.bar):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def say(self, sentence: str) -> None:
        """Wait for something of unknown length."""
        self.words.setText(sentence)
        self.bar.setRange(0, 0)

    def show_progress(self, received: int, length: int | None) -> None:
        """So many bytes of a body have come; ``length`` is how many it will have, if that was said."""
        if length:
            self.words.setText(f"Received {received:,} of {length:,} bytes…")
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(received * 1000 // length, 1000))
        else:
            self.say(f"Received {received:,} bytes…")
