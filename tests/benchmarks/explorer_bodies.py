"""A large response in the whole application: received, shown in each form, scrolled, searched and saved.

Runs in a process of its own; says in JSON lines what it does and what it saw, while its parent looks at its memory.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.explorer.model.request import Request
from desktop.explorer.response_view.body_page import BodyPage
from tests.benchmarks.child import say
from tests.benchmarks.gui import InApp, Lateness, Painted, in_app
from tests.conftest import until

_NOWHERE = "it is nowhere"
_OFTEN = "Portside"


def bodies(folder: Path, base_url: str, mebibytes: str) -> None:
    """Everything with a body of that size."""
    in_app(folder, lambda window: _Work(window, folder).run(f"{base_url}/lab/big/", int(mebibytes)))


class _Work:
    """The steps, one after another; each says how it went."""

    def __init__(self, window: InApp, folder: Path) -> None:
        self._tasks = window.app.tasks
        self._target = folder / "saved.json"
        self._pane = window.explorer.tabs.current_request().pane
        self._page: BodyPage = self._pane.response.body_page
        view = self._page.view
        viewports = [view.page.viewport(), view.code.viewport(), view.tree.viewport()]
        self._painted = Painted(viewports, self._has_text, window.explorer)
        self._late = Lateness(window.explorer)
        self._at_rest = len(self._tasks)

    async def run(self, url: str, mebibytes: int) -> None:
        await self._receive(f"{url}1")
        await self._step("nothing", _nothing, lambda: True)
        whole = await self._receive(f"{url}{mebibytes}")
        body = self._page.view.body
        assert body is not None
        assert body.blob.size == mebibytes << 20, "the body is not whole"
        say({"whole": whole})
        for form, button in self._page.bar.forms.items():
            if not button.isHidden():
                await self._step(f"show {form.value}", button.click, self._is_painted)
                await self._step(f"end of {form.value}", self._go_to_the_end, self._is_painted)
        await self._search()
        self._page.bar.save.click()
        await until(lambda: self._page.findChild(QFileDialog) is not None)
        await self._step("save", self._save, lambda: self._page.saver.line.text().startswith("Saved"))
        assert self._target.stat().st_size == mebibytes << 20, "the file is not whole"
        say({"end": True})

    async def _receive(self, url: str) -> float:
        """Send a request; the seconds until its whole response had come."""
        whole: list[float] = []

        def replied() -> None:
            whole.append(time.perf_counter())

        def send() -> None:
            self._pane.show_request(Request("GET", url))
            self._pane.send()

        self._pane.replied.connect(replied)
        begin = time.perf_counter()
        await self._step("receive", send, self._is_painted)
        self._pane.replied.disconnect(replied)
        return whole[0] - begin

    async def _search(self) -> None:
        bar = self._page.find_bar
        self._page.bar.search.click()
        for text, found in ((_NOWHERE, "Not found"), (_OFTEN, "of 10,000+")):

            def type_text(text: str = text) -> None:
                bar.field.clear()
                QTest.keyClicks(bar.field, text)

            await self._step(f"search {text}", type_text, partial(self._has_found, text, found))

    async def _step(self, name: str, begin: Callable[[], None], done: Callable[[], bool]) -> None:
        """Do something; wait until it is done, and then until nothing of it is going on any more."""
        say({"begin": name})
        self._painted.begin()
        self._late.begin()
        start = time.perf_counter()
        begin()
        await until(done)
        ended = self._painted.at if done == self._is_painted else None
        seconds = (ended or time.perf_counter()) - start
        await until(lambda: len(self._tasks) <= self._at_rest)
        settled = time.perf_counter() - start
        await asyncio.sleep(0.3)
        stall, busy = self._late.worst()
        say({"name": name, "seconds": seconds, "settled": settled, "stall": stall, "busy": busy})

    def _has_found(self, text: str, found: str) -> bool:
        bar = self._page.find_bar
        return bar.field.text() == text and found in bar.count.text()

    def _is_painted(self) -> bool:
        return self._painted.at is not None

    def _has_text(self, viewport: QWidget) -> bool:
        """Whether the text of the body is what this viewport shows."""
        view = self._page.view
        if viewport is not getattr(view.currentWidget(), "viewport", lambda: None)() or view.body is None:
            return False
        if view.currentWidget() is view.page:
            return bool(view.page.shown)
        return view.currentWidget() is view.code or view.tree.model().rowCount() > 0

    def _go_to_the_end(self) -> None:
        if (shown := self._page.view.currentWidget()) is not None:
            QTest.keyClick(shown, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    def _save(self) -> None:
        dialog = self._page.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(self._target.parent))
        dialog.selectFile(self._target.name)
        dialog.accept()


def _nothing() -> None:
    """What memory and loop do by themselves."""
