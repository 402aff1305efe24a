"""Functions for child processes: a child imports them, so they stand in a module of their own."""

import os
import re
import signal
import sys
import threading
from collections.abc import Callable


def qt_is_loaded() -> bool:
    return any(name.startswith(("PySide6", "qasync")) for name in sys.modules)


def count(to: int, report: Callable[[int], None]) -> int:
    for number in range(to):
        report(number)
    return to


def fail(sentence: str) -> None:
    raise ValueError(sentence)


class Awkward(Exception):
    """Cannot be made again from its arguments."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def fail_awkwardly() -> None:
    raise Awkward("one", "two")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def tell_and_hold_the_interpreter(report: Callable[[int], None]) -> None:
    report(os.getpid())
    re.match(r"(a+)+$", "a" * 60 + "b")


def tell_and_wait(report: Callable[[int], None]) -> None:
    report(os.getpid())
    threading.Event().wait()


def length(data: bytes) -> int:
    return len(data)
