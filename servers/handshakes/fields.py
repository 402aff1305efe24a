"""Header fields of a handshake, ready to be shown."""

from servers.exchange import Headers
from servers.logs import visible

LONGEST = 300
"""Characters of a value that are shown."""


def values(headers: Headers, name: str) -> list[str]:
    """Every value of a field, in order."""
    wanted = name.lower()
    return [visible(value.strip()[:LONGEST]) for key, value in headers if key.lower() == wanted]


def listed(headers: Headers, name: str) -> list[str]:
    """The members of a field that is a list (RFC 9110, section 5.6.1)."""
    return [one.strip() for value in values(headers, name) for one in value.split(",") if one.strip()]


def tokens(headers: Headers, name: str) -> set[str]:
    """The members of a list in lower case."""
    return {one.lower() for one in listed(headers, name)}


def quoted(texts: list[str]) -> str:
    """Texts one after another, each in quotation marks."""
    return ", ".join(f"“{one}”" for one in texts)
