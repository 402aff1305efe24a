"""Tests of auth in the words of a file."""

import pytest
from hypothesis import given

from desktop.explorer.http_files.auth_words import as_header, as_words, from_header, from_words
from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, Grant, Inherit, NoAuth, OAuth2, Place
from desktop.explorer.model.request import Header
from tests.desktop.explorer.http_files.requests import AUTH


@pytest.mark.parametrize(
    ("value", "auth"),
    [
        ("Bearer {{token}}", Bearer("{{token}}")),
        ("Bearer", None),
        ("bearer x", None),
        ("Basic user pass word", Basic("user", "pass word")),
        ("basic {{ a b }}  {{c}}", Basic("{{ a b }}", "{{c}}")),
        ("Basic user:pass:word", Basic("user", "pass:word")),
        ("Basic :x", Basic("", "x")),
        ("Basic dXNlcjpwYXNz", None),
        ("Digest user pass", Digest("user", "pass")),
        ('Digest username="u", realm="r"', None),
        ("Digest user:pass", None),
        ("AWS4-HMAC-SHA256 Credential=a", None),
        ("{{auth}}", None),
    ],
)
def test_headers(value: str, auth: Auth | None) -> None:
    assert from_header(Header("Authorization", value)) == auth
    assert from_header(Header("Authorization", value, enabled=False)) is None
    assert from_header(Header("X-Authorization", value)) is None


def test_a_header_that_would_be_sent_in_another_case_stays_a_header() -> None:
    assert from_header(Header("authorization", "Bearer x")) is None
    assert from_header(Header("authorization", "Basic a b")) == Basic("a", "b")


@pytest.mark.parametrize(
    ("auth", "value"),
    [
        (Bearer("a b"), "Bearer a b"),
        (Bearer(""), None),
        (Bearer(" x"), None),
        (Bearer("a\nb"), None),
        (Basic("a", "b c"), "Basic a b c"),
        (Basic("", "b"), "Basic :b"),
        (Basic("a", ""), "Basic a:"),
        (Basic("a b", "c"), None),
        (Digest("a", "b"), "Digest a b"),
        (Digest("", "b"), None),
        (NoAuth(), None),
        (ApiKey(), None),
    ],
)
def test_what_a_header_can_say(auth: Auth, value: str | None) -> None:
    assert as_header(auth) == value


@pytest.mark.parametrize(
    ("words", "auth"),
    [
        ("none", NoAuth()),
        ("inherit", Inherit()),
        ("bearer {{token}}", Bearer("{{token}}")),
        ('basic user "pass word"', Basic("user", "pass word")),
        ("digest a b", Digest("a", "b")),
        ("api-key header X-Key {{key}}", ApiKey("X-Key", "{{key}}")),
        ('api-key query key ""', ApiKey("key", "", Place.QUERY)),
        (
            'oauth2 grant=password token-url=h/t client-id=a client-secret={{s}} scope="a b" user=u password=p in-body',
            OAuth2(Grant.PASSWORD, "h/t", "", "a", "{{s}}", "a b", "u", "p", True),
        ),
        ("oauth2 grant=client_credentials authorize-url={{a b}}/x", OAuth2(authorize_url="{{a b}}/x")),
    ],
)
def test_tags(words: str, auth: Auth) -> None:
    assert from_words(words) == auth
    assert as_words(auth) == words


@pytest.mark.parametrize("words", ["", "nothing", "none x", "basic a", "api-key body a b", "oauth2 grant=magic"])
def test_what_makes_no_sense_says_nothing(words: str) -> None:
    assert from_words(words) is None


@given(AUTH)
def test_every_auth_can_be_written(auth: Auth) -> None:
    assert from_words(as_words(auth)) == auth
    value = as_header(auth)
    assert value is None or from_header(Header("Authorization", value)) == auth
