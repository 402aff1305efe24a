"""One writer at a time in a folder: among the threads of this process, and where the system can, among processes."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_threads = threading.Lock()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep the others out, for as long as it takes to read, change and write a small file."""
    with _threads, _of_processes(folder):
        yield


if sys.platform == "win32":

    @contextmanager
    def _of_processes(folder: Path) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _of_processes(folder: Path) -> Iterator[None]:
        """Lock the folder itself, which leaves no file behind; some network file systems cannot, which is no fault."""
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
