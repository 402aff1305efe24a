"""Tests of the ready collection: it reads well, and the REST server answers each request as it says."""

from http import HTTPStatus
from pathlib import Path

from desktop import assets
from desktop.explorer.client import Client
from desktop.explorer.http_file import parse
from desktop.explorer.run import Result
from desktop.explorer.run import run as run_file
from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.settings import RestSettings
from tests.conftest import Run

TOUR = parse(assets.collection("crud-tour.http"))


def test_each_request_says_what_it_shows() -> None:
    assert [part.expected for part in TOUR.requests] == [200, 201, 200, 200, 200, 200, 404, 400, 403, 405, 415, 500]
    for part in TOUR.requests:
        assert part.title.endswith(f": {part.expected}")
        assert part.about
    said = " ".join(part.about for part in TOUR.requests)
    for code in {part.expected for part in TOUR.requests if part.expected}:
        assert f"{code} {HTTPStatus(code).phrase}" in said


def test_the_service_answers_as_the_tour_expects_and_keeps_its_data(
    run: Run, tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("ERROR portside.web: Request failed")

    async def scenario() -> None:
        client, server = Client(Recorder()), RestServer(RestSettings(port=0), Recorder(), tmp_path)
        await server.start()
        try:
            assert server.service is not None
            assert server.address is not None
            results: list[Result] = []
            before = await server.service.export()
            await run_file(TOUR, {"host": f"http://localhost:{server.address.port}"}, client, results.append)
            assert [one.verdict for one in results] == ["as expected"] * 12
            assert [one.note for one in results] == [""] * 12
            bodies = [one.reply.body if one.reply is not None else b"" for one in results]
            assert b'"nationality": "Wales"' in bodies[2]
            assert b"nationality" not in bodies[4]
            assert await server.service.export() == before
        finally:
            await client.close()
            await server.stop()

    run(scenario())
