"""Media types on the wire: what a client accepts (RFC 9110, section 12.5.1), and what its body is (section 8.3)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json"

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]++"  # noqa: S105 - the grammar's word, not a secret
_QUOTED = r'"(?:[^"\\]++|\\.)*+"'
_PARAMETER = re.compile(rf"[ \t]*+;[ \t]*+(?:({_TOKEN})=({_TOKEN}|{_QUOTED}))?")
_TYPE = re.compile(rf"[ \t]*+({_TOKEN})/({_TOKEN})")
_ELEMENT = re.compile(r'(?:[^,"]++|"(?:[^"\\]++|\\.)*+"?)++')
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type or range in lower case; ``parameters`` are those before a weight, ``quality`` the weight."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]] = frozenset()
    quality: float = 1.0

    @property
    def is_json(self) -> bool:
        """Whether content of this type is JSON text (RFC 6839, section 3.1) in UTF-8, the only encoding it may have."""
        named = self.type == "application" and self.subtype == "json"
        charsets = {value for name, value in self.parameters if name == "charset"}
        return (named or self.subtype.endswith("+json")) and charsets <= {"utf-8"}

    def covers(self, other: "MediaType") -> bool:
        """Whether this range includes ``other``."""
        return (
            self.type in {"*", other.type}
            and self.subtype in {"*", other.subtype}
            and self.parameters <= other.parameters
        )

    @property
    def precision(self) -> tuple[bool, bool, int]:
        """Orders the ranges that cover one type: the most precise decides (RFC 9110, section 12.5.1)."""
        return (self.type != "*", self.subtype != "*", len(self.parameters))


@lru_cache(maxsize=256)
def parse(text: str) -> MediaType | None:
    """Read one media type or range; None where it is malformed."""
    start = _TYPE.match(text)
    if start is None:
        return None
    parameters: dict[str, str] = {}
    quality, end = 1.0, start.end()
    while (match := _PARAMETER.match(text, end)) is not None:
        end = match.end()
        name, value = (match[1] or "").lower(), _unquoted(match[2] or "").lower()
        if name == "q":
            if _WEIGHT.match(value) is None:
                return None
            quality = float(value)
            break
        if name:
            parameters[name] = value
    else:
        if text[end:].strip(" \t"):
            return None
    return MediaType(start[1].lower(), start[2].lower(), frozenset(parameters.items()), quality)


@lru_cache(maxsize=256)
def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the client likes best, the first of equals; None when it accepts none of them.

    ``accept`` is the Accept field, None where there is none. Malformed elements do not count; a field without one
    sound element says nothing, so the first offer is taken.
    """
    ranges = [found for element in _ELEMENT.findall(accept or "") if (found := parse(element)) is not None]
    if not ranges:
        return offers[0]
    best, quality = None, 0.0
    for offer in offers:
        wanted = _quality(ranges, offer)
        if wanted > quality:
            best, quality = offer, wanted
    return best


def _quality(ranges: list[MediaType], offer: str) -> float:
    offered = parse(offer)
    covering = [one for one in ranges if offered is not None and one.covers(offered)]
    return max(covering, key=lambda one: one.precision).quality if covering else 0.0


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
