"""Runs a function in a child process: it may take minutes, and can be killed at any moment."""

import asyncio
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_CONTEXT = multiprocessing.get_context("spawn")


class JobDied(Exception):
    """The child process ended without a result, for instance because memory ran out."""


async def in_process(
    function: Callable[..., T], *arguments: object, progress: Callable[[Any], None] | None = None
) -> T:
    """The result of a module-level function, run in a child process.

    With ``progress`` the function is given one more argument at its end: a callable; whatever it is called with there
    reaches ``progress`` here, in order, on the loop. Arguments, reports and result are pickled: keep them small.
    Cancelling kills the process at once. Raises what the function raises, or JobDied.
    """
    job = _Job(function, arguments, progress)
    threading.Thread(target=job.run, name=f"job {function.__name__}", daemon=True).start()
    try:
        await asyncio.wait({job.outcome})
    except asyncio.CancelledError:
        job.kill()
        await asyncio.wait({job.outcome})
        raise
    return job.outcome.result()


class _Job(Generic[T]):
    """One call: its thread waits for the child, so that neither starting nor reading holds up the loop."""

    def __init__(
        self, function: Callable[..., T], arguments: tuple[object, ...], progress: Callable[[Any], None] | None
    ) -> None:
        self.outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._loop = self.outcome.get_loop()
        self._progress = progress
        self._killed = False
        self._started = False
        self._pipe, self._sender = _CONTEXT.Pipe(duplex=False)
        call = self._sender, progress is not None, function, arguments
        self._process = _CONTEXT.Process(target=_work, args=call, daemon=True)

    def kill(self) -> None:
        self._killed = True
        if self._started:
            self._process.kill()

    def run(self) -> None:
        """The thread: start the child, pass on what it says, and see it end."""
        try:
            kind, value = self._talk()
        except Exception as error:  # noqa: BLE001 - raised where the result is waited for
            kind, value = "raised", error
        finally:
            self._pipe.close()
        with suppress(RuntimeError):  # the loop has been closed meanwhile: nobody waits any more
            self._loop.call_soon_threadsafe(self._settle, kind, value)

    def _talk(self) -> tuple[str, Any]:
        with self._sender:
            self._process.start()
        self._started = True
        if self._killed:
            self._process.kill()
        try:
            while True:
                kind, value = self._pipe.recv()
                if kind != "report":
                    break
                self._loop.call_soon_threadsafe(self._report, value)
        except (EOFError, OSError):
            self._process.join()
            return "raised", JobDied(f"The helper process ended too early (exit code {self._process.exitcode}).")
        self._process.join()
        return kind, value

    def _report(self, value: object) -> None:
        if self._progress is not None and not self._killed:
            self._progress(value)

    def _settle(self, kind: str, value: Any) -> None:
        if self._killed:
            self.outcome.cancel()
        elif kind == "result":
            self.outcome.set_result(value)
        else:
            self.outcome.set_exception(value)


def _work(sender: Connection, reports: bool, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """The child: one call."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which kills its children
    _end_with_parent()
    extra = (lambda value: sender.send(("report", value)),) if reports else ()
    try:
        outcome: tuple[str, object] = "result", function(*arguments, *extra)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        outcome = "raised", _portable(error)
    sender.send(outcome)


def _portable(error: Exception) -> Exception:
    """The error, or its words where it does not survive pickling."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error class may do anything here
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    """Die when the parent does, however it ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "win32":
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()
        return
    import fcntl

    # A thread would wait for the GIL, which a regular expression may hold for hours; a signal does not.
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
