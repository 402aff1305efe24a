"""Tests of conditional requests against a naive reading of RFC 9110, section 13.2.2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from servers.conditions import matches, matches_strongly, outcome, range_holds
from servers.http_dates import http_date

TAG, OTHER = '"now"', '"then"'
MODIFIED = 1_700_000_000
DATES = [http_date(MODIFIED + offset) for offset in (-3600, -1, 0, 1, 3600)]
TAG_FIELDS = ["*", TAG, OTHER, f"W/{TAG}", f"{OTHER}, {TAG}", f"{OTHER} ,W/{TAG}", "now", "", f"{TAG}x"]


def _naive(method: str, fields: dict[str, str]) -> int:
    """The five steps, word by word."""
    is_safe = method in ("GET", "HEAD")
    since = _at(fields, "If-Unmodified-Since")
    if "If-Match" in fields:
        if not _listed(fields["If-Match"], [TAG]):
            return 412
    elif since is not None and since < MODIFIED:
        return 412
    if "If-None-Match" in fields:
        unchanged = _listed(fields["If-None-Match"], [TAG, f"W/{TAG}"])
    else:
        since = _at(fields, "If-Modified-Since")
        unchanged = is_safe and since is not None and since >= MODIFIED
    return (304 if is_safe else 412) if unchanged else 200


def _at(fields: dict[str, str], name: str) -> int | None:
    return MODIFIED + (-3600, -1, 0, 1, 3600)[DATES.index(fields[name])] if fields.get(name) in DATES else None


def _listed(field: str, tags: list[str]) -> bool:
    return field == "*" or any(one.strip().removesuffix("x") in tags for one in field.split(","))


@given(
    st.sampled_from(["GET", "HEAD", "PUT"]),
    st.fixed_dictionaries(
        {},
        optional={
            "If-Match": st.sampled_from(TAG_FIELDS),
            "If-None-Match": st.sampled_from(TAG_FIELDS),
            "If-Modified-Since": st.sampled_from([*DATES, "yesterday"]),
            "If-Unmodified-Since": st.sampled_from([*DATES, ""]),
        },
    ),
)
def test_the_order_of_the_standard(method: str, fields: dict[str, str]) -> None:
    assert outcome(method, CIMultiDict(fields), TAG, MODIFIED) == _naive(method, fields)


def test_what_has_no_date_meets_every_condition_on_one() -> None:
    fields = CIMultiDict({"If-Modified-Since": DATES[4], "If-Unmodified-Since": DATES[0]})
    assert outcome("GET", fields, TAG, None) == 200


def test_a_date_that_is_there_twice_says_nothing() -> None:
    fields = CIMultiDict([("If-Modified-Since", DATES[4]), ("If-Modified-Since", DATES[4])])
    assert outcome("GET", fields, TAG, MODIFIED) == 200


def test_tags_are_collected_from_several_fields() -> None:
    assert matches([OTHER, f"W/{TAG}"], (TAG,))
    assert matches_strongly([OTHER, TAG], (TAG,))
    assert not matches_strongly([OTHER, f"W/{TAG}"], (TAG,))
    assert matches(['"a,b"'], ('"a,b"',))
    assert not matches(["* *"], (TAG,))


@pytest.mark.parametrize(
    ("fields", "now", "expected"),
    [
        ([], MODIFIED, True),
        ([TAG], MODIFIED, True),
        ([OTHER], MODIFIED, False),
        ([f"W/{TAG}"], MODIFIED, False),
        (["*"], MODIFIED, False),
        ([f"{TAG}, {OTHER}"], MODIFIED, False),
        ([TAG, TAG], MODIFIED, False),
        ([DATES[2]], MODIFIED + 10, True),
        ([DATES[2]], MODIFIED + 0.5, False),
        ([DATES[1]], MODIFIED + 10, False),
        ([DATES[3]], MODIFIED + 10, False),
        (["soon"], MODIFIED + 10, False),
    ],
)
def test_if_range(fields: list[str], now: float, expected: bool) -> None:
    headers = CIMultiDict(("If-Range", value) for value in fields)
    assert range_holds(headers, TAG, MODIFIED, now) is expected
