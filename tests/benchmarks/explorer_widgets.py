"""Opening a collection and typing into its filter, and typing into the body of a request; in a process of their own."""

import json
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.explorer.collection_view.view import CollectionView
from desktop.explorer.model.body import BodyKind
from desktop.explorer.request_view.body_page import BodyPage
from desktop.tasks import TaskSet
from tests.benchmarks.child import say
from tests.benchmarks.gui import Lateness, on_the_loop
from tests.benchmarks.requests_on_disk import EACH, FILES, write_tree
from tests.benchmarks.sample_items import items
from tests.conftest import until

_ITEMS = 7700
"""A megabyte on one line."""

_KEYS = 300
_FEW = 20
"""Keys for the widget that is only compared with: a long line takes it a second each."""

_TYPED = 'abc "x": 1, '
_FILTER = "player 17"


def opening(folder: Path) -> None:
    """Open a collection, open all its rows, and filter it key by key."""
    collection = folder / "collection"
    write_tree(collection)

    async def life() -> None:
        begin = time.perf_counter()
        for path in collection.rglob("*.http"):
            path.read_bytes()
        plain = time.perf_counter() - begin
        tasks = TaskSet(_fail)
        view = CollectionView(tasks, folder)
        view.resize(300, 700)
        view.show()
        late = Lateness(view)
        late.begin()
        begin = time.perf_counter()
        view.open_folder(collection)
        await until(lambda: _requests(view) == FILES * EACH)
        view.tree.viewport().repaint()
        opened, stall = time.perf_counter() - begin, late.worst()
        view.tree.expandAll()
        view.tree.viewport().repaint()
        expanded = time.perf_counter() - begin
        keys = [_milliseconds(view.filter, key, view.tree.viewport()) for key in _FILTER]
        late.begin()
        cleared = _milliseconds(view.filter, Qt.Key.Key_Escape, view.tree.viewport())
        await _ticks(late, 200)
        say(
            {
                "plain": plain,
                "opened": opened,
                "expanded": expanded,
                "stall": stall,
                "keys": keys,
                "cleared": cleared,
                "after": late.worst(),
            }
        )
        await tasks.close()

    on_the_loop(life)


def typing(_folder: Path) -> None:
    """Type into a megabyte of JSON, indented and on one line; and for comparison into a bare QPlainTextEdit."""
    indented = json.dumps(list(items(_ITEMS * 3 // 4)), indent=2)

    async def life() -> None:
        for name, text in (("indented", indented), ("on one line", json.dumps(list(items(_ITEMS))))):
            say({"name": name, "size": len(text)} | await _typed(text))

    on_the_loop(life)


async def _typed(text: str) -> dict[str, object]:
    page = BodyPage()
    late = Lateness(page)
    page.resize(700, 500)
    page.show()
    await _ticks(late, 20)
    late.begin()
    begin = time.perf_counter()
    page.show_body(BodyKind.JSON, text)
    page.repaint()
    shown = time.perf_counter() - begin
    await _ticks(late, 200)
    stall = late.worst()
    edit = next(edit for edit in page.findChildren(QPlainTextEdit) if edit.isVisible())
    late.begin()
    ours = await _type(edit, late, _KEYS)
    between = late.worst()
    bare = QPlainTextEdit(text)
    bare.resize(edit.size())
    bare.show()
    reference = await _type(bare, late, _FEW)
    page.deleteLater()
    bare.deleteLater()
    return {"shown": shown, "stall": stall, "ours": ours, "bare": reference, "between": between}


async def _type(edit: QPlainTextEdit, late: Lateness, keys: int) -> list[tuple[float, float]]:
    """Keys in the middle of the text, with a pause after each; of each, what ``_milliseconds`` tells."""
    cursor = edit.textCursor()
    cursor.setPosition(edit.document().characterCount() // 2)
    edit.setTextCursor(cursor)
    edit.setFocus()
    await _ticks(late, 20)
    seen = []
    for number in range(keys):
        seen.append(_milliseconds(edit, _TYPED[number % len(_TYPED)], edit.viewport()))
        await _ticks(late, 3)
    return seen


async def _ticks(late: Lateness, count: int) -> None:
    """Let the loop turn for so many ticks."""
    until_then = len(late.values) + count
    await until(lambda: len(late.values) >= until_then)


def _milliseconds(widget: QWidget, key: str | Qt.Key, painted: QWidget) -> tuple[float, float]:
    """From a key to what it changes on the screen, and for how long of that this thread has worked."""
    begin, worked = time.perf_counter(), time.thread_time()
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key)
    painted.repaint()
    return (time.perf_counter() - begin) * 1000, (time.thread_time() - worked) * 1000


def _requests(view: CollectionView) -> int:
    return sum(node.entry is not None for node in view.tree.rows.tree.nodes)


def _fail(error: BaseException, where: str) -> None:
    raise RuntimeError(where) from error
