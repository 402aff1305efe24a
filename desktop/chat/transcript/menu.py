"""What can be done with the chosen entries of a transcript: the context menu, and copying."""

import base64
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop import shortcuts
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.background import Background
from desktop.chat.transcript.links import Act
from desktop.chat.transcript.looks import body_of, line_of

if TYPE_CHECKING:
    from desktop.chat.transcript.view import Transcript

COPIED = 64 * 1024 * 1024
"""About how many bytes of memory entries may take to be copied at a time."""

_AT_ONCE = 200_000
_TOO_MUCH = f"At most {COPIED >> 20} MB are copied at a time. Choose fewer messages, or save them."


class EntryMenu(QObject):
    """The actions of a transcript; those with a shortcut belong to the view."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._background = Background(self)
        self._copy = self._action("&Copy", self._copy_text, QKeySequence(QKeySequence.StandardKey.Copy))
        self._hex = self._action("Copy bytes as &hex", self._copy_hex)
        self._base64 = self._action("Copy bytes as &base64", self._copy_base64)
        self._show = self._action("Show in &full…", self._view_entry, QKeySequence(shortcuts.OPEN_IN_WINDOW))
        view.addActions([self._copy, self._show])

    def menu(self) -> QMenu:
        """A menu for the chosen entries as they are now."""
        menu, view = QMenu(self._view), self._view
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries, current = view.selected_entries(), view.current()
        self._copy.setText(f"&Copy {len(entries):,} messages" if len(entries) > 1 else "&Copy")
        self._copy.setEnabled(bool(entries))
        menu.addAction(self._copy)
        if len(entries) == 1 and entries[0].kind is EntryKind.BINARY:
            menu.addActions([self._hex, self._base64])
        if current is not None:
            menu.addSeparator()
            for link in view.links_of_current():
                if link.act is not Act.VIEW:
                    menu.addAction(link.words.replace("&", "&&")).triggered.connect(partial(self._act, link.act))
            menu.addAction(self._show)
        return menu

    def text_of(self, entries: Sequence[Entry]) -> str:
        """Entries safe to paste: one as its bare text, several as a line each."""
        return body_of(entries[0]) if len(entries) == 1 else "\n".join(line_of(entry) for entry in entries)

    def _action(self, text: str, do: Callable[[], None], keys: QKeySequence | None = None) -> QAction:
        action = QAction(text, self)
        if keys is not None:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        return action

    def _copy_text(self) -> None:
        self._put(self.text_of)

    def _copy_hex(self) -> None:
        self._put(_hex)

    def _copy_base64(self) -> None:
        self._put(_base64)

    def _view_entry(self) -> None:
        self._view.view_current()

    def _act(self, act: Act) -> None:
        self._view.act_on_current(act)

    def _put(self, text_of: Callable[[Sequence[Entry]], str]) -> None:
        """Put the chosen entries into the clipboard; a great deal of them is put into words in a thread."""
        entries = self._view.selected_entries()
        weight = sum(entry.weight for entry in entries)
        if weight > COPIED:
            self._view.told.emit(_TOO_MUCH)
        elif weight > _AT_ONCE:
            self._background.run(partial(text_of, entries), _to_clipboard)
        elif entries:
            _to_clipboard(text_of(entries))


def _hex(entries: Sequence[Entry]) -> str:
    return entries[0].data.hex(" ")


def _base64(entries: Sequence[Entry]) -> str:
    return base64.b64encode(entries[0].data).decode()


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
