"""The button with the saved messages of a server: put into the box, sent at once, saved, kept in order."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop import theme
from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.manage_dialog import ManageDialog
from desktop.chat.repeating.name_dialog import NameDialog
from desktop.chat.repeating.saved import NotSaved, SavedMessage, SavedMessages, server_of
from desktop.widgets.variables import shortened
from servers.logs import visible

_NAME = 40
"""Characters of a name in the menu, and of the text that is offered for one."""


class SavedButton(QPushButton):
    """``chosen`` has the message to put into the box, ``send_requested`` the one to send at once.

    ``url`` gives the URL of the server and ``draft`` the message in the box, as they are when the menu opens.
    """

    chosen = Signal(object)
    send_requested = Signal(object)

    def __init__(
        self, saved: SavedMessages, url: Callable[[], str], draft: Callable[[], Outgoing], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._saved, self._url, self._draft = saved, url, draft
        self.entries = QMenu(self)
        self.send_now = QMenu("Send &now", self.entries)
        self.setAccessibleName("Saved messages")
        self.setToolTip("Messages saved for this server; with Shift, the chosen one is sent at once")
        self.entries.aboutToShow.connect(self._fill)
        self.entries.triggered.connect(self._take)  # of the menu in it, too
        self.setMenu(self.entries)
        self._recolor()

    def messages(self) -> tuple[SavedMessage, ...]:
        """What is saved for the server. Raises NotSaved."""
        return self._saved.of(self._url())

    def ask_for_name(self) -> None:
        """Save the message in the box under a name that is asked for."""
        message, url = self._draft(), self._url()
        try:
            taken = {one.name for one in self.messages()}
        except NotSaved:
            taken = set()  # saving will say it
        dialog = NameDialog(first_words(message.text), taken, partial(self._saved.save, url, message=message), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def manage(self) -> None:
        """Show what is saved for the server, to be called otherwise, ordered and deleted."""
        dialog = ManageDialog(self._saved, self._url(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "entries"):
            self._recolor()

    def _fill(self) -> None:
        self.entries.clear()
        self.send_now.clear()
        try:
            messages, fault = self.messages(), ""
        except NotSaved as error:
            messages, fault = (), str(error)
        for one in messages:
            for menu in (self.entries, self.send_now):
                menu.addAction(shortened(visible(one.name), _NAME).replace("&", "&&")).setData(one.message)
        if not messages:
            self.entries.addAction(fault or "No messages are saved for this server").setEnabled(False)
        self.entries.addSeparator()
        self.entries.addMenu(self.send_now).setEnabled(bool(messages))
        save = self.entries.addAction("&Save this message…", self.ask_for_name)
        save.setEnabled(not fault and bool(server_of(self._url())) and bool(self._draft().text))
        self.entries.addAction("&Manage…", self.manage).setEnabled(bool(messages))

    def _take(self, action: QAction) -> None:
        message = action.data()
        if not isinstance(message, Outgoing):
            return
        is_shifted = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        at_once = is_shifted or action in self.send_now.actions()
        (self.send_requested if at_once else self.chosen).emit(message)

    def _recolor(self) -> None:
        self.setIcon(theme.icon("bookmark-outline"))


def first_words(text: str) -> str:
    """The beginning of a text, in one line, as a name for it."""
    return shortened(visible(" ".join(text[:1000].split())), _NAME)
