"""A choice of one among a few, with a sentence below it that says what it means."""

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.wheel import calm

Choice = TypeVar("Choice", bound=Enum)


class ExplainedChoice(QWidget, Generic[Choice]):
    """``choices`` are words and sentences, which may be empty. ``changed`` tells of another choice."""

    changed = Signal()

    def __init__(self, name: str, choices: Mapping[Choice, tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self.box = QComboBox(self)
        self.box.addItems([words for words, _ in choices.values()])
        self.box.setAccessibleName(name)
        calm(self.box)
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.box)
        layout.addWidget(self.about)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._explain)
        self._explain()

    def choice(self) -> Choice:
        """What is chosen."""
        return list(self._choices)[self.box.currentIndex()]

    def choose(self, choice: Choice) -> None:
        """Show another choice."""
        self.box.setCurrentIndex(list(self._choices).index(choice))

    def _explain(self) -> None:
        _, sentence = self._choices[self.choice()]
        self.about.setText(sentence)
        self.about.setVisible(bool(sentence))
        self.changed.emit()
