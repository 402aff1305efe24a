"""Tests of the collection of garbage at calm intervals."""

import gc
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.garbage import FLOOD, GarbageCollector


class _Ring:
    def __init__(self) -> None:
        self.myself = self


def test_old_garbage_is_collected_now_and_then_and_python_gets_its_part_back(qtbot: QtBot) -> None:
    before = gc.get_threshold()
    owner = QObject()
    collector = GarbageCollector(owner)
    try:
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] == FLOOD
        collector._timer.setInterval(1)
        ring = _Ring()
        gone = weakref.ref(ring)
        del ring
        qtbot.waitUntil(lambda: gone() is None)
    finally:
        collector.end()
    assert gc.get_threshold() == before
    assert not collector._timer.isActive()
