"""Tests of what is taken out of a handshake before it is shown."""

import pytest

from servers.handshakes.masking import masked
from tests.servers.handshakes.samples import KEY, accepted


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Authorization", "Basic QW5uOmhpZGRlbg==", "Basic •••"),
        ("authorization", "Bearer  hidden", "Bearer  •••"),
        ("Authorization", "hidden", "•••"),
        ("Authorization", 'Digest username="Ann",\tresponse="hidden"', "Digest •••"),
        ("Proxy-Authorization", "Basic QW5uOmhpZGRlbg==", "Basic •••"),
        ("Cookie", "theme=hidden; sid=hidden=", "theme=•••; sid=•••"),
        ("Cookie", "hidden", "•••"),
        ("Cookie", "hidden; theme=hidden; hidden", "•••; theme=•••; •••"),
        ("X-API-Key", "hidden", "•••"),
        ("X-Auth-Token", "hidden one", "•••"),
        ("Sec-WebSocket-Key", KEY, KEY),
        ("Origin", "http://localhost", "http://localhost"),
    ],
)
def test_a_field_of_the_request(name: str, value: str, shown: str) -> None:
    handshake = masked(accepted({"Sec-WebSocket-Key": None}, more=((name, value),)))
    assert handshake.request_headers[-1] == (name, shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("sid=hidden; Path=/; HttpOnly", "sid=•••; Path=/; HttpOnly"),
        ("=hidden", "=•••"),
        ("hidden; Path=/", "•••; Path=/"),
        ("hidden", "•••"),
    ],
)
def test_a_cookie_that_the_server_sets(value: str, shown: str) -> None:
    assert masked(accepted(response={"Set-Cookie": value})).response_headers[-1] == ("Set-Cookie", shown)


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/chat?name=Ann", "/chat?name=Ann"),
        ("/chat?access_token=hidden&name=Ann", "/chat?access_token=•••&name=Ann"),
        ("/chat?name=Ann&API-KEY=hidden", "/chat?name=Ann&API-KEY=•••"),
        ("/token=1", "/token=1"),
    ],
)
def test_the_query(target: str, shown: str) -> None:
    assert masked(accepted()._replace(target=target)).target == shown


def test_what_has_no_secret_stays_as_it_is() -> None:
    handshake = accepted()
    assert masked(handshake) == handshake
