"""Tooltips of texts that come from files: Qt would take some for HTML."""

import html

from servers.logs import visible

LONGEST = 500
"""Characters of a name or a value that are shown; all of them can be edited."""


def shortened(text: str) -> str:
    """A text for a cell or a line, without what could fool a reader."""
    return visible(text[:LONGEST]) + "…" * (len(text) > LONGEST)


def tip(text: str) -> str:
    """The tooltip that shows exactly this text, its lines below each other."""
    return f"<p>{'<br>'.join(html.escape(visible(line)) for line in text.splitlines())}</p>"
