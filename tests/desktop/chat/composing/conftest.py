"""A message box on the screen, and what the tests of it share."""

from collections.abc import Callable, Coroutine, Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.composing.message_box import MessageBox
from desktop.chat.outgoing import Outgoing
from desktop.tasks import TaskSet
from tests.conftest import Run


class Bench:
    """A box in a window, and the messages that it submitted."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.tasks = TaskSet(self._fail)
        self.box = MessageBox(self.tasks, self.window)
        self.submitted: list[Outgoing] = []
        self.box.submitted.connect(self.submitted.append)
        layout = QVBoxLayout(self.window)
        layout.addStretch(1)
        layout.addWidget(self.box)
        self.window.resize(600, 400)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.box.setFocus()
        qtbot.waitUntil(self.box.content.editor.hasFocus)

    @property
    def said(self) -> str:
        """The sentence that is shown."""
        return self.box.line.text()

    def _fail(self, error: BaseException, where: str) -> None:
        raise AssertionError(where) from error


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A box that has the focus."""
    bench = Bench(qtbot)
    yield bench
    bench.window.close()
    assert len(bench.tasks) == 0


WithLoop = Callable[[Coroutine[object, object, None]], None]


@pytest.fixture
def with_loop(bench: Bench, run: Run) -> WithLoop:
    """Runs a coroutine of a test, and ends the tasks of the box after it."""

    def runner(steps: Coroutine[object, object, None]) -> None:
        async def all_of_it() -> None:
            try:
                await steps
            finally:
                bench.window.close()
                await bench.tasks.close()

        run(all_of_it())

    return runner
