"""Opens a user's data file, whatever its kind, and says in one sentence why where that cannot be done."""

import codecs
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from servers.logs import visible
from servers.rest.definition import Definition
from servers.rest.files.csv_file import collection_name, read_csv
from servers.rest.files.inference import infer
from servers.rest.files.json_file import read_json, write_json
from servers.rest.files.new_document import DataFileError, NewDocument
from servers.rest.strict_json import Json, JsonError

__all__ = ["MAX_SIZE", "DataFile", "DataFileError", "NewDocument", "read_data_file", "write_json"]

MAX_SIZE = 200_000_000
"""Bytes of a file."""

_PART = 1_000_000
"""Bytes that are decoded at once."""

NAMED = 10
"""Names that a notice gives at most."""

Collection = tuple[Definition, tuple[NewDocument, ...]]

_KINDS = "JSON files (an object of arrays) and CSV files (one collection, its first row the names) can be opened."


@dataclass(frozen=True, slots=True)
class DataFile:
    """The content of a file: its collections in order, and in ``rest`` the JSON that is kept and not served.

    ``name`` is the file's, with nothing in it that could not be shown or stored; ``digest`` is the SHA-256 of its name
    and its bytes in hexadecimal; ``notice`` is a sentence for people about what is not served, or empty.
    """

    name: str
    digest: str
    collections: tuple[Collection, ...]
    rest: Mapping[str, Json]
    notice: str


def read_data_file(path: Path) -> DataFile:
    """Read a JSON or CSV file of at most MAX_SIZE bytes. Raises DataFileError, and nothing else.

    It takes seconds for a large file, and may run on any thread.
    """
    name = visible(path.name)
    try:
        data = _read(path)
        collections, rest = _parse(path, data)
    except DataFileError as error:
        where = f"{name}, line {error.line}" if error.line else name
        raise DataFileError(f"{where}: {error}", error.line) from error
    except JsonError as error:
        raise DataFileError(f"{name}: {error}") from error
    except OSError as error:
        raise DataFileError(f"{name}: It cannot be read: {error.strerror or error}.") from error
    return DataFile(name, hashlib.sha256(f"{name}\n".encode() + data).hexdigest(), collections, rest, _notice(rest))


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise DataFileError(f"It is a folder. {_KINDS}")
    if path.exists() and not path.is_file():
        raise DataFileError(f"It is not a regular file. {_KINDS}")
    with path.open("rb") as file:
        data = file.read(MAX_SIZE + 1)
    if len(data) > MAX_SIZE:
        raise DataFileError(f"It is larger than {MAX_SIZE // 1_000_000} MB, the most that can be opened.")
    return data


def _parse(path: Path, data: bytes) -> tuple[tuple[Collection, ...], dict[str, Json]]:
    ending = path.suffix.lower()
    if ending in {".csv", ".tsv"}:
        names, documents = read_csv(_text(data))
        return (_collection(collection_name(path.stem), documents, names),), {}
    start = data[:1000].removeprefix(codecs.BOM_UTF8).lstrip()
    if ending == ".json" or start.startswith(b"{"):
        arrays, rest = read_json(_text(data))
        return tuple(_collection(name, documents) for name, documents in arrays.items()), rest
    raise DataFileError(f"This kind of file is not known. {_KINDS}")


def _collection(name: str, documents: tuple[NewDocument, ...], members: Iterable[str] = ()) -> Collection:
    return infer(name, (one.members for one in documents), members), documents


def _text(data: bytes) -> str:
    """The text, without a byte order mark; decoded in parts, because no other thread runs meanwhile."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    ends = range(_PART, len(data) + _PART, _PART)
    try:
        return "".join([decoder.decode(data[end - _PART : end], end >= len(data)) for end in ends])
    except UnicodeDecodeError as error:
        line = _broken_line(data)
        raise DataFileError("The text is not UTF-8. Save the file as UTF-8 and open it again.", line) from error


def _broken_line(data: bytes) -> int | None:
    """The line of the first byte that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return None


def _notice(rest: Mapping[str, Json]) -> str:
    if not rest:
        return ""
    names = ", ".join(visible(name[:100]) for name in islice(rest, NAMED))
    if len(rest) > NAMED:
        names += f" and {len(rest) - NAMED:,} more"
    return f"Not served, because no array: {names}. What is there is kept, and “Save as JSON” writes it out again."
