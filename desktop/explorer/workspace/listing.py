"""The files of a collection, in the order in which they are shown."""

from collections.abc import Iterator
from pathlib import Path

from desktop.explorer.workspace.scan import Folder, Scanner


def files_below(folder: Path) -> list[Path]:
    """Every file that holds requests, in this folder and those below; nothing for a folder that cannot be read."""
    return list(_files(Scanner().scan(folder).root))


def _files(folder: Folder) -> Iterator[Path]:
    for child in folder.children:
        if isinstance(child, Folder):
            yield from _files(child)
        else:
            yield child.path
