"""Adds a request to the end of a file."""

from collections.abc import Sequence
from pathlib import Path

from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.http_files.http_file import HttpFile
from desktop.explorer.workspace.files import joinable, newline_of, rewrite, spaced
from desktop.explorer.workspace.origin import Origin


def add(path: Path, text: str) -> Origin:
    """Put the text of a new part behind the others; the file and its folder are made if need be.

    Raises OSError and CannotWrite; there is no new file then.
    """

    def change(file: HttpFile) -> Sequence[str]:
        newline = newline_of(file.text)
        return joinable([*(part.text for part in file.parts), spaced(text, newline)], newline)

    is_new = not path.exists()
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    try:
        file = rewrite(path, change)
    except (OSError, CannotWrite):
        if is_new:
            path.unlink(missing_ok=True)
        raise
    return Origin(path, len(file.parts) - 1, file.parts[-1].text)
