"""Saves one request into its file, and leaves every other byte of the file alone."""

from collections.abc import Sequence

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.http_file import HttpFile
from desktop.explorer.workspace.files import bare, rewrite, write_file
from desktop.explorer.workspace.origin import Origin, find


class ChangedOutside(Exception):
    """The request was changed by someone else meanwhile; ``theirs`` is its text now, empty where it is gone."""

    def __init__(self, theirs: str) -> None:
        super().__init__("The request has been changed outside.")
        self.theirs = theirs


def save(origin: Origin, new_text: str, *, force: bool = False) -> Origin:
    """Put ``new_text`` in place of the request that came from ``origin``, and return where it is now.

    ``force`` writes over what others have changed, and puts a request back that is gone. Permissions and symbolic
    links stay. Raises ChangedOutside, CannotWrite and OSError; the file is as it was then.
    """
    place = origin.index

    def change(file: HttpFile) -> Sequence[str]:
        nonlocal place
        found = find(file, origin)
        if not force:
            _check(file, found, origin)
        texts = [part.text for part in file.parts]
        place = len(texts) if found is None else found
        texts[place : place + 1] = [bare(new_text)]
        return texts

    if force and not origin.path.exists():
        write_file(origin.path, b"")
    file = rewrite(origin.path, change)
    return Origin(origin.path, place, file.parts[place].text)


def current(origin: Origin) -> Origin | None:
    """The request that came from ``origin`` as it stands in its file now; None where it is gone. Raises OSError."""
    file = read_file(origin.path)
    found = find(file, origin)
    return None if found is None else Origin(origin.path, found, file.parts[found].text)


def _check(file: HttpFile, found: int | None, origin: Origin) -> None:
    theirs = "" if found is None else file.parts[found].text
    if bare(theirs) != bare(origin.text):
        raise ChangedOutside(theirs)
