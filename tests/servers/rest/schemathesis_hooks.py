"""What schemathesis must not try, because no server could do what it expects then; schemathesis loads this file."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import schemathesis

LONGEST = 8000
"""Characters of a query: no schema can say that a longer URL is refused (RFC 9110, section 15.5.15)."""

MOST = 20
"""Members in a `_where`: no schema can say how many conditions they come to, of which a query has at most 100."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@schemathesis.hook
def filter_case(_context: Any, case: Any) -> bool:
    """Whether the case can be sent as it is meant: XML 1.0 cannot hold some characters (section 2.2)."""
    if case.media_type is not None and case.media_type.endswith("xml"):
        return not any(_NOT_IN_XML.search(text) for text in _texts(case.body))
    query = case.query or {}
    return str(query.get("_where", "")).count(":") < MOST and len(urlencode(query, doseq=True)) < LONGEST


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for member in value.values() for text in _texts(member))
    elif isinstance(value, list):
        yield from (text for member in value for text in _texts(member))
