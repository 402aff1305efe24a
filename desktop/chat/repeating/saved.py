"""Messages that are saved by name, for each server apart, in one file; knows nothing of Qt."""

import logging
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from desktop.chat.connecting.address import parse_address
from desktop.chat.keeping.values import outgoing_from, to_json
from desktop.chat.outgoing import Outgoing
from desktop.json_file import read_object, write_object
from servers.logs import visible

log = logging.getLogger("portside.chat")

FILE_NAME = "saved-messages.json"
NAME_LIMIT = 100
"""Characters that the name of a saved message may have."""


class NotSaved(Exception):
    """The saved messages could not be read or changed, and are as they were; the text is a sentence."""


class SavedMessage(NamedTuple):
    """A message and the name that it was saved under."""

    name: str
    message: Outgoing


def server_of(url: str) -> str:
    """What the messages of a server are kept under: the URL with its port and path, and without user, query or
    fragment; empty where it is no WebSocket URL (RFC 6455, section 3).
    """
    try:
        server = parse_address(url.partition("#")[0])
    except ValueError:
        return ""
    host = f"[{server.host}]" if ":" in server.host else server.host
    return f"{server.scheme}://{host}:{server.port}{urlsplit(server.url).path or '/'}"


class SavedMessages:
    """The saved messages of all servers, in a file that its owner alone can read.

    The file is read anew for everything, so that any number of windows may work on it. What it has besides what is
    known here stays in it; one that is damaged is kept aside. All methods raise NotSaved where it cannot be read, and
    those that change something where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def of(self, url: str) -> tuple[SavedMessage, ...]:
        """The messages for the server of a URL, in their order."""
        rows = _rows(self._read(), server_of(url))
        return tuple(SavedMessage(row["name"], outgoing_from(row)) for row in rows if _is_message(row))

    def save(self, url: str, name: str, message: Outgoing, place: int | None = None) -> None:
        """Save a message, instead of the one of this name or else at the end; with ``place`` before that number."""
        name = checked(name)
        content = self._read()
        rows = _rows_to_change(content, url)
        at = _find(rows, name)
        if at is None:
            row: dict[str, Any] = {}
            rows.insert(len(rows) if place is None else _index(rows, place), row)
        else:
            row = {key: value for key, value in rows[at].items() if key not in Outgoing.__dataclass_fields__}
            rows[at] = row
        row |= {"name": name} | to_json(message)
        self._write(content)

    def remove(self, url: str, name: str) -> None:
        """Forget a message; one that is not there is none."""
        content = self._read()
        rows = _rows_to_change(content, url)
        if (at := _find(rows, name)) is not None:
            del rows[at]
            self._write(content)

    def rename(self, url: str, name: str, new: str) -> None:
        """Call a message otherwise. Raises NotSaved also where another has that name, or where it has gone."""
        new = checked(new)
        content = self._read()
        rows = _rows_to_change(content, url)
        at = _found(rows, name)
        if new != name and _find(rows, new) is not None:
            raise NotSaved(f"There is a message of the name “{visible(new)}” already.")
        rows[at]["name"] = new
        self._write(content)

    def move(self, url: str, name: str, place: int) -> None:
        """Put a message where it is number ``place``, from 0. Raises NotSaved also where it has gone."""
        content = self._read()
        rows = _rows_to_change(content, url)
        row = rows.pop(_found(rows, name))
        rows.insert(_index(rows, place), row)
        self._write(content)

    def _read(self) -> dict[str, Any]:
        try:
            self.path.open("rb").close()  # what cannot be read must not be written over
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise NotSaved(f"The saved messages cannot be read: {error.strerror}.") from error
        return read_object(self.path, "The saved messages", log)

    def _write(self, content: dict[str, Any]) -> None:
        try:
            write_object(self.path, content, mode=0o600)
        except OSError as error:
            raise NotSaved(f"The saved messages could not be written: {error.strerror}.") from error


def checked(name: str) -> str:
    """A name for a message. Raises NotSaved with a sentence where it cannot be one."""
    name = name.strip()
    if not name:
        raise NotSaved("A saved message needs a name.")
    if len(name) > NAME_LIMIT:
        raise NotSaved(f"The name has {len(name):,} characters, {NAME_LIMIT} at most are possible.")
    return name


def _rows(content: dict[str, Any], server: str) -> list[Any]:
    """The messages of a server as they are stored, with what else stands among them."""
    servers = content.get("servers")
    rows = servers.get(server) if isinstance(servers, dict) else None
    return rows if isinstance(rows, list) else []


def _rows_to_change(content: dict[str, Any], url: str) -> list[Any]:
    server = server_of(url)
    if not server:
        raise NotSaved("Messages are saved for a server: type its URL first, such as ws://localhost:8002.")
    rows, servers = _rows(content, server), content.get("servers")
    content["servers"] = (servers if isinstance(servers, dict) else {}) | {server: rows}
    return rows


def _is_message(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("name"), str) and isinstance(row.get("text"), str)


def _find(rows: list[Any], name: str) -> int | None:
    return next((at for at, row in enumerate(rows) if _is_message(row) and row["name"] == name), None)


def _found(rows: list[Any], name: str) -> int:
    at = _find(rows, name)
    if at is None:
        raise NotSaved(f"There is no message of the name “{visible(name)}” any more.")
    return at


def _index(rows: list[Any], place: int) -> int:
    """Where among all that is stored the message with this number is, or the end."""
    known = [at for at, row in enumerate(rows) if _is_message(row)]
    return known[place] if 0 <= place < len(known) else len(rows)
