"""The buttons for what can be done with all chat windows."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.chat.commands import ChatCommands, Command
from desktop.chat.windows import ChatWindows


class CommandBar(QWidget):
    """A button for each command; ``buttons`` has them by their words."""

    def __init__(self, windows: ChatWindows, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = ChatCommands(windows, self).all
        self.buttons = {command.text: self._button(command) for command in self._commands}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addStretch()
        windows.changed.connect(self._refresh)
        self._refresh()
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "buttons"):
            self._recolor()

    def _button(self, command: Command) -> QPushButton:
        button = QPushButton(command.text, self)
        button.setToolTip(f"{command.tip} ({command.keys})" if command.keys else command.tip)
        button.clicked.connect(command.run)
        return button

    def _refresh(self) -> None:
        for command in self._commands:
            self.buttons[command.text].setEnabled(command.is_possible())

    def _recolor(self) -> None:
        for command in self._commands:
            self.buttons[command.text].setIcon(theme.icon(command.icon))
