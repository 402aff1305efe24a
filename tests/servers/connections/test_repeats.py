"""Requests that come again: answered from what is kept, exactly as before, and only as long as that holds."""

import pytest
from aiohttp import web

from servers.connections import repeats
from servers.connections.repeats import Lasting, Repeats
from servers.exchange import End, Exchange
from servers.recorder import Recorder

ASKED = b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
FIELDS = (("Content-Type", "text/plain"), ("Date", "Sun, 22 Nov 2026 10:00:00 GMT"), ("Server", "x"))
LOCAL, REMOTE = ("127.0.0.1", 8001), ("127.0.0.1", 50000)


class Kept:
    """Answers with a switch that says whether they hold."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.repeats = Repeats(self.recorder)
        self.holds = True

    def note(self, asked: bytes = ASKED, body: bytes = b"hello", method: str = "GET") -> None:
        response = Lasting(body=body)
        response.holds = lambda: self.holds
        self.repeats.note(asked, response, exchange(method, body))

    def sent(self, asked: bytes = ASKED) -> list[bytes]:
        found = self.repeats.find(asked)
        assert found is not None
        parts: list[bytes] = []
        self.repeats.send(*found, parts.append, (LOCAL, REMOTE))
        return parts


def exchange(method: str, body: bytes) -> Exchange:
    fields = (("Host", "localhost"),)
    return Exchange(
        "http",
        End.SERVER,
        method,
        "/a",
        "1.1",
        fields,
        b"",
        0,
        200,
        "OK",
        FIELDS,
        body,
        len(body),
        1,
        2,
        3,
        None,
        None,
        7,
    )


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(repeats, "time", lambda: 1_795_341_600.5)
    return Kept()


def test_the_second_answer_is_kept_and_sent_again_with_its_own_date(kept: Kept) -> None:
    kept.note()
    assert kept.repeats.find(ASKED) is None
    kept.note()
    date = "Sun, 22 Nov 2026 10:00:00 GMT"
    assert (
        b"".join(kept.sent()).decode()
        == f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: {date}\r\nServer: x\r\n\r\nhello"
    )
    (record,) = kept.recorder
    assert isinstance(record, Exchange)
    assert record.started_ns <= record.responded_ns == record.finished_ns
    same = record._replace(started_ns=1, responded_ns=2, finished_ns=3, id=7, local=None, remote=None)
    assert same == exchange("GET", b"hello")
    assert (record.local, record.remote) == (LOCAL, REMOTE)


def test_what_does_not_hold_any_more_is_forgotten(kept: Kept) -> None:
    kept.note()
    kept.note()
    kept.holds = False
    assert kept.repeats.find(ASKED) is None
    kept.holds = True
    assert kept.repeats.find(ASKED) is None
    kept.note()
    assert kept.repeats.find(ASKED) is not None


def test_head_gets_no_body(kept: Kept) -> None:
    asked = b"HEAD" + ASKED[3:]
    for _ in range(2):
        kept.note(asked, method="HEAD")
    assert kept.sent(asked)[-1].endswith(b"Server: x\r\n\r\n")


def test_a_large_body_is_not_copied(kept: Kept) -> None:
    body = bytes(100_000)
    for _ in range(2):
        kept.note(body=body)
    assert kept.sent()[-1] is body


def test_other_responses_and_long_requests_are_not_kept(kept: Kept) -> None:
    plain, closing = web.Response(body=b"hello"), Lasting(body=b"hello")
    closing.holds = lambda: True
    closing.force_close()
    for response in (plain, plain, Lasting(body=b"hello"), closing, closing):
        kept.repeats.note(ASKED, response, exchange("GET", b"hello"))
    assert kept.repeats.find(ASKED) is None
    long = ASKED[:-2] + b"A: " + b"a" * repeats.LONGEST + b"\r\n\r\n"
    for _ in range(3):
        kept.note(long)
    assert kept.repeats.find(long) is None


def test_the_least_used_make_room(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "LIMIT", 100_000)
    requests = [ASKED[:-2] + f"N: {number}\r\n\r\n".encode() for number in range(10)]
    for asked in requests:
        kept.note(asked, bytes(20_000))
        kept.note(asked, bytes(20_000))
        assert kept.repeats.find(requests[0]) is not None
    held = [number for number, asked in enumerate(requests) if kept.repeats.find(asked) is not None]
    assert held == [0, 7, 8, 9]


def test_requests_that_come_once_take_no_room(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "SIGHTS", 10)
    for number in range(1000):
        kept.note(ASKED[:-2] + f"N: {number}\r\n\r\n".encode())
    assert len(kept.repeats) == 0


@pytest.mark.parametrize("query", [b"?", b"?v=2", b"?a=%20&b=/x?y:@!$'()*+,;=~-._"])
def test_queries_make_no_difference_but_in_the_record(kept: Kept, query: bytes) -> None:
    kept.note(ASKED.replace(b"/a ", b"/a?first "))
    kept.note(ASKED.replace(b"/a ", b"/a?second "))
    asked = ASKED.replace(b"/a ", b"/a%b " % query)
    assert kept.sent(asked)[-1].endswith(b"hello")
    (record,) = kept.recorder
    assert isinstance(record, Exchange)
    assert record.target == f"/a{query.decode()}"


@pytest.mark.parametrize("query", [b"?\x00", b"?a b", b"?\xff", b"?a#b", b"?a\rb", b"?\t", b"?a[]=1"])
def test_queries_that_the_parser_may_refuse_are_left_to_it(kept: Kept, query: bytes) -> None:
    kept.note()
    kept.note()
    assert kept.repeats.find(ASKED.replace(b"/a ", b"/a%b " % query)) is None
