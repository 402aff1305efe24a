"""Rooms: clients of the same path are among themselves."""

from unicodedata import normalize
from urllib.parse import unquote

from servers.chat_names import clean_name
from servers.chat_protocol import NAME_LIMIT
from servers.guard import Refusal

LOBBY = "/"
_ROOMS = "/rooms/"


def room_of(target: str) -> str:
    """The room that a request target asks for: ``/`` or ``/rooms/NAME``, percent-decoded, in normalisation form C.

    Raises Refusal (404) for every other path and for a name that people could not tell from another one.
    """
    path = target.partition("?")[0]
    if path == LOBBY:
        return LOBBY
    name = _decoded(path.removeprefix(_ROOMS))
    if not path.startswith(_ROOMS) or not name or "/" in name:
        raise Refusal(404, "There are WebSockets at / and, for rooms of their own, at /rooms/NAME.")
    if clean_name(name) != normalize("NFC", name):
        raise Refusal(404, f"The name of a room has up to {NAME_LIMIT} printable characters.")
    return f"{_ROOMS}{clean_name(name)}"


def _decoded(name: str) -> str:
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return ""
