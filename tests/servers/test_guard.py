"""Tests of the Host and Origin checks."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.guard import SAFE_METHODS, Refusal, check_cross_site, check_host, origins_allowed, own_names

OWN = frozenset({"box", "box.local", "192.168.1.7"})


def _status(check: Callable[..., None], *arguments: object) -> int:
    """The status of the refusal, 200 without one."""
    try:
        check(*arguments)
    except Refusal as refusal:
        return refusal.status
    return 200


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("localhost", 200),
        ("localhost:8001", 200),
        ("LOCALHOST", 200),
        ("localhost.", 200),
        ("app.localhost:1", 200),
        ("127.0.0.1", 200),
        ("127.0.0.2:65535", 200),
        ("[::1]", 200),
        ("[::1]:8001", 200),
        ("[0:0:0:0:0:0:0:1]", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("evil.example:8001", 421),
        ("localhostevil", 421),
        ("127.0.0.1.evil.example", 421),
        ("10.0.0.1", 421),
        ("0.0.0.0", 421),
        ("127.1", 421),
        ("2130706433", 421),
        ("0x7f000001", 421),
        ("[::]", 421),
        ("[2001:db8::1]", 421),
        ("[::ffff:10.0.0.1]", 421),
        ("localhost..", 421),
        ("box", 421),
        ("", 400),
        (" ", 400),
        ("###", 400),
        ("local host", 400),
        ("localhost ", 400),
        ("localhost\n", 400),
        ("localhost\r\nX: y", 400),
        ("localhost\0", 400),
        ("user@localhost", 400),
        ("evil.example@localhost", 400),
        ("localhost/path", 400),
        ("http://localhost", 400),
        ("localhost,evil.example", 400),
        ("localhost:", 400),
        ("localhost:http", 400),
        ("localhost:65536", 400),
        ("localhost:-1", 400),
        ("localhost:80:80", 400),
        ("localhost:１", 400),
        ("ⓛocalhost", 400),
        ("::1", 400),
        ("[::1", 400),
        ("[]", 400),
        ("[localhost]", 400),
        ("[::1%25lo]", 400),
        ("%6cocalhost", 400),
    ],
)
def test_host(value: str, status: int) -> None:
    assert _status(check_host, [value]) == status


@pytest.mark.parametrize("values", [[], ["localhost", "localhost"], ["localhost", "evil.example"]])
def test_exactly_one_host(values: list[str]) -> None:
    assert _status(check_host, values) == 400


@pytest.mark.parametrize("host", ["box", "BOX:80", "box.local", "192.168.1.7:8001", "localhost", "127.0.0.1"])
def test_own_names_are_hosts_too(host: str) -> None:
    assert _status(check_host, [host], OWN) == 200


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://localhost", True),
        ("http://localhost:3000", True),
        ("https://127.0.0.1:8001", True),
        ("http://[::1]:8001", True),
        ("http://app.localhost", True),
        ("http://box:8001", False),
        ("http://evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://evil.example#localhost", False),
        ("http://evil.example/localhost", False),
        ("http://localhost@evil.example", False),
        ("null", False),
        ("", False),
        ("file://", False),
        ("localhost", False),
        ("http://[", False),
        ("http://\uff0f", False),
    ],
)
def test_origin(origin: str | None, allowed: bool) -> None:
    assert origins_allowed([] if origin is None else [origin]) is allowed


def test_origin_of_an_own_name() -> None:
    assert origins_allowed(["http://BOX:8001"], OWN)
    assert not origins_allowed(["http://box.example"], OWN)
    assert not origins_allowed(["http://localhost", "http://evil.example"])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "CONNECT", "LOCK", "post"])
def test_unsafe_methods_of_other_sites(method: str) -> None:
    assert _status(check_cross_site, method, ["http://evil.example"], None) == 403
    assert _status(check_cross_site, method, ["null"], None) == 403
    assert _status(check_cross_site, method, [], "cross-site") == 403
    assert _status(check_cross_site, method, ["http://localhost:8001"], "cross-site") == 403
    assert _status(check_cross_site, method, ["http://localhost:8001"], "same-origin") == 200
    assert _status(check_cross_site, method, [], None) == 200


@pytest.mark.parametrize(
    ("origins", "status"), [(["http://127.0.0.1:3000"], 200), (["http://evil.example"], 403), (["null"], 403)]
)
def test_what_cors_admits_of_other_sites(origins: list[str], status: int) -> None:
    check = partial(check_cross_site, admitted=True)
    assert _status(check, "POST", origins, "cross-site") == status


@pytest.mark.parametrize("method", sorted(SAFE_METHODS))
def test_safe_methods_of_other_sites(method: str) -> None:
    assert _status(check_cross_site, method, ["http://evil.example"], "cross-site") == 200


def test_loopback_has_no_names_of_its_own() -> None:
    assert own_names([("127.0.0.1", 1), ("::1", 1)]) == frozenset()


def test_a_server_on_the_network_knows_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Box")
    names = own_names([("0.0.0.0", 8001)])
    assert {"box", "box.local", "127.0.0.1"} <= names
    assert "evil.example" not in names


@given(st.lists(st.text() | st.from_regex(r"\[?[0-9a-fA-F:.]*\]?(:[0-9]*)?"), max_size=3), st.text() | st.none())
def test_nothing_but_a_refusal_is_ever_raised(hosts: list[str], text: str | None) -> None:
    assert _status(check_host, hosts, OWN) in (200, 400, 421)
    assert _status(check_cross_site, "POST", [] if text is None else [text], text, OWN) in (200, 403)
    assert _status(check_cross_site, "POST", [f"http://{text}"], None) in (200, 403)
