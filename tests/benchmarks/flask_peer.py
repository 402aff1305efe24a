"""The REST work that is measured, done by a Flask application: `flask_peer.py FOLDER` prints its port and serves."""

import json
import logging
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from jsonschema import Draft202012Validator
from waitress.server import create_server
from werkzeug.wrappers import Response as BaseResponse

from servers.resources import resource_path
from tests.benchmarks.sample_items import items

PAGE = 20


def application(path: Path) -> Flask:
    """Items in SQLite, validated by the same schema, read by id and by page, created durably."""
    app = Flask(__name__)
    local = threading.local()
    schema = json.loads(resource_path("sample", "schemas.json").read_text())["players"]
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def database() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = connect(path)
        return local.connection  # type: ignore[no-any-return]

    def shown(number: int, text: str) -> dict[str, Any]:
        links = [{"rel": "self", "href": f"/players/{number}"}, {"rel": "collection", "href": "/players"}]
        return {"id": number, **json.loads(text), "links": links}

    @app.get("/players/<int:number>")
    def item(number: int) -> BaseResponse:
        row = database().execute("SELECT id, body FROM players WHERE id = ?", (number,)).fetchone()
        response = jsonify(shown(*row))
        response.add_etag()
        return response.make_conditional(request)

    @app.get("/players")
    def page() -> Response:
        start = (int(request.args["_page"]) - 1) * int(request.args["_limit"])
        chosen = "SELECT id, body FROM players ORDER BY id LIMIT ? OFFSET ?"
        rows = database().execute(chosen, (request.args["_limit"], start)).fetchall()
        response = jsonify([shown(*row) for row in rows])
        response.headers["X-Total-Count"] = str(database().execute("SELECT count(*) FROM players").fetchone()[0])
        return response

    @app.post("/players")
    def create() -> Response:
        members = request.get_json()
        validator.validate(members)
        with database() as connection:
            number = connection.execute("INSERT INTO players (body) VALUES (?)", (json.dumps(members),)).lastrowid
        response = jsonify(shown(number or 0, json.dumps(members)))
        response.status_code = 201
        response.headers["Location"] = f"/players/{number}"
        return response

    return app


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def main(folder: Path) -> None:
    logging.getLogger("waitress").setLevel(logging.ERROR)
    path = folder / "flask.sqlite3"
    with connect(path) as connection:
        connection.execute("CREATE TABLE players (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        rows = [(json.dumps(one),) for one in items(40)]
        connection.executemany("INSERT INTO players (body) VALUES (?)", rows)
    server = create_server(application(path), host="127.0.0.1", port=0, threads=8)
    print(json.dumps({"rest": server.effective_port}), flush=True)
    server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
