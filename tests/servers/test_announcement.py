"""What `main.py serve` says: what is served, the switches that are on, and plain warnings."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import segno

from servers.announcement import announcement, qr_code
from servers.recorder import Recorder
from servers.server import Address
from servers.settings import Cors, HttpSettings, RestSettings, WebSocketSettings
from servers.workbench import Workbench, WorkbenchSettings
from tests.conftest import Run

HERE = (("127.0.0.1", 8001), ("::1", 8001))
EVERYWHERE = (("0.0.0.0", 8001),)
FOLDER = Path(__file__).parent
BEYOND = "Warning: the HTTP server listens beyond this computer"


def lines(tmp_path: Path, bound: tuple[tuple[str, int], ...], **changes: Any) -> list[str]:
    """What is said about an HTTP server bound there, and about no other."""
    settings = WorkbenchSettings(HttpSettings(**changes), RestSettings(), WebSocketSettings())
    workbench = Workbench(settings, tmp_path, Recorder())
    workbench.http.address = Address("http", bound[0][0], 8001, bound)
    return list(announcement(workbench))


def test_nothing_is_said_about_servers_that_do_not_run(tmp_path: Path) -> None:
    settings = WorkbenchSettings(HttpSettings(), RestSettings(), WebSocketSettings())
    assert list(announcement(Workbench(settings, tmp_path, Recorder()))) == []


def test_what_is_served(tmp_path: Path) -> None:
    assert lines(tmp_path, HERE) == ["Serving the bundled sites"]
    assert lines(tmp_path, HERE, root=tmp_path) == [f"Serving the folder {tmp_path}"]
    gone = tmp_path / "gone"
    assert lines(tmp_path, HERE, root=gone) == [f"Warning: there is no folder {gone} to serve."]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"spa": True}, "Paths that no file has are answered with the site's index.html (single-page app)."),
        ({"live_reload": True}, "Pages load again when a file of the site changes (live reload)."),
        ({"uploads": True, "max_upload": 2, "root": FOLDER}, "Clients may add files, up to 2 bytes in one upload."),
        ({"cors": Cors.LOCAL}, "CORS is on: pages of this computer may read what the HTTP server serves."),
        ({"cors": Cors.ANY}, "CORS is on: pages of any origin may read what the HTTP server serves."),
        (
            {"user": "joe", "password": "secret"},
            "The HTTP server asks for a password; the user name is “joe”.",
        ),
    ],
)
def test_each_switch_that_is_on_is_said(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    assert lines(tmp_path, HERE, **changes)[1:] == [sentence]


def test_uploads_are_not_announced_for_the_bundled_sites(tmp_path: Path) -> None:
    assert lines(tmp_path, HERE, uploads=True) == ["Serving the bundled sites"]
    [_, warning] = lines(tmp_path, EVERYWHERE, uploads=True)
    assert "add files" not in warning


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({}, [f"{BEYOND} and asks for no password: everybody in the network can read what it serves."]),
        (
            {"uploads": True, "root": FOLDER},
            [f"{BEYOND} and asks for no password: everybody in the network can read what it serves and add files."],
        ),
        ({"user": "joe"}, ["Warning: the password crosses the network readable to others; use --tls to protect it."]),
        (
            {"user": "joe", "uploads": True, "root": FOLDER},
            [
                f"{BEYOND} and takes uploads: everybody who has the password can add files.",
                "Warning: the password crosses the network readable to others; use --tls to protect it.",
            ],
        ),
        ({"user": "joe", "tls": True}, []),
    ],
)
@pytest.mark.parametrize("bound", [EVERYWHERE, (("192.0.2.7", 8001),), (*HERE, ("fe80::1%eth0", 8001))])
def test_the_network_is_a_warning(
    tmp_path: Path, bound: tuple[tuple[str, int], ...], changes: dict[str, Any], warnings: list[str]
) -> None:
    assert [line for line in lines(tmp_path, bound, **changes) if line.startswith("Warning")] == warnings


def test_the_switches_of_the_rest_service_are_said(run: Run, tmp_path: Path) -> None:
    async def scenario() -> list[str]:
        rest = RestSettings(port=0, read_only=True, latency=5, cors=Cors.ANY)
        workbench = Workbench(WorkbenchSettings(HttpSettings(), rest, WebSocketSettings()), tmp_path, Recorder())
        await workbench.rest.start()
        said = list(announcement(workbench))
        workbench.rest.settings = replace(rest, read_only=False, latency=0, cors=Cors.OFF)
        assert list(announcement(workbench)) == said[:1]
        await workbench.stop()
        return said

    assert run(scenario()) == [
        "Serving Sample data: /teams, /players",
        "The REST service is read-only.",
        "Every REST answer waits 5 to 5 ms.",
        "CORS is on: pages of any origin may use the REST service.",
    ]


@pytest.mark.parametrize("url", ["http://192.0.2.7:8001", "https://[2001:db8::7]:65535"])
def test_the_code_has_the_url_between_light_margins(url: str) -> None:
    rows: list[list[int]] = []
    for line in qr_code(url).splitlines():
        text = line.removeprefix("\x1b[97;40m").removesuffix("\x1b[0m")
        rows += [[int(half not in "█▀") for half in text], [int(half not in "█▄") for half in text]]
    matrix = [list(row) for row in segno.make(url, micro=False).matrix_iter(border=4)]
    assert rows[: len(matrix)] == matrix
