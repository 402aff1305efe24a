"""Dates in HTTP header fields (RFC 9110, section 5.6.7)."""

import re
from datetime import UTC, datetime
from email.utils import formatdate
from functools import lru_cache

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH, _TIME = f"(?P<month>{'|'.join(_MONTHS)})", r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_FORMS = (
    re.compile(rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT", re.ASCII),
    re.compile(
        rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT", re.ASCII
    ),
    re.compile(rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_MONTH} (?P<day>\d\d| \d) {_TIME} (?P<year>\d{{4}})", re.ASCII),
)  # fmt: skip
_HALF = 50
"""A year of two digits that seems to lie more than these years ahead means the past one that ends alike."""


def http_date(seconds: float) -> str:
    """A moment since 1970, in seconds, as a header field says it."""
    return formatdate(max(0, int(seconds)), usegmt=True)


@lru_cache(maxsize=256)
def parse_http_date(text: str) -> int | None:
    """The seconds since 1970 that a date in any of the three forms means; None where it is malformed."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    year, second = int(found["year"]), min(int(found["second"]), 59)  # a leap second may be written
    if len(found["year"]) == 2:
        this_year = datetime.now(UTC).year
        year += this_year // 100 * 100
        year -= 100 if year > this_year + _HALF else 0
    try:
        month = _MONTHS.index(found["month"]) + 1
        moment = datetime(year, month, int(found["day"]), int(found["hour"]), int(found["minute"]), second, tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp())
