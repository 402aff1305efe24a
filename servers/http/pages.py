"""The small HTML pages that the HTTP server makes itself."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from time import struct_time

from servers.http.forms import Field
from servers.http.page_style import STYLE
from servers.logs import visible

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>{style}</style></head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'"
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": _POLICY}
"""The header fields that go with these pages: they load nothing and run nothing."""


def page(title: str, content: str) -> str:
    """A page with this title, which is text, and this content, which is HTML."""
    return _PAGE.format(title=escape(title), content=content, style=STYLE)


def dynamic_page(path: str, today: struct_time, fields: Sequence[Field]) -> str:
    """The page of a dynamic resource: its path, the day of the year, and the fields of the form sent to it."""
    sentence = f"You requested {escape(path)} on day {today.tm_yday} in {today.tm_year}"
    return page("Dynamic page", f"<p>{sentence}</p>\n{_fields(fields)}")


def stored_page(files: Sequence[tuple[str, str]]) -> str:
    """The page that names files which have been added: the name of each, and its path, percent-encoded."""
    links = "\n".join(f'<p><a href="{escape(path)}">{escape(visible(name))}</a></p>' for name, path in files)
    title = "1 file was added" if len(files) == 1 else f"{len(files):,} files were added"
    return page(title, f'<div class="panel">\n{links}\n</div>')


def error_page(status: int, reason: str, detail: str) -> str:
    """A page that says in words what went wrong (RFC 9110, section 15)."""
    return page(
        f"{status} {reason}",
        f'<div class="panel"><p>{escape(detail)}</p>\n<p><a href="/">To the start page</a></p></div>',
    )


def _fields(fields: Sequence[Field]) -> str:
    if not fields:
        return ""
    rows = "\n".join(f"<dt>{escape(one.name)}</dt><dd>{_value(one)}</dd>" for one in fields)
    return f'<section class="panel"><h2>Fields received</h2>\n<dl>\n{rows}\n</dl></section>'


def _value(field: Field) -> str:
    if field.size is None:
        return escape(field.value)
    name = escape(field.value) or "without a name"
    return f"the file {name}, {field.size:,} {'byte' if field.size == 1 else 'bytes'}"
