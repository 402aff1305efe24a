"""The collection that a new user finds: the CRUD tour, the lab, the pages of the HTTP server."""

from pathlib import Path

from desktop.explorer.workspace.files import write_text

FOLDER = "Samples"
NAMES = ("crud-tour.http", "lab.http", "http-pages.http")


def put_samples(home: Path, texts: dict[str, str]) -> Path:
    """Write the samples into a folder below ``home`` and return it; files that are there already stay.

    ``texts`` are the samples by the names of their files. Raises OSError.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if not (folder / name).exists():
            write_text(folder / name, text)
    return folder
