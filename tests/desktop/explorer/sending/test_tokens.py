"""Tests of what a token endpoint may answer."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.request import Request
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Reply
from desktop.explorer.sending.tokens import NoToken, Token, read_token
from tests.servers.samples import exchange


def answer(text: str, status: int = 200, error: str | None = None) -> Reply:
    """An answer of http://h/token with this body."""
    body = Blob(text.encode())
    record = exchange()._replace(status=status, reason="Reason", error=error)
    return Reply(Request("POST", "http://h/token?x=secret").prepare(), record, body, body)


def test_a_token_with_all_that_belongs_to_it() -> None:
    token = read_token(
        answer('{"access_token": "a", "token_type": "bearer", "expires_in": 3600, "refresh_token": "r"}')
    )
    assert (token.access, token.refresh, token.expired) == ("a", "r", False)
    assert token.expires is not None
    assert 3500 < token.expires - time.time() < 3600


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ('{"access_token": "a"}', Token("a")),
        ('{"access_token": "a", "expires_in": null, "refresh_token": 1}', Token("a")),
        ('{"access_token": "a", "expires_in": "soon"}', Token("a")),
        ("access_token=a%20b&token_type=bearer", Token("a b")),
    ],
)
def test_tokens_of_lenient_servers(text: str, token: Token) -> None:
    assert read_token(answer(text)) == token


def test_one_that_is_over_at_once_counts_as_expired() -> None:
    assert read_token(answer('{"access_token": "a", "expires_in": "5"}')).expired
    assert not Token("a").expired


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ('{"error": "invalid_client", "error_description": "Who\\u202e?"}', 401, "“invalid_client”, “Who\\u202e?”."),
        ('{"error": "invalid_scope"}', 200, "“invalid_scope”."),
        ("error=bad_verification_code", 200, "“bad_verification_code”."),
        ("<html>\n Bad   gateway</html>", 502, "status 502 Reason, and in words “<html> Bad gateway</html>”."),
        ("", 500, "status 500 Reason, and in words nothing."),
        ('{"access_token": "a"}', 500, "status 500"),
        ('{"access_token": 1}', 200, "access_token"),
        ("[1]", 200, "“[1]”"),
        ('{"error": {"a": null}}', 400, '“{"error": {"a": null}}”'),
        ("x" * 100_000, 200, f"“{'x' * 200}…”"),
    ],
)
def test_answers_without_a_token_are_quoted(text: str, status: int, words: str) -> None:
    with pytest.raises(NoToken) as fault:
        read_token(answer(text, status))
    assert str(fault.value).startswith("http://h/token gave no token: status ")
    assert words in str(fault.value)


def test_other_failures() -> None:
    with pytest.raises(NoToken, match="type “null”"):
        read_token(answer('{"access_token": "a", "token_type": null}'))
    with pytest.raises(NoToken, match="token that cannot be sent"):
        read_token(answer('{"access_token": "a\\r\\nX-Evil: 1"}'))
    with pytest.raises(NoToken, match="type “mac”"):
        read_token(answer('{"access_token": "a", "token_type": "mac"}'))
    with pytest.raises(NoToken, match=r"No token came from http://h/token\. Nothing answers\."):
        read_token(answer("", 0, "Nothing answers."))


@given(st.text() | st.recursive(st.none() | st.integers() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_no_answer_is_too_odd(text: str) -> None:
    with pytest.raises(NoToken):
        read_token(answer(text))


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(), st.lists))
def test_no_member_is_too_odd(value: object) -> None:
    names = ("token_type", "expires_in", "refresh_token", "error", "error_description")
    for name in names:
        try:
            read_token(answer(json.dumps({"access_token": "a", name: value})))
        except NoToken:
            assert name in ("token_type", "error")
