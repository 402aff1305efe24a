"""What the Qt tests share: the loop of the application, and collection of garbage outside event dispatch only."""

import asyncio
import gc
import os
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.event_loop import new_event_loop
from desktop.server_panels.control import SPECS, ServerControl
from desktop.tasks import TaskSet
from servers.settings import Listen
from tests.conftest import DEADLINE, Run, run_on

T = TypeVar("T")
PATIENCE = 30_000
"""Milliseconds until a condition is given up: as many as a slow machine may need."""


class PatientBot(QtBot):
    """Waits longer than pytest-qt does unless told otherwise."""

    def waitUntil(self, *args: Any, timeout: int = PATIENCE) -> None:  # noqa: N802 - pytest-qt's names
        super().waitUntil(*args, timeout=timeout)

    def waitSignal(self, *args: Any, timeout: int = PATIENCE, **options: Any) -> Any:  # noqa: N802
        return super().waitSignal(*args, timeout=timeout, **options)

    def waitExposed(self, *args: Any, timeout: int = PATIENCE) -> Any:  # noqa: N802
        return super().waitExposed(*args, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Drives widgets, and closes those of a test at its end."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing made in Python in the clipboard: Qt would destroy it when Python has gone, and crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def light_scheme(qapp: QApplication) -> Iterator[None]:
    """Leave the scheme as every test expects to find it."""
    yield
    if theme.colors() is not theme.LIGHT:
        theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture(autouse=True)
def collect_garbage_between_tests() -> Iterator[None]:
    """A cyclic collection inside event dispatch crashes PySide6, so it happens here alone."""
    gc.collect()  # what pytest had still held of the test before
    gc.freeze()  # what is left lives as long as the run, and need not be looked at after every test
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def controls() -> Iterator[tuple[ServerControl, ...]]:
    """Controls of the three servers, without servers, all on port 8000."""

    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    owner = QObject()
    tasks = TaskSet(fail)
    yield tuple(ServerControl(spec, Listen(port=8000), tasks, owner) for spec in SPECS)
    assert len(tasks) == 0


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """The parent of what is tested."""
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.fixture
def run(request: pytest.FixtureRequest, qapp: QApplication) -> Run:
    """Run a coroutine on a fresh loop, with a deadline; nothing may be left afterwards.

    The loop is that inside Qt, but plain asyncio's in tests that are marked ``without_qt``.
    """
    is_plain = request.node.get_closest_marker("without_qt") is not None
    new_loop = asyncio.new_event_loop if is_plain else partial(new_event_loop, qapp)
    qapp.setQuitOnLastWindowClosed(False)  # as the application does: a closed window must not end the loop

    def runner(coroutine: Coroutine[object, object, T], deadline: float = DEADLINE) -> T:
        return run_on(new_loop, coroutine, deadline)

    return runner
