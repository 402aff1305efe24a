"""A heading with rows below it: a label, its field, and a word on it; lines of text that can be copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.icon_button import IconButton

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
INSET = 3
"""Pixels above the text of a radio button or a box to tick, so that what stands beside it is on the same line."""

_WIDEST = 720  # pixels
_TOP = Qt.AlignmentFlag.AlignTop


class Section(QWidget):
    """One group of settings; ``stack`` makes a column of several, whose labels have the same width."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.S)
        self._grid.setColumnStretch(2, 1)
        heading = QLabel(title, self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.add(heading)

    def add(self, widget: QWidget) -> None:
        """Append what is as wide as the section."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def add_below(self, widget: QWidget) -> None:
        """Append what belongs to the field above it."""
        self._grid.addWidget(widget, self._grid.rowCount(), 1, 1, 2)

    def add_row(self, label: str, field: QWidget, note: str = "") -> None:
        """Append a field; with a muted word on it beside it, else as wide as there is room."""
        row = self._grid.rowCount()
        title = self._labels[field] = QLabel(label, self)
        title.setBuddy(field)
        if note:
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(field, row, 1)
            self._grid.addWidget(muted(note, self), row, 2)
        else:
            title.setContentsMargins(0, INSET, 0, 0)
            self._grid.addWidget(title, row, 0, _TOP)
            self._grid.addWidget(field, row, 1, 1, 2)

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field and its label."""
        field.setVisible(shown)
        self._labels[field].setVisible(shown)

    @staticmethod
    def stack(sections: Sequence["Section"], inner: QWidget, scroll: QScrollArea) -> None:
        """Lay them out below one another in ``inner``, no wider than is read with ease, and that in ``scroll``."""
        Section._align(sections)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XL)
        for section in sections:
            column.addWidget(section)
        column.addStretch()
        inner.setMaximumWidth(_WIDEST)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)

    @staticmethod
    def _align(sections: Sequence["Section"]) -> None:
        """Let the fields of all of them begin at the same place."""
        widest = max(label.sizeHint().width() for section in sections for label in section._labels.values())
        for section in sections:
            section._grid.setColumnMinimumWidth(0, widest)


class CopyLine(QWidget):
    """Text to be selected, or copied by a button; an empty one has no button."""

    def __init__(self, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setFont(theme.mono_font())
        self.label.setContentsMargins(0, INSET, 0, 0)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(SELECTABLE)
        self.copy = IconButton("content-copy", f"Copy the {what}", self)
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        line.addWidget(self.label, 1, _TOP)
        line.addWidget(self.copy, 0, _TOP)

    def show_text(self, text: str, shown: str = "") -> None:
        """Show a text, perhaps in another form than the one that is copied."""
        self._text = text
        self.label.setText(shown or text)
        self.copy.setVisible(bool(text))

    def text(self) -> str:
        """What is copied."""
        return self._text

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


def muted(text: str, parent: QWidget) -> QLabel:
    """A remark of less weight."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
