"""Cross-origin resource sharing: off by default, an allow-list, and never with credentials."""

from collections.abc import Mapping

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from servers.cors import cors_headers, is_admitted, preflight
from servers.guard import Refusal
from servers.settings import Cors, HttpSettings, RestSettings

LOCAL = "http://localhost:3000"
EVIL = "https://evil.example"
METHODS = ("GET", "HEAD", "OPTIONS")
OWN = frozenset({"192.0.2.7", "box.local"})
ASKED = {"Origin": LOCAL, "Access-Control-Request-Method": "PUT"}


def asked(headers: Mapping[str, str], method: str = "OPTIONS", *, admitted: bool = True) -> web.Response | None:
    return preflight(make_mocked_request(method, "/", headers), METHODS, admitted=admitted)


def test_it_is_off_unless_chosen() -> None:
    assert HttpSettings().cors is RestSettings().cors is Cors.OFF


@pytest.mark.parametrize(
    ("cors", "origins", "allowed"),
    [
        (Cors.OFF, [LOCAL], None),
        (Cors.LOCAL, [], None),
        (Cors.LOCAL, [LOCAL], LOCAL),
        (Cors.LOCAL, ["https://127.0.0.1"], "https://127.0.0.1"),
        (Cors.LOCAL, ["http://box.local:8001"], "http://box.local:8001"),
        (Cors.LOCAL, ["http://[::1]:8080"], "http://[::1]:8080"),
        (Cors.LOCAL, [LOCAL, LOCAL], None),
        (Cors.LOCAL, [f"{LOCAL}, {EVIL}"], None),
        (Cors.LOCAL, ["null"], None),
        (Cors.LOCAL, [""], None),
        (Cors.LOCAL, [EVIL], None),
        (Cors.LOCAL, ["http://localhost.evil.example"], None),
        (Cors.LOCAL, ["http://localhost@evil.example"], None),
        (Cors.LOCAL, ["http://evil.example#localhost"], None),
        (Cors.ANY, [], None),
        (Cors.ANY, [EVIL], "*"),
        (Cors.ANY, ["null"], "*"),
        (Cors.ANY, [EVIL, LOCAL], None),
    ],
)
def test_which_origins_may_read(cors: Cors, origins: list[str], allowed: str | None) -> None:
    assert is_admitted(cors, origins, OWN) == (allowed is not None)
    headers = cors_headers(cors, origins, OWN, "ETag")
    assert headers.get("Access-Control-Allow-Origin") == allowed
    assert headers.get("Access-Control-Expose-Headers") == ("ETag" if allowed else None)
    assert headers.get("Vary") == ("Origin" if cors is Cors.LOCAL else None)


@given(st.sampled_from(Cors), st.lists(st.text() | st.sampled_from([LOCAL, EVIL, "null"]), max_size=2))
def test_no_origin_is_reflected_unless_it_is_of_this_computer(cors: Cors, origins: list[str]) -> None:
    headers = cors_headers(cors, origins, frozenset(), "")
    assert "Access-Control-Allow-Credentials" not in headers
    allowed = headers.get("Access-Control-Allow-Origin")
    assert allowed in (None, "*", LOCAL) or "localhost" in allowed or "127." in allowed or "::1" in allowed


@pytest.mark.parametrize(
    ("method", "headers"),
    [("GET", ASKED), ("OPTIONS", {"Origin": LOCAL}), ("OPTIONS", {"Access-Control-Request-Method": "PUT"})],
)
def test_other_requests_are_no_preflights(method: str, headers: dict[str, str]) -> None:
    assert asked(headers, method) is None
    assert asked(headers, method, admitted=False) is None


def test_a_preflight_names_what_is_possible() -> None:
    answer = asked(ASKED | {"Access-Control-Request-Headers": "authorization, range"})
    assert answer is not None
    assert answer.status == 204
    assert dict(answer.headers) == {
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "authorization, range",
        "Access-Control-Max-Age": "600",
        "Vary": "Access-Control-Request-Headers",
    }


@pytest.mark.parametrize("wanted", ["", "a b", "a,", "a, <b>", "ä", "a" * 8 + ";"])
def test_what_is_no_list_of_names_is_not_repeated(wanted: str) -> None:
    answer = asked(ASKED | {"Access-Control-Request-Headers": wanted})
    assert answer is not None
    assert "Access-Control-Allow-Headers" not in answer.headers


def test_a_private_network_is_allowed_where_it_is_asked_for() -> None:
    answer = asked(ASKED | {"Access-Control-Request-Private-Network": "true"})
    assert answer is not None
    assert answer.headers["Access-Control-Allow-Private-Network"] == "true"


def test_a_page_that_is_not_admitted_is_refused() -> None:
    with pytest.raises(Refusal, match="CORS in its settings") as refused:
        asked(ASKED, admitted=False)
    assert refused.value.status == 403
