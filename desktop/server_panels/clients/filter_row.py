"""How many clients there are, and which of them the table shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop import theme
from desktop.widgets.live_box import LiveBox
from servers.logs import visible

MANY = 10
"""From so many clients on there are filters."""

_WIDTH = 14


class FilterRow(QWidget):
    """A count, a filter by text and one by room, and the button that closes; ``changed`` tells of another filter."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = QLabel(self)
        self.text = QLineEdit(self, placeholderText="Filter", clearButtonEnabled=True)
        self.text.setAccessibleName("Show only clients whose name, room or address contains this text")
        self.text.setToolTip(self.text.accessibleName())
        self.rooms: LiveBox[str | None] = LiveBox(None, "All rooms", self)
        self.rooms.setMinimumContentsLength(_WIDTH)
        self.rooms.setAccessibleName("Show only clients of this room")
        self.rooms.setToolTip(self.rooms.accessibleName())
        self.close_button = QPushButton("C&lose…", self)
        self.close_button.setCheckable(True)
        self.text.textChanged.connect(self.changed)
        self.rooms.activated.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.count)
        layout.addStretch(1)
        layout.addWidget(self.text, 2)
        layout.addWidget(self.rooms)
        layout.addWidget(self.close_button)

    def show_clients(self, total: int, shown: int, rooms: dict[str, int]) -> None:
        """Say how many clients there are, and offer their rooms."""
        filtered = bool(self.text.text()) or self.rooms.value is not None
        self.count.setText(f"{shown:,} of {clients_text(total)}" if filtered else clients_text(total))
        self.text.setVisible(filtered or total >= MANY)
        self.rooms.setVisible(self.rooms.value is not None or (total >= MANY and len(rooms) > 1))
        labels: dict[str | None, str] = {None: "All rooms"}
        labels |= {one: visible(one) for one in (*rooms, self.rooms.value) if one is not None}
        self.rooms.fill(labels, self.rooms.value)


def clients_text(count: int) -> str:
    """So many clients, in words."""
    return "1 client" if count == 1 else f"{count:,} clients"
