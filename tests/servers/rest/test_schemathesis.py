"""The REST service against its own OpenAPI document: schemathesis with all its checks, over real connections."""

import asyncio
import sys
from pathlib import Path

from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.settings import RestSettings
from tests.conftest import Run

TOKEN = "correct-horse"
HOOKS = Path(__file__).with_name("schemathesis_hooks.py")

CONFIGURATION = f"""
hooks = {str(HOOKS)!r}

[generation]
deterministic = true
database = "none"

[phases.coverage]
# Not QUERY: a method that the server does not know is 501 (RFC 9110, section 15.6.2), not 405.
unexpected-methods = ["get", "put", "post", "delete", "options", "patch", "trace"]

# What the query of a list understands is the same for each list: the players are tried with all of it.
[[operations]]
include-operation-id = ["listTeams", "listPlayers_ofTeam"]
phases.coverage.enabled = false

[checks.positive_data_acceptance]
# 412: an entity tag that is made up is well-formed, and does not match (RFC 9110, section 13.1.1).
expected-statuses = ["2xx", "304", "401", "403", "404", "409", "412"]

[checks.negative_data_rejection]
# 412: conditions come before the content of a request is looked into (RFC 9110, section 13.2.1).
expected-statuses = ["400", "401", "403", "404", "406", "409", "412", "415"]
"""


async def run_schemathesis(folder: Path, settings: RestSettings, *options: str) -> str:
    """Serve the sample from ``folder`` and let schemathesis find nothing; returns what it printed."""
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    server = RestServer(settings, Recorder(), folder / "data")
    await server.start()
    assert server.address is not None
    url = f"{server.address.url}/openapi.json"
    command = [sys.executable, "-m", "schemathesis.cli", "run", url, "--checks", "all", "--no-color", *options]
    try:
        child = await asyncio.create_subprocess_exec(
            *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        output = (await child.communicate())[0].decode()
    finally:
        await server.stop()
    assert child.returncode == 0, output
    return output


def test_it_does_what_its_description_says(run: Run, tmp_path: Path) -> None:
    output = run(run_schemathesis(tmp_path, RestSettings(port=0), "--max-examples", "5"), deadline=240)
    assert "Selected: 18/18" in output
    assert "Tested: 18" in output


def test_it_does_nothing_without_the_token(run: Run, tmp_path: Path) -> None:
    settings = RestSettings(port=0, token=TOKEN)
    options = ["--phases", "examples,fuzzing", "--max-examples", "1", "--header", f"Authorization: Bearer {TOKEN}"]
    run(run_schemathesis(tmp_path, settings, *options), deadline=240)
