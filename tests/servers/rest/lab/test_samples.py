"""Sample documents and pictures."""

import pytest
from lxml import etree

from servers.rest.strict_json import read
from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpeg", b"\xff\xd8\xff"),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF"),
        ("svg", b"<svg "),
    ],
)
def test_pictures_are_what_they_say(run: Run, kind: str, start: bytes) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get(f"/lab/image/{kind}") as response:
            assert response.content_type == ("image/svg+xml" if kind == "svg" else f"image/{kind}")
            assert (await response.read()).startswith(start)

    run(scenario())


@pytest.mark.parametrize("kind", ["bmp", "..%2Fsample.json", "PNG"])
def test_there_are_no_others(run: Run, kind: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            status, detail = await lab.refused(f"image/{kind}")
            assert status == 404
            assert "png, jpeg, gif, webp, svg" in detail

    run(scenario())


def test_documents_are_well_formed(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/json") as response:
                assert isinstance(read(await response.read()), dict)
            async with lab.client.get("/lab/xml") as response:
                assert response.content_type == "application/xml"
                assert etree.fromstring(await response.read()).tag == "{urn:example:crew}crew"
            async with lab.client.get("/lab/html") as response:
                assert response.content_type == "text/html"
                assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    run(scenario())
