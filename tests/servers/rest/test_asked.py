"""Tests of what a request asks for: the words for a format, its content type, its document, a form that is kept."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from servers.rest.asked import content_type_of, format_of, named_format, pairs_of
from servers.rest.definition import Definition

PLAIN = Definition("rows", {"properties": {"name": {}}})
OWN = Definition("files", {"properties": {"format": {}}})


def asked(target: str, *fields: tuple[str, str]) -> web.BaseRequest:
    return make_mocked_request("GET", target, headers=CIMultiDict(fields))


@pytest.mark.parametrize(
    ("query", "plain", "own"),
    [
        ("", None, None),
        ("?format=xml", "xml", None),
        ("?_format=xml", "xml", "xml"),
        ("?format=a&_format=xml", "xml", "xml"),
        ("?format=", "", None),
        ("?name=x", None, None),
    ],
)
def test_a_member_that_is_called_format_leaves_one_word(query: str, plain: str | None, own: str | None) -> None:
    request = asked(f"/rows{query}")
    assert named_format(request) == named_format(request, PLAIN) == plain
    assert named_format(request, OWN) == own


def test_names_and_values_are_decoded_and_in_order() -> None:
    assert pairs_of(asked("/rows?b=%C3%BC+x&a=&b=1&c")) == [("b", "ü x"), ("a", ""), ("b", "1"), ("c", "")]
    assert pairs_of(asked("/rows")) == []


def test_fields_of_one_name_count_together_or_not_at_all() -> None:
    accept = [("Accept", "image/png"), ("Accept", "application/xml")]
    assert format_of(asked("/rows", *accept)).name == "xml"
    assert format_of(asked("/rows")).name == "json"
    json = ("Content-Type", "application/json")
    assert content_type_of(asked("/rows", json)) == json[1]
    assert content_type_of(asked("/rows", json, json)) == content_type_of(asked("/rows")) == ""
