"""The packaged executable has all that TLS needs: it makes the authority, and serves under it."""

import json
import ssl
import subprocess
from pathlib import Path
from urllib.request import HTTPSHandler, ProxyHandler, build_opener


def test_it_serves_under_an_authority_of_its_own(executable: Path, environment: dict[str, str], tmp_path: Path) -> None:
    folders = ["--config-dir", str(tmp_path / "config"), "--data-dir", str(tmp_path / "data")]
    made = subprocess.run(
        [executable, "authority", *folders], env=environment, capture_output=True, text=True, timeout=60
    )
    assert made.returncode == 0
    command = [str(executable), "serve", "rest", "--tls", "--rest-port", "0", *folders]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = next(line for line in process.stdout if line.startswith("Started REST server")).split()[-1]
        next(line for line in process.stdout if line.startswith("Press Ctrl+C"))
        secure = HTTPSHandler(context=ssl.create_default_context(cadata=made.stdout))
        with build_opener(ProxyHandler({}), secure).open(f"{url}/players/1", timeout=20) as response:
            assert json.load(response)["id"] == 1
        process.terminate()
        process.communicate(timeout=20)
    assert (process.returncode, url.partition(":")[0]) == (0, "https")
