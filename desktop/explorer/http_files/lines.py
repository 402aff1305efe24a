"""Single lines of a file, new or after the pattern of the one that was there."""

import re

from desktop.explorer.http_files.layout import OFF, TAG
from desktop.explorer.model.request import Header

_PAIR = re.compile(r"([^:]*?)[ \t]*(:[ \t]*)(.*?)[ \t]*")
_HASHES = re.compile(r"#+[ \t]*")


def header_line(row: Header, near: str) -> str:
    """A header, as a comment if it is ticked off; ``near`` is the line it replaces, or empty."""
    off = OFF.fullmatch(near)
    content = near[off.start(1) :] if off is not None else near
    sign = near[: off.start(1)] if off is not None else "# "
    found = _PAIR.fullmatch(content)
    if found is None or (found[1], found[3]) != (row.name, row.value):
        gap = found[2] if found is not None and found[3] and not row.value.startswith("//") else ": "
        content = f"{row.name}{gap}{row.value}".rstrip(" \t")
    return content if row.enabled else sign + content


def tag_line(name: str, value: str, near: str) -> str:
    """A tag with its value."""
    found = TAG.fullmatch(near)
    if found is None:
        return f"# @{name} {value}".rstrip()
    return f"{found[1]}{found[3] or ' '}{value}" if value else found[1]


def title_line(title: str, near: str) -> str:
    """The line that separates a request from the one before."""
    found = _HASHES.match(near)
    sign = found[0] if found is not None else "### "
    return f"{sign.rstrip()} {title}".rstrip() if sign.endswith("#") or not title else f"{sign}{title}"
