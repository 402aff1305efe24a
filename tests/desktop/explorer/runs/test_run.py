"""Tests of running the requests of a collection."""

import asyncio
from collections.abc import Mapping

import pytest

from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Result, Step, left_behind, summary, tidy
from desktop.explorer.runs.run import run as run_steps
from desktop.explorer.session import Spot
from tests.conftest import Run
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.replies import part, reply, result
from tests.desktop.explorer.servers import OK, RawServer
from tests.desktop.explorer.sessions import session

CREATED = b"HTTP/1.1 201 Created\r\nLocation: /p/7\r\nContent-Length: 9\r\n\r\n" + b'{"id": 7}'


async def results_of(text: str, variables: Mapping[str, str]) -> list[Result]:
    """Run a file with a client of its own."""
    results: list[Result] = []
    file = parse(text)
    steps = [Step(part, Spot(name=part.name)) for part in file.requests]
    async with session() as shared:
        await run_steps(steps, shared, {**file.variables, **variables}, results.append)
    return results


def test_requests_go_in_order_with_what_came_before(run: Run) -> None:
    text = """\
@host = http://nowhere.invalid
### create
# expect 201
POST {{host}}/p

{"a": "{{later}}"}
### read
@later = {{create.response.body.$.id}}
GET {{host}}{{create.response.headers.Location}}?again={{later}}
"""

    async def scenario() -> None:
        async with RawServer(CREATED, OK).running() as server:
            created, read = await results_of(text, {"host": server.url.rstrip("/")})
            first, second = server.requests
            assert first.startswith(b"POST /p HTTP/1.1\r\n")
            assert first.endswith(b'\r\n\r\n{"a": "{{create.response.body.$.id}}"}')
            assert second.startswith(b"GET /p/7?again=7 HTTP/1.1\r\n")
        assert created.note == "Sent as written, for want of a value: {{create.response.body.$.id}}."
        assert (read.request.method, read.request.url) == ("GET", f"{server.url}p/7?again=7")
        assert [one.verdict for one in (created, read)] == ["as expected", "as expected"]

    run(scenario())


def test_a_run_goes_on_after_what_fails(run: Run) -> None:
    text = """\
# expect 200
GET http://localhost:{{closed}}/
### no value
DELETE http://localhost:{{port}}/{{first.response.headers.Location}}
### no such scheme
GET ftp://h
### file
POST http://localhost:{{port}}/

< ./body.json
### last
# expect 404
GET http://localhost:{{port}}/
"""

    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            results = await results_of(text, {"port": str(server.port), "closed": str(free_port())})
            assert len(server.requests) == 1
        verdicts = ["no response", "not sent", "not sent", "not sent", "expected 404"]
        assert [one.verdict for one in results] == verdicts
        assert not any(one.as_expected for one in results)
        assert results[3].note.startswith("There is no file “")
        assert [one.note for one in results if one is not results[3]] == [
            "",
            "There is no value for {{first.response.headers.Location}}: it is not set, or what brings it has failed.",
            "The explorer sends http and https requests; this URL starts with “ftp”.",
            "",
        ]

    run(scenario())


def test_a_run_can_be_cancelled_and_has_reported_what_was_done(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as first, RawServer(b"", hold=True).running() as second:
            results: list[Result] = []
            text = f"GET {first.url}\n###\nGET {second.url}\n###\nGET {first.url}"
            steps = [Step(part, Spot()) for part in parse(text).requests]
            async with session() as shared:
                task = asyncio.get_running_loop().create_task(run_steps(steps, shared, {}, results.append))
                await second.got_request.wait()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert [one.verdict for one in results] == ["as expected"]
            assert len(first.requests) == 1

    run(scenario())


@pytest.mark.parametrize(
    ("done", "verdict"),
    [
        (result(200), "as expected"),
        (result(404), "expected 200"),
        (result(404, "GET http://h/x"), "as expected"),
        (Result(part(), Request()), "not sent"),
        (Result(part(), Request(), reply(0, error="Nothing answers.")), "no response"),
        (Result(part(), Request(), reply(200, error="The body broke off.")), "broken off"),
        (Result(part(), Request(), reply(500, error="The body broke off.")), "expected 200"),
    ],
)
def test_verdicts(done: Result, verdict: str) -> None:
    assert done.verdict == verdict
    assert done.as_expected == (verdict == "as expected")


def test_summaries() -> None:
    good, bad = result(200), result(404)
    assert summary([good], 1) == "1 request, all as expected"
    assert summary([good, good], 2) == "2 requests, all as expected"
    assert summary([good, bad, good], 3) == "3 requests, 1 not as expected"
    assert summary([good, bad], 3) == "Stopped after 2 of 3 requests, 1 not as expected"
    assert summary([], 3) == "Stopped after 0 of 3 requests"


def test_what_a_run_leaves_behind(run: Run) -> None:
    text = """\
POST {{host}}/p
### read
GET {{host}}/p/7
### delete
DELETE {{host}}/p/7
"""

    async def left_after(*answers: bytes) -> list[str]:
        async with RawServer(*answers).running() as server:
            results = await results_of(text, {"host": server.url.rstrip("/")})
            return [url.removeprefix(server.url) for url in left_behind(results)]

    async def scenario() -> None:
        gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        assert await left_after(CREATED, OK, OK) == []
        assert await left_after(CREATED, OK, gone) == []
        assert await left_after(CREATED, OK) == ["p/7"]
        assert await left_after(OK, OK, OK) == []
        assert await left_after(CREATED.replace(b"/p/7", b"http://other/p/7")) == []

    run(scenario())


def test_what_was_left_is_deleted_or_told(run: Run) -> None:
    async def scenario() -> None:
        async with session() as shared, RawServer(OK).running() as server:
            left = (f"{server.url}p/7", f"{server.url}p/8")
            assert await tidy(left, shared) == left[1:]
            assert server.requests[0].startswith(b"DELETE /p/7 ")
            assert await tidy(("ftp://h/p",), shared) == ("ftp://h/p",)

    run(scenario())


def test_a_summary_says_what_is_left() -> None:
    went = "Stopped after 1 of 3 requests, all as expected"
    assert summary([result(200)], 3, ["http://h/p/7"]) == f"{went}. /p/7, which it made, is still there."
    assert summary([result(200)], 3, ["http://h/p/7", "http://h/8"]).endswith(
        "/p/7, /8, which it made, are still there."
    )
