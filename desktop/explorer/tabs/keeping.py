"""Writes open requests into their files, and reads them again when the files have changed."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.write import CannotWrite, new_part, rewritten
from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document, opened
from desktop.explorer.tabs.hiding import hide, laid_open
from desktop.explorer.variables.scope import scope_at
from desktop.explorer.workspace.adding import add
from desktop.explorer.workspace.failures import reason
from desktop.explorer.workspace.origin import Origin, find
from desktop.explorer.workspace.saving import ChangedOutside, save
from servers.logs import visible


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was ``typed`` is in its file; ``document`` has it as it was written, ``note`` is a sentence."""

    document: Document
    typed: Request
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """The file has another version of the request; None where it has the request no more."""

    document: Document | None


async def keep(document: Document, *, force: bool = False) -> Kept | Outside | str:
    """Write a request into the place it comes from; a sentence says why that failed.

    ``force`` puts it back where it is gone, with the file and its folder.
    """
    return await asyncio.to_thread(_keep, document, force)


async def keep_new(document: Document, path: Path) -> Kept | Outside | str:
    """Add a request to the end of a file, which is made if need be; a sentence says why that failed."""
    return await asyncio.to_thread(_keep_new, document, path)


async def look_again(document: Document) -> Document | Outside | str:
    """The document as its file has it now; a sentence where the file cannot be read."""
    return await asyncio.to_thread(_look_again, document)


def _keep(document: Document, force: bool) -> Kept | Outside | str:
    origin, part = document.origin, document.part
    if origin is None or part is None:
        raise ValueError("the document has no place")
    path = origin.path
    try:
        request, secrets = laid_open(document.request, part.name, path)
        text = rewritten(part, request)
        if force:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            return Outside(None)
        note = hide(path.parent, secrets)
        return _kept(document, request, save(origin, text, force=force), note)
    except ChangedOutside:
        found = _look_again(document)
        return Outside(found) if isinstance(found, Document) else found
    except (CannotWrite, OSError, ValueError) as error:
        return _failed(path, error)


def _keep_new(document: Document, path: Path) -> Kept | Outside | str:
    try:
        request, secrets = laid_open(document.request, document.title, path)
        newline = read_file(path).newline if path.exists() else "\n"
        text = new_part(request, document.title, newline)
        path.parent.mkdir(parents=True, exist_ok=True)
        note = hide(path.parent, secrets)
        return _kept(document, request, add(path, text), note)
    except (CannotWrite, OSError, ValueError) as error:
        return _failed(path, error)


def _kept(document: Document, request: Request, placed: Origin, note: str) -> Kept:
    _warm_up(placed.path)
    return Kept(replace(opened(placed), request=request), document.request, note)


def _look_again(document: Document) -> Document | Outside | str:
    origin = document.origin
    if origin is None:
        return document
    try:
        file = read_file(origin.path)
    except (FileNotFoundError, NotADirectoryError):
        return Outside(None)
    except OSError as error:
        return f"{visible(origin.path.name)} cannot be read any more: {reason(error)}. What is typed here is kept."
    index = find(file, origin)
    if index is None:
        return Outside(None)
    _warm_up(origin.path)
    return opened(replace(origin, index=index, text=file.parts[index].text))


def _warm_up(path: Path) -> None:
    """Read the variables of a file that has changed, here in a thread: the fields look at them with every keystroke."""
    scope_at(path, None, "", {})


def _failed(path: Path, error: Exception) -> str:
    if isinstance(error, CannotWrite):
        return error.sentence
    why = reason(error) if isinstance(error, OSError) else str(error).rstrip(".")
    return f"{visible(path.name)} could not be saved: {why}. What is typed is still here."
