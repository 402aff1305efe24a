"""Saves the request of a tab, and asks what is to hold where others have changed it in its file as well."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from desktop.explorer.http_files.faults import same
from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document, opened
from desktop.explorer.tabs.keeping import Kept, Outside, keep, keep_new, look_again
from desktop.explorer.tabs.save_dialog import SaveDialog
from desktop.explorer.workspace.listing import files_below
from desktop.explorer.workspace.origin import Origin
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

if TYPE_CHECKING:
    from desktop.explorer.tabs.request_tab import RequestTab

_BOTH = "This request was changed in its file while you edited it here. Which one do you want to keep?"
_TAKEN = "What was typed here has given way to the version of the file."
_KEPT = "The version of the file has given way to what is typed here."


class Upkeep(QObject):
    """``notice`` is the line where it speaks, ``keep_mine``, ``take_theirs`` and ``swap`` are its buttons.

    What was not chosen stays at hand: ``swap`` brings it into the fields.
    """

    def __init__(self, tab: "RequestTab", tasks: TaskSet) -> None:
        super().__init__(tab)
        self._tab = tab
        self._tasks = tasks
        self._lock = asyncio.Lock()
        self._works: set[asyncio.Task[None]] = set()
        self._dialog: SaveDialog | None = None
        self._theirs: Document | None = None
        self._other: Request | None = None
        self._is_asking = False
        self._is_finishing = False
        self._draft_fault = ""
        self.keep_mine = QPushButton("Keep mine", tab)
        self.take_theirs = QPushButton("Take the file’s", tab)
        self.swap = QPushButton("Bring back the other one", tab)
        self.notice = MessageLine((self.keep_mine, self.take_theirs, self.swap), tab)
        self.keep_mine.clicked.connect(self._keep_mine)
        self.take_theirs.clicked.connect(self._take_theirs)
        self.swap.clicked.connect(self._swap)

    def save(self, *, finish: bool = False) -> None:
        """Write the request into its file, or ask for one; ``finish`` ends the tab if that went well."""
        self._is_finishing = finish
        if self._tab.origin is not None:
            self._spawn(self._save(), f"saving {self._tab.title}")
        elif self._dialog is None:
            self._ask_where()

    def look_again(self) -> None:
        """The file may have changed."""
        if self._tab.origin is not None:
            self._spawn(self._look(), f"reading {self._tab.origin.path.name} again")

    def moved(self, origin: Origin) -> None:
        """The request is in another place now."""
        self.meet(opened(origin))

    def meet(self, found: Document) -> None:
        """Take over what the file has now; ask where something else is typed."""
        tab = self._tab
        if same(found.request, tab.on_file) or (tab.is_modified and same(found.request, tab.request())):
            tab.rebase(found)
        elif tab.is_modified:
            self._ask(found)
            return
        else:
            tab.show_document(found)
        if self._is_asking:
            self.say("")

    def say(self, sentence: str, *, fault: bool = False, other: Request | None = None) -> None:
        """Say something in place of what was said before; ``other`` is a request that can be brought back."""
        self._is_asking, self._theirs, self._other = False, None, other
        self.notice.say(sentence, fault=fault, buttons=() if other is None else (self.swap,))

    def say_draft_fault(self, sentence: str) -> None:
        """Say that the draft could not be kept, or with an empty sentence that it could; it never hides a question."""
        if self.notice.text() in ("", self._draft_fault):
            self._draft_fault = sentence
            self.notice.say(sentence, fault=True)

    async def ended(self) -> None:
        """Wait until nothing is on its way to or from the disk."""
        while self._works:
            await asyncio.wait(self._works)

    async def _save(self, *, force: bool = False) -> None:
        async with self._lock:
            before = self._tab.document()
            if before.origin is not None:
                self._take(before.origin, await keep(before, force=force))

    async def _save_new(self, path: Path, title: str) -> None:
        async with self._lock:
            before = replace(self._tab.document(), origin=None, title=title)
            self._take(None, await keep_new(before, path))

    async def _look(self) -> None:
        async with self._lock:
            before = self._tab.document()
            found = await look_again(before)
        if self._tab.origin != before.origin:
            self.look_again()
        elif isinstance(found, Document):
            self.meet(found)
        elif isinstance(found, Outside):
            self._ask(None)
        else:
            self.say(found, fault=True)

    def _ask_where(self) -> None:
        roots = self._tab.roots
        self._dialog = SaveDialog(roots, self._tab.title, self._tab)
        self._dialog.chosen.connect(self._save_in)
        self._dialog.finished.connect(self._asked)
        self._dialog.open()
        self._spawn(self._offer(self._dialog, roots), "looking for files to save in")

    async def _offer(self, dialog: SaveDialog, roots: tuple[Path, ...]) -> None:
        files = {root: await asyncio.to_thread(files_below, root) for root in roots}
        if self._dialog is dialog:
            dialog.offer(files)

    def _asked(self, result: int) -> None:
        self._dialog = None
        if not result:
            self._is_finishing = False

    def _save_in(self, path: Path, title: str) -> None:
        self._spawn(self._save_new(path, title), f"saving {title}")

    def _take(self, before: Origin | None, result: Kept | Outside | str) -> None:
        """Show how a saving went."""
        is_finishing, self._is_finishing = self._is_finishing, False
        if isinstance(result, Kept):
            self._show_kept(before, result)
            if is_finishing and not self._tab.is_modified:
                self._tab.finished.emit()
        elif isinstance(result, Outside):
            self._ask(result.document)
        else:
            self.say(result, fault=True)

    def _show_kept(self, before: Origin | None, kept: Kept) -> None:
        """What was typed meanwhile stays, and is not saved yet."""
        tab, other = self._tab, self._other
        if tab.origin != before:
            self.look_again()  # moved meanwhile: what was written is found there
            return
        if tab.request() == kept.typed:
            tab.show_document(kept.document) if kept.typed != kept.document.request else tab.rebase(kept.document)
        else:
            tab.rebase(kept.document)
        self.say(kept.note or (_KEPT if other is not None else ""), other=other)
        tab.saved.emit(before, kept.document.origin)

    def _ask(self, theirs: Document | None) -> None:
        self._is_asking, self._theirs, self._other = True, theirs, None
        self.keep_mine.setText("Keep mine" if theirs is not None else "Put it back")
        origin = self._tab.origin
        if theirs is not None or origin is None:
            self.notice.say(_BOTH, fault=True, buttons=(self.keep_mine, self.take_theirs))
            return
        gone = f"This request is no longer in {visible(origin.path.name)}. What you see here is the only one."
        self.notice.say(gone, fault=True, buttons=(self.keep_mine,))
        self._tab.lose_place()

    def _keep_mine(self) -> None:
        theirs = self._theirs
        self.say("")
        if theirs is not None:
            self._other = theirs.request
            self._tab.rebase(theirs)
        self._spawn(self._save(force=theirs is None), f"saving {self._tab.title}")

    def _take_theirs(self) -> None:
        theirs, mine = self._theirs, self._tab.request()
        if theirs is not None:
            self._tab.show_document(theirs)
            self.say(_TAKEN, other=mine)

    def _swap(self) -> None:
        other, self._other = self._other, self._tab.request()
        if other is not None:
            self._tab.pane.show_request(other)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._tasks.spawn(work, name=name)
        self._works.add(task)
        task.add_done_callback(self._works.discard)
