"""Tests of what is said about the headers that are added by themselves: it is what is added."""

import pytest

from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, NoAuth, OAuth2, Place
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.request_view.added import Added, added
from tests.desktop.explorer.request_view.scopes import scope

POST = Request("POST", "http://h:1/", auth=NoAuth(), options=Options(cookies=False))


def names(rows: tuple[Added, ...]) -> set[str]:
    return {row.name for row in rows if row.sent}


@pytest.mark.parametrize(
    "request_",
    [
        POST,
        Request("GET", "h", auth=Basic("u", "p"), options=Options(cookies=False, keep_alive=False)),
        Request("GET", "http://u:p@h/", (Header("accept", "a"),), auth=NoAuth(), options=Options(cookies=False)),
        Request(
            "PUT", "h", (Header("Transfer-Encoding", "chunked"),), "x", auth=NoAuth(), options=Options(cookies=False)
        ),
        Request("GET", "h", auth=ApiKey("X-Key", "1"), options=Options(cookies=False, without=frozenset({"host"}))),
    ],
)
def test_it_is_what_is_added_when_the_request_is_sent(request_: Request) -> None:
    typed = {row.name for row in request_.headers}
    sent = {name for name, _ in request_.prepare().headers} - typed
    assert names(added(request_, request_.auth, bool(request_.body), None)) == sent


def test_the_host_is_that_of_the_resolved_url() -> None:
    request = Request("GET", "http://{{host}}/:id", path_values=(("id", "a b"),))
    assert Added("Host", "localhost:5000", True) in added(request, NoAuth(), False, scope)
    assert Added("Host", "", True) in added(Request("GET", "http://{{who}}/"), NoAuth(), False, scope)


@pytest.mark.parametrize("auth", [Basic("ann", "s3cret"), Bearer("s3cret"), Digest("ann", "s3cret"), OAuth2()])
def test_credentials_are_told_but_not_shown(auth: Auth) -> None:
    (row,) = (row for row in added(POST, auth, False, None) if row.name == "Authorization")
    assert row.value.endswith("••••••")
    assert "s3cret" not in row.value
    assert row.why
    assert row.sent


def test_what_is_not_sent_says_why() -> None:
    request = Request("GET", "h", (Header("ACCEPT", "a"), Header("user-agent", "b", False)), options=Options())
    rows = {row.name: row for row in added(request, ApiKey("k", "v", Place.QUERY), False, None)}
    assert rows["Accept"].why.startswith("yours")
    assert not rows["Accept"].sent
    assert rows["User-Agent"].sent
    assert rows["Cookie"].why
    assert "k" not in rows
