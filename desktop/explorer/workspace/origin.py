"""Where a request that is being edited came from, and how to find it again when its file has changed."""

from dataclasses import dataclass
from pathlib import Path

from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.workspace.files import bare


@dataclass(frozen=True, slots=True)
class Origin:
    """``index`` counts the parts of the file from 0; ``text`` is the text of the part as it was read."""

    path: Path
    index: int
    text: str


def find(file: HttpFile, origin: Origin) -> int | None:
    """The part that ``origin`` is now: by its text, at the same place or the nearest other, else by its name alone."""
    same = [index for index, part in enumerate(file.parts) if bare(part.text) == bare(origin.text)]
    if same:
        return min(same, key=lambda index: abs(index - origin.index))
    name = name_of(origin.text)
    named = [index for index, part in enumerate(file.parts) if part.request is not None and part.name == name]
    return named[0] if name and len(named) == 1 else None


def name_of(text: str) -> str:
    """What the part of a file with this text is called; empty where it has no name."""
    parts = parse(text).parts
    return parts[0].name if parts else ""
