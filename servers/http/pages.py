"""The small HTML pages that the HTTP server makes itself."""

from html import escape
from time import struct_time

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body>
<h1>{title}</h1>
{content}
</body>
</html>
"""


def dynamic_page(path: str, today: struct_time, fields: list[tuple[str, str]]) -> str:
    """The page of a dynamic resource: its path, the day of the year, and the fields of the form sent to it."""
    sentence = f"You requested {escape(path)} on day {today.tm_yday} in {today.tm_year}"
    return _PAGE.format(title="Dynamic page", content=f"<p>{sentence}</p>\n{_fields(fields)}")


def error_page(status: int, reason: str, detail: str) -> str:
    """A page that says in words what went wrong (RFC 9110, section 15)."""
    return _PAGE.format(title=f"{status} {escape(reason)}", content=f"<p>{escape(detail)}</p>")


def _fields(fields: list[tuple[str, str]]) -> str:
    if not fields:
        return ""
    rows = "\n".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in fields)
    return f"<h2>Fields received</h2>\n<dl>\n{rows}\n</dl>"
