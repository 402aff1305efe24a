"""Files of requests on the disk: every byte that is read comes back, whatever its encoding."""

from dataclasses import replace
from pathlib import Path

from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.http_files.http_file import HttpFile, parse


def read_file(path: Path) -> HttpFile:
    """The file at a path, in UTF-8 with or without a byte order mark, else in Latin-1. Raises OSError."""
    return from_bytes(path.read_bytes())


def from_bytes(data: bytes) -> HttpFile:
    """The file with these bytes."""
    try:
        return parse(data.decode())
    except UnicodeDecodeError:
        return replace(parse(data.decode("latin-1")), encoding="latin-1")


def bytes_of(file: HttpFile) -> bytes:
    """The bytes of a file in its encoding. Raises CannotWrite for a character that it does not have."""
    try:
        return file.text.encode(file.encoding)
    except UnicodeEncodeError as error:
        found = error.object[error.start]
        name = "UTF-8" if file.encoding == "utf-8" else "Latin-1"
        shown = f"U+{ord(found):04X}" if found.isspace() or "\ud800" <= found <= "\udfff" else f"“{found}”"
        raise CannotWrite(
            f"The file is in {name}, which has no {shown}. Leave it out, or save the file in UTF-8 with an editor.",
            "body",
        ) from error
