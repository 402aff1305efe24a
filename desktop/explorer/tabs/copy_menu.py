"""The buttons behind Send: save the request, and copy it as code."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import shortcuts
from desktop.explorer.model.request import Request
from desktop.explorer.snippets.languages import LANGUAGES
from desktop.explorer.snippets.masking import masked
from desktop.widgets.icon_button import IconButton

GetRequest = Callable[[], Request]


class CopyMenu(QObject):
    """``resolved`` gives the request with its variables replaced, ``typed`` as it stands in the fields."""

    def __init__(self, resolved: GetRequest, typed: GetRequest, parent: QWidget) -> None:
        super().__init__(parent)
        self._resolved, self._typed = resolved, typed
        self.save_button = IconButton("content-save-outline", f"Save ({shortcuts.SAVE})", parent)
        self.copy_button = IconButton("code-tags", "Copy the request as code", parent)
        self.buttons = (self.save_button, self.copy_button)
        self.menu = QMenu(self.copy_button)
        self.with_values = QAction("With values in place of variables", self)
        self.with_values.setCheckable(True)
        self.with_values.setChecked(True)
        self.secrets_hidden = QAction("Secrets hidden", self)
        self.secrets_hidden.setCheckable(True)
        for number, language in enumerate(LANGUAGES):
            action = self.menu.addAction(language.name, self._copy)
            action.setData(number)
        self.menu.addSeparator()
        self.menu.addActions((self.with_values, self.secrets_hidden))
        self.copy_button.setMenu(self.menu)
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _copy(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            request = self._resolved() if self.with_values.isChecked() else self._typed()
            shown = masked(request) if self.secrets_hidden.isChecked() else request
            QGuiApplication.clipboard().setText(LANGUAGES[action.data()].make(shown))
