"""The line above the frames that narrows them: direction, opcode and a text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.chat.frames.filtering import DIRECTIONS, KINDS, FrameFilter


class FrameFilterBar(QWidget):
    """Emits ``changed`` with a FrameFilter, or None where it would accept all."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.direction = self._choice(list(DIRECTIONS), "Direction of the frames that are shown")
        self.kind = self._choice(list(KINDS), "Opcodes that are shown")
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("Filter")
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName("Show only frames with this text in content, opcode, mask or fault")
        self.text.textChanged.connect(self._tell)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.direction)
        layout.addWidget(self.kind)
        layout.addWidget(self.text, 1)

    def _choice(self, words: list[str], about: str) -> QComboBox:
        made = QComboBox(self)
        made.addItems(words)
        made.setAccessibleName(about)
        made.setToolTip(about)
        made.setMinimumContentsLength(8)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.currentIndexChanged.connect(self._tell)
        return made

    def _tell(self) -> None:
        made = FrameFilter(DIRECTIONS[self.direction.currentText()], self.kind.currentText(), self.text.text())
        self.changed.emit(None if made.accepts_all else made)
