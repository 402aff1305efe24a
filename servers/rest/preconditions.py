"""Conditional requests (RFC 9110, section 13): what keeps two writers from losing an update."""

import re
from collections.abc import Collection, Sequence

from servers.guard import Refusal

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')

FieldValues = Sequence[str]


def check_if_match(values: FieldValues, tags: Collection[str]) -> None:
    """Refuse (412) a request whose If-Match fields name none of the present entity ``tags`` (section 13.1.1)."""
    if values and "*" not in values and not _strong_tags(values) & set(tags):
        raise Refusal(
            412, "The resource is no longer what If-Match names: somebody has changed it. Get it again first."
        )


def check_if_none_match(values: FieldValues, tags: Collection[str]) -> None:
    """Refuse (412) a write whose If-None-Match fields name a present entity tag (section 13.1.2)."""
    if matches(values, tags):
        raise Refusal(412, "The resource is what If-None-Match says that it must not be.")


def matches(values: FieldValues, tags: Collection[str]) -> bool:
    """Whether If-None-Match fields name one of the present entity tags; for a GET the answer is then 304."""
    if not values:
        return False
    return "*" in values or bool({tag for value in values for _, tag in _TAG.findall(value)} & set(tags))


def _strong_tags(values: FieldValues) -> set[str]:
    return {tag for value in values for weak, tag in _TAG.findall(value) if not weak}
