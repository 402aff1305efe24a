"""`python -m tests.conformance.chat_peers`: the chat client against npm's `ws`, which npm has to bring."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from desktop.chat.target import Target
from tests.benchmarks.other_tools import installed_into
from tests.benchmarks.websocket_peers import WS
from tests.desktop.chat.peer_checks import CHECKS, CHOSEN, Check

SERVER = """
const { WebSocketServer } = require("ws");
const tell = (what) => console.log(JSON.stringify(what));
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: 0,
  perMessageDeflate: { threshold: 0 },
  handleProtocols: (offered) => CHOSEN.find((one) => offered.has(one)) ?? false,
  verifyClient: ({ req }, answer) => answer(!req.url.startsWith("/secret"), 403),
}, () => tell({ port: server.address().port }));
let socket = null;
server.on("connection", (connection) => {
  socket = connection;
  socket.on("message", (data, binary) => connection.send(data, { binary }));
  socket.on("pong", (data) => tell({ pong: data.toString() }));
  socket.on("close", (code) => tell({ code }));
});
const acts = {
  ping: (data) => socket.ping(data),
  fragment: (parts) => parts.forEach((part, at) => socket.send(part, { fin: at === parts.length - 1 })),
  close: ([code, reason]) => socket.close(code, reason),
};
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  for (const [act, value] of Object.entries(JSON.parse(line))) acts[act](value);
});
"""


class Npm:
    """A peer in a process of its own, told what to do line by line."""

    def __init__(self, child: asyncio.subprocess.Process, port: int) -> None:
        self.url = f"ws://127.0.0.1:{port}"
        self.offered, self.chosen = f"tea, {', '.join(reversed(CHOSEN))}", CHOSEN[0]
        self.pongs: list[bytes] = []
        self.codes: list[int] = []
        self._child = child

    @property
    def refused(self) -> Target:
        return Target(f"{self.url}/secret")

    async def ping(self, data: bytes) -> None:
        self._tell(ping=data.decode())

    async def fragment(self, parts: Sequence[str]) -> None:
        self._tell(fragment=parts)

    async def close(self, code: int, reason: str) -> None:
        self._tell(close=[code, reason])

    async def listen(self) -> None:
        """Take what it tells, until it ends."""
        while said := await _read(self._child):
            if "pong" in said:
                self.pongs.append(said["pong"].encode())
            else:
                self.codes.append(said["code"])

    def _tell(self, **what: object) -> None:
        assert self._child.stdin
        self._child.stdin.write(json.dumps(what).encode() + b"\n")


@asynccontextmanager
async def npm(folder: str) -> AsyncIterator[Npm]:
    """A new server in ``folder``, where `ws` is; killed in the end."""
    pipe = subprocess.PIPE
    child = await asyncio.create_subprocess_exec("node", "server.js", cwd=folder, stdin=pipe, stdout=pipe)
    peer = Npm(child, (await _read(child))["port"])
    listening = asyncio.get_running_loop().create_task(peer.listen(), name="listening to npm")
    try:
        yield peer
    finally:
        child.kill()
        await asyncio.wait([listening])
        await child.wait()


async def _read(child: asyncio.subprocess.Process) -> dict[str, Any]:
    assert child.stdout
    line = await child.stdout.readline()
    return dict(json.loads(line)) if line else {}


async def passes(check: Check, folder: str) -> bool:
    """Whether a check passes; a line says so."""
    try:
        async with npm(folder) as peer:
            await check(peer)
    except (AssertionError, TimeoutError) as error:
        print(f"{check.__name__}: failed: {error!r}")
        return False
    print(f"{check.__name__}: passed")
    return True


async def run(folder: str) -> bool:
    """Whether all checks pass."""
    return all([await passes(check, folder) for check in CHECKS])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portside-peers-") as folder:
        if not installed_into(Path(folder), WS):
            return 2
        chosen = f"const CHOSEN = {json.dumps(CHOSEN)};\n"
        Path(folder, "server.js").write_text(chosen + SERVER, encoding="utf-8")
        return 0 if asyncio.run(run(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
