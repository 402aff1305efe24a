"""Changes of requests within their files: new, renamed, moved, copied, deleted. Each is planned here and run later."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.http_files.layout import BOM, endings_kept, laid_out
from desktop.explorer.workspace.failures import reading_fault
from desktop.explorer.workspace.files import joinable, newline_of, spaced, unmarked
from desktop.explorer.workspace.names import Refused, free_name
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.scan import entries_of
from desktop.explorer.workspace.steps import Change, Edit, Keep, Place, Step
from desktop.explorer.workspace.trash import Trash
from servers.logs import visible

NEW_TITLE = "New request"
DELETION = "deletion of "
"""How changes are called that put something into the trash."""

_NEW_TEXT = "GET http://localhost:5000/\n"


def new(path: Path, at: int | None = None, text: str = "") -> Change:
    """A new request before part ``at`` of a file, by default at its end; ``text`` is that of the part, if it exists."""
    file = _read(path)
    if not text:
        title = free_name(NEW_TITLE, _titles(file).__contains__)
        text = f"### {title}\n{_NEW_TEXT}"
    place, edit = _inserted(path, file, [text], at)
    return Change(f"creation of {quoted(_title(text))}", (edit,), before=(Place(path),), after=_places(path, place, 1))


def rename(place: Place, title: str) -> Change:
    """Another title for a request. Raises Refused, as all of these do."""
    file = _read(place.path)
    index = _located(file, place)
    old = file.parts[index].text
    text = entitled(old, " ".join(title.split()))
    origins = ((Origin(place.path, index, old), Origin(place.path, index, text)),)
    edit = _edit(place.path, file, [*_texts(file)[:index], text, *_texts(file)[index + 1 :]])
    after = (Place(place.path, index),)
    return Change(f"rename of {quoted(_label(place))}", (edit,), moved=origins, before=after, after=after)


def move(places: Sequence[Place], path: Path, at: int | None = None) -> Change:
    """Requests go before part ``at`` of a file, by default to its end."""
    taken = _taken(places)
    file = taken.get(path, (_read(path), []))[0]
    own = taken.pop(path, (file, []))[1]
    texts = [_cut(file, index)[1] for index in own]
    texts += [_cut(other, index)[1] for other, indices in taken.values() for index in indices]
    start, edit = _inserted(path, file, texts, at, own)
    removals = tuple(_edit(one, other, _without(other, indices)) for one, (other, indices) in taken.items())
    sources = [Origin(path, index, file.parts[index].text) for index in own]
    sources += [Origin(one, i, other.parts[i].text) for one, (other, indices) in taken.items() for i in indices]
    newline = file.newline
    targets = [Origin(path, start + n, spaced(text, newline)) for n, text in enumerate(texts)]
    steps = tuple(step for step in (edit, *removals) if step.old != step.new)
    moved = tuple(zip(sources, targets, strict=True))
    return Change(f"move of {_named(places)}", steps, (), moved, tuple(places), _places(path, start, len(texts)))


def copy(places: Sequence[Place], path: Path, at: int | None = None) -> Change:
    """Copies of requests go before part ``at`` of a file, by default to its end."""
    taken = _taken(places)
    file = taken[path][0] if path in taken else _read(path)
    texts = [_cut(other, index)[1] for other, indices in taken.values() for index in indices]
    titles = _titles(file)
    fresh = []
    for text in texts:
        title = _title(text)
        if title in titles:
            text = entitled(text, free_name(title, titles.__contains__))
        titles.add(_title(text))
        fresh.append(text)
    start, edit = _inserted(path, file, fresh, at)
    return Change(f"copy of {_named(places)}", (edit,), before=tuple(places), after=_places(path, start, len(fresh)))


def duplicate(places: Sequence[Place]) -> Change:
    """Each request gets a copy behind it; all of them are in one file."""
    last = max(place.part or 0 for place in places)
    return copy(places, places[0].path, last + 1)


def delete(places: Sequence[Place], trash: Trash) -> Change:
    """Requests go out of their files; their texts are in the trash then."""
    steps: list[Step] = []
    for path, (file, indices) in _taken(places).items():
        for index in indices:
            name = f"{_safe(_title(file.parts[index].text) or path.stem)}.http"
            steps.append(Keep(name, _cut(file, index)[1], trash))
        steps.append(_edit(path, file, _without(file, indices)))
    after = tuple(dict.fromkeys(Place(place.path) for place in places))
    return Change(f"{DELETION}{_named(places)}", tuple(steps), before=tuple(places), after=after)


def origin_of(place: Place) -> Origin:
    """The request at a place, read now. Raises Refused where it is not there any more."""
    file = _read(place.path)
    index = _located(file, place)
    return Origin(place.path, index, file.parts[index].text)


def entitled(text: str, title: str) -> str:
    """The text of a part with another title. Raises Refused where a file could not say it."""
    if not title:
        raise Refused("A name is needed.")
    mark = BOM if text.startswith(BOM) else ""
    line, rest = f"### {title}{newline_of(text)}", text.removeprefix(mark)
    if rest.startswith("###"):
        _, _, rest = rest.partition("\n")
    parts = parse(mark + line + rest).parts
    if len(parts) != 1 or parts[0].title != title:
        raise Refused(f"“{visible(title)}” cannot be a name: one cannot begin or end with “#”.")
    return parts[0].text


def quoted(name: str) -> str:
    """A name as it stands in a sentence."""
    shown = visible(name)
    return f"“{shown}”" if len(shown) <= 60 else f"“{shown[:59]}…”"


def _read(path: Path) -> HttpFile:
    try:
        return unmarked(read_file(path))
    except OSError as error:
        raise Refused(f"{quoted(path.name)}: {reading_fault(error)}") from error


def _texts(file: HttpFile) -> list[str]:
    return [part.text for part in file.parts]


def _titles(file: HttpFile) -> set[str]:
    return {part.title for part in file.parts if part.title}


def _title(text: str) -> str:
    parts = parse(text).parts
    return parts[0].title if parts else ""


def _label(place: Place) -> str:
    return place.entry.title or place.entry.target if place.entry is not None else place.path.name


def _named(places: Sequence[Place]) -> str:
    return quoted(_label(places[0])) if len(places) == 1 else f"{len(places)} requests"


def _safe(title: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in title)[:60].strip() or "request"


def _places(path: Path, start: int, count: int) -> tuple[Place, ...]:
    return tuple(Place(path, start + number) for number in range(count))


def _located(file: HttpFile, place: Place) -> int:
    """The number of the part that is at a place. Raises Refused where the file has changed since it was listed."""
    entries = entries_of(file)
    if place.entry is None:
        found = [entry for entry in entries if entry.index == place.part]
    else:
        key = (place.entry.title, place.entry.method, place.entry.target)
        same = [entry for entry in entries if (entry.title, entry.method, entry.target) == key]
        found = [entry for entry in same if entry.index == place.part] or same
    if len(found) != 1:
        raise Refused(f"{quoted(_label(place))} has been changed outside; look at it again first.")
    return found[0].index


def _taken(places: Iterable[Place]) -> dict[Path, tuple[HttpFile, list[int]]]:
    """The files that requests are in, each with the numbers of their parts in order."""
    taken: dict[Path, tuple[HttpFile, list[int]]] = {}
    for place in places:
        if place.path not in taken:
            taken[place.path] = (_read(place.path), [])
        file, indices = taken[place.path]
        indices.append(_located(file, place))
        indices.sort()
    return taken


def _cut(file: HttpFile, index: int) -> tuple[str, str]:
    """What stays of a part when its request goes (variables of the file at its top), and what goes."""
    text = file.parts[index].text
    found = laid_out(text)
    stays = "" if found.title is not None else "".join(endings_kept(text)[: found.variables_end])
    return stays, text.removeprefix(stays)


def _without(file: HttpFile, indices: Iterable[int]) -> list[str]:
    gone = set(indices)
    kept = [_cut(file, n)[0] if n in gone else part.text for n, part in enumerate(file.parts)]
    return [text for text in kept if text]


def _inserted(
    path: Path, file: HttpFile, texts: Sequence[str], at: int | None, without: Sequence[int] = ()
) -> tuple[int, Edit]:
    """The change that puts parts before part ``at`` and takes those ``without`` away; and where they are then."""
    newline = file.newline
    kept = [_cut(file, n)[0] if n in without else text for n, text in enumerate(_texts(file))]
    place = len(kept) if at is None else min(at, len(kept))
    if place == 0 and kept and (file.parts[0].request is None or (0 in without and kept[0])):
        place = 1  # what speaks for the whole file stays at its top
    before, behind = [one for one in kept[:place] if one], [one for one in kept[place:] if one]
    if before and not behind:
        before[-1] = before[-1].rstrip() + 2 * newline if before[-1].strip() else before[-1]
    fresh = [spaced(text, newline) for text in texts]
    return len(before), _edit(path, file, [*before, *fresh, *behind])


def _edit(path: Path, file: HttpFile, new: Sequence[str]) -> Edit:
    """The smallest edit that makes the texts of a file's parts those."""
    old, fresh = _texts(file), joinable(new, file.newline)
    start = 0
    while start < min(len(old), len(fresh)) and old[start] == fresh[start]:
        start += 1
    end = 0
    while end < min(len(old), len(fresh)) - start and old[-1 - end] == fresh[-1 - end]:
        end += 1
    return Edit(path, start, tuple(old[start : len(old) - end]), tuple(fresh[start : len(fresh) - end]))
