"""Secrets that are not shown."""

from desktop.explorer.model.auth import ApiKey, Basic, Bearer
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.snippets.masking import MASK, masked


def test_secrets_are_hidden() -> None:
    request = Request(
        url="http://u:secret@h/a@b",
        headers=(Header("Authorization", "Bearer secret"), Header("Cookie", "secret"), Header("A", "b")),
        auth=Basic("u", "secret"),
        options=Options(proxy="http://u:secret@p"),
    )
    hidden = masked(request)
    assert "secret" not in repr(hidden)
    assert hidden.url == f"http://u:{MASK}@h/a@b"
    assert [row.value for row in hidden.headers] == [f"Bearer {MASK}", MASK, "b"]
    assert hidden.auth == Basic("u", MASK)


def test_variables_and_what_is_empty_stay() -> None:
    for auth in (Bearer("{{token}}"), ApiKey("k", ""), Basic("u", "{{p}}")):
        assert masked(Request(auth=auth)).auth == auth
