"""Puts what is deleted where it can be taken back from: the system's trash, or a folder of this program."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.explorer.workspace.names import free_name

SystemTrash = Callable[[Path], Path | None]
"""Moves a file or folder to the system's trash and says where it is then; None where there is no trash for it."""


@dataclass(frozen=True, slots=True)
class Trash:
    """``folder`` takes what the system's trash does not; it is made when it is first needed."""

    folder: Path
    system: SystemTrash

    def take(self, path: Path) -> Path:
        """Move a file or folder here, and say where it is now. Raises OSError."""
        place = self.system(path)
        return place if place is not None else self.keep(path)

    def keep(self, path: Path) -> Path:
        """Move a file or folder into ``folder``, and say where it is now. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / free_name(path.name, lambda name: exists(self.folder / name))
        shutil.move(path, place)
        return place

    def keep_text(self, name: str, text: str) -> None:
        """Put the text of a request that is deleted from a file here, as a file of its own. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / free_name(name, lambda one: exists(self.folder / one))
        place.write_bytes(text.encode("utf-8", "surrogateescape"))
        self.system(place)


def put_back(place: Path, path: Path) -> None:
    """Move something from a trash to where it was. Raises OSError."""
    shutil.move(place, path)
    # The trash of freedesktop.org (Trash specification 1.0) notes beside each file where it was.
    note = place.parent.parent / "info" / f"{place.name}.trashinfo"
    if place.parent.name == "files":
        note.unlink(missing_ok=True)


def exists(path: Path) -> bool:
    """Whether something has that name, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()
