"""What a REST server acknowledged is there after the process was killed in the middle of a storm of writes."""

import http.client
import json
import sqlite3
import subprocess
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from servers.rest.queries.query import Query
from servers.rest.server import STORE_FILE
from servers.rest.storage.store import Store
from tests.servers.rest.harness import JSON, ROOT, child

WRITERS = 3
ENOUGH = 150


@dataclass
class Writer:
    """One client that creates, replaces, patches and deletes.

    ``known`` holds what each of its items was acknowledged to be; of the item ``unsure`` it is not known whether it is
    that yet, or already what was asked last (``asked``).
    """

    port: int
    name: str
    enough: threading.Semaphore
    known: dict[int, str | None] = field(default_factory=dict)
    unsure: int | None = None
    asked: str | None = None

    def run(self) -> None:
        """Write until the server is gone."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            try:
                while True:
                    self._round(connection, len(self.known))
            except (OSError, http.client.HTTPException):
                return

    def _round(self, connection: http.client.HTTPConnection, count: int) -> None:
        first = f"{self.name} {count}"
        number = int(self._send(connection, "POST", "/players", first)["id"])
        self.known[number] = first
        method = ("", "PUT", "PATCH", "DELETE")[count % 4]
        if method:
            self.unsure, self.asked = number, None if method == "DELETE" else f"{first} again"
            self._send(connection, method, f"/players/{number}", self.asked)
            self.known[number], self.unsure = self.asked, None

    def _send(self, connection: http.client.HTTPConnection, method: str, path: str, name: str | None) -> dict[str, str]:
        connection.request(method, path, None if name is None else json.dumps({"name": name}), JSON)
        response = connection.getresponse()
        answer = response.read()
        assert response.status in {200, 201}, answer
        self.enough.release()
        members: dict[str, str] = json.loads(answer)
        return members


def test_every_acknowledged_write_survives_a_kill(tmp_path: Path) -> None:
    enough = threading.Semaphore(0)
    with subprocess.Popen(child("serve_child", tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        writers = [Writer(port, f"writer {index}", enough) for index in range(WRITERS)]
        threads = [threading.Thread(target=writer.run) for writer in writers]
        for thread in threads:
            thread.start()
        for _ in range(ENOUGH):
            assert enough.acquire(timeout=30)
        server.kill()
        for thread in threads:
            thread.join(30)
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(Store(tmp_path / STORE_FILE)) as store:
        assert store.notice is None
        collection = next(one.id for one in store.dataset().collections if one.definition.name == "players")
        rows, total = store.select(Query(limit=100_000), collection)
        assert len(rows) == total
        stored = {int(row.key): json.loads(row.text)["name"] for row in rows}
    for writer in writers:
        assert len(writer.known) > 1
        for number, name in writer.known.items():
            assert stored.get(number) == name or (number == writer.unsure and stored.get(number) == writer.asked)
