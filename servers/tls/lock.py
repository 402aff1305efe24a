"""A lock on a file, held by one thread of one process at a time; the system frees it when a process dies."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TRIES, _PAUSE = 100, 0.1

if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock; waits up to 10 s for who has it, off the loop's thread. Raises TimeoutError, or OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int) -> None:
    pause = threading.Event()
    for _ in range(_TRIES):
        try:
            _try(descriptor)
        except (BlockingIOError, PermissionError):  # held, as POSIX and as Windows say it
            pause.wait(_PAUSE)
        else:
            return
    raise TimeoutError(None, "another Portside has been working in it for too long")
