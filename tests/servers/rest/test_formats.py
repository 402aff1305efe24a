"""Tests of which representation a request gets; how Accept itself is read is proved where media types are."""

import pytest

from servers.guard import Refusal
from servers.rest.formats import FORMATS, PROBLEM_JSON, PROBLEM_XML, wanted, wanted_for_problem

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ((), "json"),
        (("",), "json"),
        (("*/*",), "json"),
        (("application/*",), "json"),
        (("text/*",), "html"),
        ((BROWSER,), "html"),
        (("text/xml",), "xml"),
        (("application/atom+xml, application/xml;q=0.9",), "atom"),
        (("text/plain;q=0.2", "application/xhtml+xml;q=0.3"), "xhtml"),
        (("*/*, application/json;q=0",), "html"),
        (("text/plain;charset=utf-8",), "text"),
    ],
)
def test_accept_chooses_and_json_is_first(accept: tuple[str, ...], name: str) -> None:
    assert wanted(accept, None) is FORMATS[name]


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/plain;charset=latin-1", "application/problem+json"])
def test_nothing_acceptable_is_406_and_says_what_there_is(accept: str) -> None:
    with pytest.raises(Refusal, match="application/atom") as caught:
        wanted([accept], None)
    assert caught.value.status == 406
    assert "charset" not in caught.value.detail


def test_a_name_in_the_query_counts_more_than_accept() -> None:
    for name, one in FORMATS.items():
        assert wanted(["image/png"], name) is one
    for unknown in ("", "JSON", "yaml"):
        with pytest.raises(Refusal, match="json, html, xhtml, xml, text, atom") as caught:
            wanted([], unknown)
        assert caught.value.status == 400


@pytest.mark.parametrize(
    ("accept", "named", "media_type"),
    [
        ((), None, PROBLEM_JSON),
        (("image/png",), None, PROBLEM_JSON),
        (("*/*;q=0",), None, PROBLEM_JSON),
        ((BROWSER,), None, FORMATS["html"].content_type),
        (("application/problem+xml",), None, PROBLEM_XML),
        (("application/xml, application/json;q=0.5",), None, PROBLEM_XML),
        ((BROWSER,), "xml", PROBLEM_XML),
        ((BROWSER,), "json", PROBLEM_JSON),
        (("application/xml",), "xhtml", FORMATS["xhtml"].content_type),
        (("application/xml",), "atom", PROBLEM_JSON),
        (("application/xml",), "unknown", PROBLEM_XML),
    ],
)
def test_a_problem_has_a_type_whatever_is_asked(accept: tuple[str, ...], named: str | None, media_type: str) -> None:
    assert wanted_for_problem(accept, named) == media_type
