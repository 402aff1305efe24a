"""Answers a request at once that is, but for its query, one that was answered before, as long as that answer holds."""

import re
from collections import OrderedDict
from collections.abc import Callable
from time import perf_counter_ns, time
from typing import NamedTuple

from aiohttp import web

from servers.exchange import Endpoint, Exchange, Headers, next_id
from servers.http_dates import http_date
from servers.recorder import Recorder


class Lasting(web.Response):
    """A response that depends on its request alone, but for the query, as long as ``holds`` says that it is so."""

    holds: Callable[[], bool] | None = None


LIMIT = 64 * 1024 * 1024
"""Bytes that are kept, at most."""

LONGEST = 4096
"""Bytes that a request may have to be kept."""

SIGHTS = 4096
"""Requests that are remembered after the first time."""

_JOINED = 64 * 1024
_OVERHEAD = 2048


# Only characters that the parser lets through (RFC 3986, section 3.4): it does not see the queries that come later.
_QUERY = re.compile(rb"[A-Z]+ [^? ]*(\?[!$%&-;=?-Z_a-z~]*) HTTP/1\.1\r\n")


class Answer(NamedTuple):
    """A response in parts: before and behind its date, in bytes and as fields; ``first`` is its first exchange.

    ``path`` is the target without the query.
    """

    before: bytes
    behind: bytes
    body: bytes
    fields_before: Headers
    fields_behind: Headers
    path: str
    first: Exchange
    holds: Callable[[], bool]

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return _OVERHEAD + len(self.before) + len(self.behind) + len(self.body)


class Repeats:
    """The answers of one server to requests that have come more than once, the latest used of them."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._weight = 0
        self._once: set[int] = set()
        self._second = 0
        self._date = ("Date", "")

    def note(self, asked: bytes, response: web.StreamResponse, exchange: Exchange) -> None:
        """Keep the response to a request without a body if it is one of those, and comes for the second time."""
        if not isinstance(response, Lasting) or response.holds is None:
            return
        if len(asked) > LONGEST or exchange.version != "1.1" or response.keep_alive is False:
            return
        asked, _ = _without_query(asked)
        sight = hash(asked)
        if sight not in self._once:
            if len(self._once) == SIGHTS:
                self._once.clear()
            self._once.add(sight)
            return
        body = b"" if exchange.method == "HEAD" else response.body
        if body is None or isinstance(body, bytes):
            self._keep(asked, _answer(exchange, body or b"", response.holds))

    def find(self, asked: bytes) -> tuple[Answer, str] | None:
        """The answer to a request, if it holds, and the target of the request."""
        asked, query = _without_query(asked)
        answer = self._answers.get(asked)
        if answer is None:
            return None
        if not answer.holds():
            self._drop(asked)
            return None
        self._answers.move_to_end(asked)
        return answer, f"{answer.path}{query.decode()}"

    def send(
        self,
        answer: Answer,
        target: str,
        write: Callable[[bytes], None],
        ends: tuple[Endpoint | None, Endpoint | None],
    ) -> None:
        """Send it with the date of now, and record that with the server's address and the client's."""
        started_ns = perf_counter_ns()
        date = self._now()
        head = b"%bDate: %b%b" % (answer.before, date[1].encode(), answer.behind)
        if len(answer.body) <= _JOINED:
            write(head + answer.body)
        else:
            write(head)
            write(answer.body)
        finished_ns = perf_counter_ns()
        first = answer.first
        self._recorder.append(
            Exchange(
                first.source,
                first.end,
                first.method,
                target,
                first.version,
                first.request_headers,
                b"",
                0,
                first.status,
                first.reason,
                (*answer.fields_before, date, *answer.fields_behind),
                first.response_body,
                first.response_size,
                started_ns,
                finished_ns,
                finished_ns,
                *ends,
                next_id(),
            )
        )

    def __len__(self) -> int:
        return len(self._answers)

    def _now(self) -> tuple[str, str]:
        second = int(time())
        if second != self._second:
            self._second, self._date = second, ("Date", http_date(second))
        return self._date

    def _keep(self, asked: bytes, answer: Answer) -> None:
        self._drop(asked)
        self._answers[asked] = answer
        self._weight += answer.weight + len(asked)
        while self._weight > LIMIT:
            self._drop(next(iter(self._answers)))

    def _drop(self, asked: bytes) -> None:
        answer = self._answers.pop(asked, None)
        if answer is not None:
            self._weight -= answer.weight + len(asked)


def _without_query(asked: bytes) -> tuple[bytes, bytes]:
    """A request without the query of its target, if that can be told quickly, and the query with its question mark."""
    found = _QUERY.match(asked)
    if found is None:
        return asked, b""
    return asked[: found.start(1)] + asked[found.end(1) :], found[1]


def _answer(exchange: Exchange, body: bytes, holds: Callable[[], bool]) -> Answer:
    fields = exchange.response_headers
    at = next(index for index, (name, _) in enumerate(fields) if name == "Date")
    before, behind = fields[:at], fields[at + 1 :]
    start = f"HTTP/1.1 {exchange.status} {exchange.reason}\r\n{_lines(before)}"
    path = exchange.target.partition("?")[0]
    return Answer(start.encode(), f"\r\n{_lines(behind)}\r\n".encode(), body, before, behind, path, exchange, holds)


def _lines(fields: Headers) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in fields)
