"""Opens folders of a site so that no link leads out of it, whatever is put in the way meanwhile."""

import os
from pathlib import Path

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""The flag for ``os.open`` that lets it fail at a link."""

WALKS = os.open in os.supports_dir_fd and bool(NO_LINK)
"""Whether this system opens files by a descriptor of their folder."""

_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)


def open_folder(root: Path, folder: Path) -> int:
    """A descriptor of a folder in ``root`` to be given as ``dir_fd``, where WALKS; both paths are real ones.

    It is opened name by name. Raises OSError, also where there has come to be a link on the way.
    """
    parent = os.open(root, _FOLDER)
    for name in folder.relative_to(root).parts:
        try:
            child = os.open(name, _FOLDER | NO_LINK, dir_fd=parent)
        finally:
            os.close(parent)
        parent = child
    return parent
