"""A recorded exchange becomes a request again."""

import pytest

from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.options import Options
from desktop.explorer.model.recorded import request_of
from desktop.explorer.model.request import Header
from servers.exchange import Headers
from tests.servers.samples import exchange

HOST = ("Host", "localhost:5000")


def test_what_was_sent_can_be_sent_again() -> None:
    headers: Headers = (HOST, ("accept", "*/*"), ("X-Twice", "1"), ("X-Twice", "2"), ("Content-Length", "3"))
    record = exchange()._replace(
        method="PUT", target="/players/1?a=%20", request_headers=headers, request_body=b"abc", request_size=3
    )
    request, note = request_of(record)
    assert (request.method, request.url, request.body) == ("PUT", "http://localhost:5000/players/1?a=%20", "abc")
    assert request.headers == (Header("accept", "*/*"), Header("X-Twice", "1"), Header("X-Twice", "2"))
    assert request.auth == NoAuth()
    assert request.options == Options(cookies=False, without=frozenset({"accept-encoding", "user-agent"}))
    assert [name for name, _ in request.prepare().headers] == ["Host", "accept", "X-Twice", "X-Twice", "Content-Length"]
    assert note == ""
    assert request.prepare().body == b"abc"


@pytest.mark.parametrize(
    ("headers", "target", "local", "url"),
    [
        ((HOST,), "http://other/x", None, "http://other/x"),
        ((), "/x", ("127.0.0.1", 8001), "http://127.0.0.1:8001/x"),
        ((), "/x", ("::1", 8001), "http://[::1]:8001/x"),
        ((), "/x", None, "http://localhost/x"),
    ],
)
def test_the_url_is_that_of_the_server(headers: Headers, target: str, local: tuple[str, int] | None, url: str) -> None:
    record = exchange()._replace(target=target, request_headers=headers, local=local)
    assert request_of(record)[0].url == url


@pytest.mark.parametrize(("method", "target"), [("OPTIONS", "*"), ("CONNECT", "example.com:443")])
def test_a_target_that_no_url_has_is_told(method: str, target: str) -> None:
    record = exchange()._replace(method=method, target=target, request_headers=(HOST,))
    request, note = request_of(record)
    assert (request.method, request.url) == (method, "http://localhost:5000/")
    assert note == f"The request was for “{target}”, which a URL cannot say; this one is for “/”."


def test_a_body_that_is_no_text_stays_bytes_and_a_cut_one_is_told() -> None:
    record = exchange()._replace(request_headers=(HOST,), request_body=b"\xff\x00", request_size=5000)
    request, note = request_of(record)
    assert request.body == b"\xff\x00"
    assert note == "Only the first 2 of the 5,000 bytes of the body were recorded."
