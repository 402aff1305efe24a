"""Tests of the ready collection: it reads well, and the REST server answers each request as it says."""

from http import HTTPStatus
from pathlib import Path

from desktop import assets
from desktop.explorer.http_files.http_file import parse
from desktop.explorer.runs.run import Result, Step
from desktop.explorer.runs.run import run as run_steps
from desktop.explorer.session import Spot
from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.settings import RestSettings
from tests.conftest import Run
from tests.desktop.explorer.sessions import session

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
        server = RestServer(RestSettings(port=0), Recorder(), tmp_path)
        await server.start()
        try:
            assert server.service is not None
            assert server.address is not None
            results: list[Result] = []
            before = await server.service.export()
            steps = [Step(part, Spot(name=part.name)) for part in TOUR.requests]
            host = {"host": f"http://localhost:{server.address.port}"}
            async with session() as shared:
                await run_steps(steps, shared, {**TOUR.variables, **host}, results.append)
            assert [one.verdict for one in results] == ["as expected"] * 12
            assert [one.note for one in results] == [""] * 12
            bodies = [one.reply.body.read() if one.reply is not None else b"" for one in results]
            assert b'"nationality": "Wales"' in bodies[2]
            assert b"nationality" not in bodies[4]
            assert await server.service.export() == before
        finally:
            await server.stop()

    run(scenario())
