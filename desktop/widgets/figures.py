"""Sizes and times as people read them, in few characters."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def size_text(size: int) -> str:
    """A number of bytes: exact below 10 kB, then in kB or MB (powers of ten)."""
    if size < 10_000:
        return f"{size:,} B"
    return f"{size / 1000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def latency_text(seconds: float) -> str:
    """How long an answer took: in milliseconds, from one second on in seconds."""
    if seconds >= 1:
        return f"{seconds:,.1f} s"
    milliseconds = seconds * 1000
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:.1f} ms"


def duration_text(seconds: float) -> str:
    """For how long something goes on: minutes and seconds, from an hour on with hours, from a day on with days."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours:02}:{minutes:02}"
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
