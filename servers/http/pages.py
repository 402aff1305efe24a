"""The small HTML pages that the HTTP server makes itself."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from time import struct_time

from servers.http.forms import Field

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; overflow-wrap: anywhere }
td:nth-child(n+2) { white-space: nowrap }
dt { font-weight: bold }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{style}</style></head>
<body>
<h1>{title}</h1>
{content}
</body>
</html>
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'"
"""The content security policy under which these pages are shown: they load nothing and run nothing."""


def page(title: str, content: str) -> str:
    """A page with this title, which is text, and this content, which is HTML."""
    return _PAGE.format(title=escape(title), content=content, style=_STYLE)


def dynamic_page(path: str, today: struct_time, fields: Sequence[Field]) -> str:
    """The page of a dynamic resource: its path, the day of the year, and the fields of the form sent to it."""
    sentence = f"You requested {escape(path)} on day {today.tm_yday} in {today.tm_year}"
    return page("Dynamic page", f"<p>{sentence}</p>\n{_fields(fields)}")


def error_page(status: int, reason: str, detail: str) -> str:
    """A page that says in words what went wrong (RFC 9110, section 15)."""
    return page(f"{status} {reason}", f"<p>{escape(detail)}</p>")


def _fields(fields: Sequence[Field]) -> str:
    if not fields:
        return ""
    rows = "\n".join(f"<dt>{escape(one.name)}</dt><dd>{_value(one)}</dd>" for one in fields)
    return f"<h2>Fields received</h2>\n<dl>\n{rows}\n</dl>"


def _value(field: Field) -> str:
    if field.size is None:
        return escape(field.value)
    name = escape(field.value) or "without a name"
    return f"the file {name}, {field.size:,} {'byte' if field.size == 1 else 'bytes'}"
