"""How an entry of the history is told: in words, and with the icon and colour of its result."""

from desktop import theme
from desktop.explorer.history.entry import Summary
from desktop.explorer.reading.status import StatusClass, status_class
from servers.status import official_reason

_SCHEMES = ("http://", "https://")


def result_of(entry: Summary) -> str:
    """The status with its official phrase."""
    if not entry.status:
        return "No response"
    return f"{entry.status} {official_reason(entry.status)}".rstrip()


def time_of(entry: Summary) -> str:
    """The time of the day where the user is, to the minute."""
    return f"{entry.at.astimezone():%H:%M}"


def duration_of(entry: Summary) -> str:
    """How long it took."""
    seconds = entry.duration_ns / 1e9
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def size_of(entry: Summary) -> str:
    """The size of the body in few characters."""
    if not entry.status:
        return ""
    for size, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if entry.size >= size:
            return f"{entry.size / size:,.1f} {unit}"
    return f"{entry.size} B"


def place_of(entry: Summary) -> str:
    """The URL without its scheme, to save room."""
    return next((entry.url[len(one) :] for one in _SCHEMES if entry.url.startswith(one)), entry.url)


def icon_of(entry: Summary) -> tuple[str, str]:
    """The name of the icon, and its colour."""
    scheme = theme.colors()
    if not entry.status:
        return "lan-disconnect", scheme.failed
    return {
        StatusClass.INFORMATION: ("information", scheme.stopped),
        StatusClass.SUCCESS: ("check-circle", scheme.running),
        StatusClass.REDIRECTION: ("arrow-right-circle", scheme.accent),
        StatusClass.CLIENT_ERROR: ("alert", scheme.changing),
        StatusClass.SERVER_ERROR: ("close-circle", scheme.failed),
        StatusClass.UNKNOWN: ("help-circle", scheme.failed),
    }[status_class(entry.status)]
