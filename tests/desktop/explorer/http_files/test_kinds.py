"""Tests of what kind of body a request has."""

import pytest

from desktop.explorer.http_files.kinds import kind_of
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header


@pytest.mark.parametrize(
    ("media_type", "body", "kind"),
    [
        ("application/json", "{}", BodyKind.JSON),
        ("Application/JSON; charset=utf-8", "1", BodyKind.JSON),
        ("application/problem+json", "1", BodyKind.JSON),
        ("application/x-ndjson", "{}\n{}", BodyKind.TEXT),
        ("text/xml", "<a/>", BodyKind.XML),
        ("image/svg+xml", "<a/>", BodyKind.XML),
        ("text/html", "<p>", BodyKind.HTML),
        ("text/plain", "{}", BodyKind.TEXT),
        ("{{type}}", "{}", BodyKind.TEXT),
        ("application/x-www-form-urlencoded", "a=b", BodyKind.FORM),
        ("multipart/form-data; boundary=x", "--x\n< ./a\n--x--", BodyKind.MULTIPART),
        ("application/json", "\n< ./a.json", BodyKind.FILE),
        ("", "<@iso-8859-1 ./a", BodyKind.FILE),
        ("", "<a/>\n <b", BodyKind.TEXT),
        ("", " \n[1]", BodyKind.JSON),
        ("", "{{payload}}", BodyKind.TEXT),
        ("application/json", "", BodyKind.NONE),
        ("", " ", BodyKind.TEXT),
    ],
)
def test_kinds(media_type: str, body: str, kind: BodyKind) -> None:
    rows = (Header("Content-Type", "text/html", False), Header("content-type", media_type))
    assert kind_of(rows if media_type else rows[:1], body) is kind


def test_graphql_is_said() -> None:
    assert kind_of((), "", graphql=True) is BodyKind.GRAPHQL
