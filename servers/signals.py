"""The signals with which a program is asked to end, on every loop and system."""

import asyncio
import signal
from collections.abc import Callable

ASKED_TO_END = ("SIGINT", "SIGTERM")


def on_signals(stop: Callable[[], None], names: tuple[str, ...] = ASKED_TO_END) -> None:
    """Call ``stop`` in the running loop at each of these signals; one that the system does not have is left out."""
    loop = asyncio.get_running_loop()
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # asyncio has no signal handlers on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
