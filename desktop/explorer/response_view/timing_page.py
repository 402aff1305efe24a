"""How long each step of an exchange took: as a bar, and in figures and words."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.sending.reply import Reply, Timing

_MIN_WIDTH = 3.0


class Step(NamedTuple):
    """One step: its name, what happens in it, and how many nanoseconds it took."""

    name: str
    about: str
    ns: int


def steps_of(timing: Timing) -> tuple[Step, ...]:
    """The steps in their order."""
    return (
        Step("DNS", "finding the address of the host", timing.dns),
        Step("Connect", "opening the TCP connection", timing.connect),
        Step("TLS", "agreeing on keys, checking the certificate", timing.tls),
        Step("Send", "sending the request", timing.send),
        Step("Wait", "until the head of the response came", timing.wait),
        Step("Receive", "until the whole body had come", timing.receive),
    )


_LIGHT = ("#535b66", "#7a4d00", "#9c2c77", "#136b34", "#0b5cad", "#5b3fb0")
_DARK = ("#aab2bd", "#f0b858", "#f2a3d8", "#8ad6a0", "#7ab8f5", "#bda9ff")


def _colors() -> tuple[str, ...]:
    return _DARK if theme.colors() is theme.DARK else _LIGHT


class TimingBar(QWidget):
    """The steps one after the other, as long as they took; the figures beside it say the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        self._steps = steps
        words = ", ".join(f"{step.name} {_ms(step.ns)}" for step in steps)
        self.setAccessibleName(f"Timing: {words}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(300, theme.XL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        total = sum(step.ns for step in self._steps)
        if not total:
            return
        left = 0.0
        room = self.width() - _MIN_WIDTH * sum(step.ns > 0 for step in self._steps)
        for step, color in zip(self._steps, _colors(), strict=True):
            if step.ns:
                width = _MIN_WIDTH + room * step.ns / total
                painter.fillRect(QRectF(left, 0, width - 1, self.height()), QColor(color))
                left += width


class TimingPage(QWidget):
    """The bar, a row for each step, and what is to be said about the connection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = TimingBar(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self._rows = [[QLabel(self) for _ in range(4)] for _ in steps_of(Timing())]
        self.total = QLabel(self)
        self._lay_out()
        self._recolor()

    def show_reply(self, reply: Reply) -> None:
        """Show the times of an exchange."""
        steps = steps_of(reply.timing)
        self.bar.show_steps(steps)
        for step, (_, name, figure, about) in zip(steps, self._rows, strict=True):
            name.setText(step.name)
            figure.setText(_ms(step.ns))
            about.setText(step.about)
        self.total.setText(_ms(reply.exchange.duration_ns))
        self.words.setText(_words(reply))
        self.words.setVisible(bool(self.words.text()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "total"):
            self._recolor()

    def _recolor(self) -> None:
        for (mark, *_), color in zip(self._rows, _colors(), strict=True):
            mark.setPixmap(theme.icon("square-rounded", color).pixmap(14, 14))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        for row, labels in enumerate(self._rows):
            for column, label in enumerate(labels):
                grid.addWidget(label, row, column)
            labels[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        word = QLabel("In all", self)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (word, self.total):
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        grid.addWidget(word, len(self._rows), 1)
        grid.addWidget(self.total, len(self._rows), 2)
        grid.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.M)
        layout.addWidget(self.bar)
        layout.addLayout(grid)
        layout.addWidget(self.words)
        layout.addStretch()


def _words(reply: Reply) -> str:
    timing = reply.timing
    sentences: list[str] = []
    if reply.exchange.status and not timing.connect and not timing.dns and any(_all(timing)):
        sentences.append("The connection of an earlier request was used again: nothing to find, connect or agree on.")
    if reply.hops:
        several = f"the last of {len(reply.hops) + 1} requests"
        sentences.append(f"These are the times of {several}; those before it are under Steps.")
    return " ".join(sentences)


def _all(timing: Timing) -> tuple[int, ...]:
    return tuple(step.ns for step in steps_of(timing))


def _ms(nanoseconds: int) -> str:
    return f"{nanoseconds / 1e6:,.2f} ms"
