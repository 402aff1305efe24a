"""The error reporter: everything is logged, each distinct cause is shown once."""

import asyncio
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import ErrorReporter
from desktop.tasks import TaskSet
from tests.conftest import Run, until


@pytest.fixture
def expected_logs() -> list[str]:
    return ["ERROR portside.errors: "]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def reporter(window: QWidget) -> Iterator[ErrorReporter]:
    reporter = ErrorReporter(window)
    yield reporter
    reporter.uninstall()


def dialogs(window: QWidget) -> list[str]:
    return [box.text() for box in window.findChildren(QMessageBox)]


def fail(number: int) -> Exception:
    """An error raised at one place, with one of several texts."""
    try:
        raise ValueError(f"fault {number}")
    except ValueError as error:
        return error


def test_one_dialog_for_each_distinct_cause(reporter: ErrorReporter, window: QWidget) -> None:
    for number in range(3):
        reporter.report(fail(number), "counting")
    reporter.report(KeyError("another"), "looking")
    assert dialogs(window) == [
        "Something went wrong in “counting”: ValueError: fault 0",
        "Something went wrong in “looking”: KeyError: 'another'",
    ]


def test_a_lost_task_error_is_reported_with_the_name_of_the_task(
    reporter: ErrorReporter, window: QWidget, run: Run
) -> None:
    async def scenario() -> None:
        async def faulty() -> None:
            raise RuntimeError("no wind")

        tasks = TaskSet(reporter.report)
        tasks.spawn(faulty(), name="sail")
        await until(lambda: len(tasks) == 0)

    run(scenario())
    assert dialogs(window) == ["Something went wrong in “sail”: RuntimeError: no wind"]


def test_errors_in_callbacks_and_slots_come_here_while_installed(
    reporter: ErrorReporter, window: QWidget, run: Run
) -> None:
    hook = sys.excepthook

    def faulty() -> None:
        raise RuntimeError("in a callback")

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        reporter.install(loop)
        loop.call_soon(faulty)
        await until(lambda: len(dialogs(window)) == 1)
        error = fail(1)
        sys.excepthook(type(error), error, error.__traceback__)

    run(scenario())
    assert len(dialogs(window)) == 2
    reporter.uninstall()
    assert sys.excepthook is hook


def test_once_the_window_has_gone_errors_are_only_logged(reporter: ErrorReporter, window: QWidget) -> None:
    window.hide()
    reporter.report(fail(1), "leaving")
    assert dialogs(window) == []
