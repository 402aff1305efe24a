"""Keeps the opened folders: scans and watches them, carries out changes one after another, and takes them back."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.explorer.collection_view.nodes import Tree
from desktop.explorer.workspace.names import Refused
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.requests import origin_of
from desktop.explorer.workspace.scan import Folder, Scan, Scanner
from desktop.explorer.workspace.steps import Change, Place
from desktop.explorer.workspace.watching import POLLING, Watcher
from desktop.tasks import TaskSet

Plan = Callable[[], Change]


class _Found(NamedTuple):
    """What a scan of all folders says: the rows if they differ from the last, and what has changed outside."""

    scans: dict[Path, Scan]
    tree: Tree | None
    changed: frozenset[Path]


class Keeper(QObject):
    """All that reads and writes runs in threads, one thing at a time.

    ``scanned`` carries a Tree, before it ``renamed`` the old and new path of what was renamed; ``changed_outside`` a
    set of paths; ``changed`` a Change that has been carried out, and whether it is a new one, not one taken back or
    made again; ``read`` the Origin that ``open_request`` asked for, and whether for a new window. ``refused`` and
    ``noted`` carry sentences.
    """

    renamed = Signal(object, object)
    scanned = Signal(object)
    changed_outside = Signal(object)
    changed = Signal(object, bool)
    read = Signal(object, bool)
    refused = Signal(str)
    noted = Signal(str)

    def __init__(self, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.folders: tuple[Path, ...] = ()
        self._tasks = tasks
        self._scanner = Scanner()
        self._scans: dict[Path, Scan] = {}
        self._shown: list[Folder] | None = None
        self._lock = asyncio.Lock()
        self._watcher = Watcher(self._look, self._note_polling)
        self._is_watching = False
        self._backs: list[Change] = []

    def show_folders(self, folders: Iterable[Path]) -> None:
        """Open these folders, and close all others. Needs a running loop."""
        self.folders = tuple(dict.fromkeys(folders))
        if not self._is_watching:
            self._is_watching = True
            self._tasks.spawn(self._watcher.run(), name="watch the collections")
        self.rescan()

    def rescan(self) -> None:
        """Look at everything again."""
        self._tasks.spawn(self._rescan(), name="read the collections")

    def own(self, path: Path) -> None:
        """A file has just been written by another part of this program."""
        self._scanner.own(path)
        self.rescan()

    def carry_out(self, plan: Plan) -> None:
        """Make a change that can be taken back."""
        self._tasks.spawn(self._carry_out(plan), name="change a collection")

    def undo(self) -> None:
        """Take the last change back."""
        self._tasks.spawn(self._take_back(), name="undo a change of a collection")

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._tasks.spawn(self._make_again(), name="redo a change of a collection")

    def open_request(self, place: Place, *, new_window: bool) -> None:
        """Read a request; ``read`` or ``refused`` follows."""
        self._tasks.spawn(self._read(place, new_window), name="read a request")

    async def _rescan(self) -> None:
        async with self._lock:
            await self._scan()

    async def _look(self, paths: frozenset[Path]) -> None:
        async with self._lock:
            await self._scan()

    async def _scan(self, own: Change | None = None) -> None:
        found = await asyncio.to_thread(self._find, self.folders, self._scans, own)
        self._scans = {folder: scan for folder, scan in found.scans.items() if folder in self.folders}
        self._watcher.is_waiting = any(not scan.folders for scan in self._scans.values())
        self._watcher.watch({folder for scan in self._scans.values() for folder in scan.folders})
        if found.tree is not None:
            self.scanned.emit(found.tree)
        if found.changed:
            self.changed_outside.emit(set(found.changed))

    def _find(self, folders: tuple[Path, ...], known: Mapping[Path, Scan], own: Change | None) -> _Found:
        """Scan all folders, in a thread."""
        scans = {folder: self._scanner.scan(folder) for folder in folders}
        changed = {path for folder in folders if folder in known for path in scans[folder].changed}
        if own is not None:
            changed = {path for path in changed if not own.touches(path)}
        roots = [scan.root for scan in scans.values()]
        is_same = roots == self._shown
        self._shown = roots
        return _Found(scans, None if is_same else Tree(roots), frozenset(changed))

    async def _carry_out(self, plan: Plan) -> None:
        async with self._lock:
            back = await self._run(plan, is_new=True)
            if back is not None:
                at = self.undo_stack.index()
                self._backs[at:] = [back]
                self.undo_stack.push(QUndoCommand(back.what))

    async def _take_back(self) -> None:
        async with self._lock:
            at = self.undo_stack.index() - 1
            if at >= 0 and (again := await self._run_change(self._backs[at])) is not None:
                self._backs[at] = again
                self.undo_stack.undo()

    async def _make_again(self) -> None:
        async with self._lock:
            at = self.undo_stack.index()
            if at < len(self._backs) and (back := await self._run_change(self._backs[at])) is not None:
                self._backs[at] = back
                self.undo_stack.redo()

    async def _run_change(self, change: Change) -> Change | None:
        return await self._run(lambda: change, is_new=False)

    async def _run(self, plan: Plan, *, is_new: bool) -> Change | None:
        """Make a change and show what it did; None where it was refused or nothing was to be done."""
        try:
            change, back = await asyncio.to_thread(_made, plan)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            await self._scan()
            return None
        if back is None:
            return None
        self._follow(change)
        await self._scan(change)
        self.changed.emit(change, is_new)
        return back

    def _follow(self, change: Change) -> None:
        """An opened folder that got another name, or is in one that did, stays open."""
        for old, new in change.renamed:
            self.renamed.emit(old, new)
            self.folders = tuple(
                new / folder.relative_to(old) if folder.is_relative_to(old) else folder for folder in self.folders
            )

    async def _read(self, place: Place, new_window: bool) -> None:
        try:
            origin: Origin = await asyncio.to_thread(origin_of, place)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            self.rescan()
        else:
            self.read.emit(origin, new_window)

    def _note_polling(self) -> None:
        self.noted.emit(POLLING)


def _made(plan: Plan) -> tuple[Change, Change | None]:
    change = plan()
    return change, change.run() if change.steps else None
