"""Environments: the variables of `http-client.env.json`, and of its private companion that is never shared."""

import json
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.explorer.variables import json_members
from desktop.explorer.variables.cached import Cached, read_small
from desktop.explorer.variables.locked import locked
from servers.disk import write_atomically
from servers.logs import visible

PUBLIC, PRIVATE = "http-client.env.json", "http-client.private.env.json"
SHARED = "$shared"
"""The environment whose variables are there in all of them."""

_NAME = re.compile(r"[^{}\s$%]([^{}\r\n]*[^{}\s])?")
_EMPTY = "{}\n"
Values = dict[str, str]
_Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class EnvironmentFile:
    """Variables by environment; ``fault`` is a sentence where the file cannot be read."""

    environments: Mapping[str, Values] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable in one of the two files of a folder."""

    name: str
    value: str
    private: bool


def chain(path: Path | None, root: Path | None) -> Iterator[Path]:
    """The folders that have a say, the nearest first: from that of the file up to the one that was opened."""
    folder = root if path is None else path.parent
    if folder is None:
        return
    yield folder
    if root is not None and folder.is_relative_to(root):
        yield from folder.parents[: len(folder.parts) - len(root.parts)]


def environments_at(path: Path | None, root: Path | None) -> tuple[str, ...]:
    """The names of the environments that a file can be used in, in the order in which files name them."""
    files = [read(folder / name) for folder in chain(path, root) for name in (PUBLIC, PRIVATE)]
    return tuple(dict.fromkeys(name for file in files for name in file.environments if name not in (SHARED, "")))


def faults_at(path: Path | None, root: Path | None) -> tuple[str, ...]:
    """What is wrong with the environment files of a file."""
    files = [read(folder / name) for folder in chain(path, root) for name in (PUBLIC, PRIVATE)]
    return tuple(file.fault for file in files if file.fault)


def read(path: Path) -> EnvironmentFile:
    """An environment file; an empty one where there is none."""
    return _files.get(path)


def variables(folder: Path, environment: str) -> tuple[Variable, ...]:
    """What the files of a folder say for an environment: first the shared one, then the private one."""
    return tuple(
        Variable(name, value, file == PRIVATE)
        for file in (PUBLIC, PRIVATE)
        for name, value in read(folder / file).environments.get(environment, {}).items()
    )


def name_fault(name: str) -> str:
    """A sentence where ``{{name}}`` could not stand for the value of a variable with this name; else empty."""
    if _NAME.fullmatch(name):
        return ""
    if not name.strip():
        return "A variable needs a name."
    return "A name has no braces, no line break, no space at its ends, and does not begin with $ or %."


def put(folder: Path, environment: str, name: str, value: str | None, *, private: bool) -> None:
    """Set a variable, or remove it with None: ``put_all`` with one."""
    put_all(folder, environment, {name: value}, private=private)


def put_all(folder: Path, environment: str, values: Mapping[str, str | None], *, private: bool) -> None:
    """Set variables, or remove those with None; every other character of the file stays.

    A private file is readable by its owner alone. Raises OSError, or ValueError where the file is damaged, or has an
    object or an array in this place.
    """

    def change(text: str) -> str:
        content = _read_json(text)
        there = _object(content, environment)
        new = {name: value for name, value in values.items() if value is not None and _is_new(there, name, value)}
        gone = {name for name, value in values.items() if value is None and name in there}
        if new and environment not in content:
            text = json_members.with_values(text, {environment: "{}"})
        if gone:
            text = json_members.without(text, gone, _start(text, environment))
        literals = {name: json_members.literal(value) for name, value in new.items()}
        return json_members.with_values(text, literals, _start(text, environment)) if new else text

    _edit(folder, private, change)


def rename(folder: Path, environment: str, before: str, after: str, *, private: bool) -> None:
    """Call a variable otherwise, in its place. Raises OSError, or ValueError where the name is taken or cannot be."""
    if fault := name_fault(after):
        raise ValueError(fault)

    def change(text: str) -> str:
        members = _object(_read_json(text), environment)
        if after in members:
            raise ValueError(f"There is a variable “{visible(after)}” already.")
        return text if before not in members else json_members.with_name(text, before, after, _start(text, environment))

    _edit(folder, private, change)


def move(folder: Path, environment: str, name: str, *, private: bool) -> None:
    """Move a variable into the private file, or into the shared one. Raises OSError, ValueError."""
    there = {(one.name, one.private): one.value for one in variables(folder, environment)}
    value = there.get((name, not private))
    if value is None:
        return
    if (name, private) in there:
        raise ValueError(f"The {'private' if private else 'shared'} file has a variable “{visible(name)}” already.")
    put(folder, environment, name, value, private=private)
    put(folder, environment, name, None, private=not private)


def add_environment(folder: Path, name: str) -> None:
    """Add an empty environment. Raises OSError, or ValueError where the name is taken."""
    _check_free(folder, name)
    _edit(folder, False, lambda text: json_members.with_values(text, {name: "{}"}))


def rename_environment(folder: Path, before: str, after: str) -> None:
    """Call an environment otherwise, in both files. Raises OSError, or ValueError where the name is taken."""
    _check_free(folder, after)
    for private in (True, False):
        _edit(folder, private, lambda text: json_members.with_name(text, before, after))


def remove_environment(folder: Path, name: str) -> None:
    """Remove an environment from both files. Raises OSError, ValueError."""
    _contents(folder)
    for private in (True, False):
        _edit(folder, private, lambda text: json_members.without(text, {name}))


def _check_free(folder: Path, name: str) -> None:
    """Raises ValueError where an environment cannot have this name, or a file cannot be changed."""
    if not name.strip():
        raise ValueError("An environment needs a name.")
    if name == SHARED:
        raise ValueError(f"“{SHARED}” is for what holds in all environments.")
    if any(name in content for content in _contents(folder)):
        raise ValueError(f"There is an environment “{visible(name)}” already.")


def _contents(folder: Path) -> tuple[dict[str, Any], ...]:
    """What stands in both files. Raises OSError, or ValueError where one is damaged: then neither is to be changed."""
    return tuple(_read_json(_load(folder / name)[0]) for name in (PUBLIC, PRIVATE))


def _edit(folder: Path, private: bool, change: _Change) -> None:
    """Change a file's text; the file that a link leads to is changed, not the link."""
    path = Path(os.path.realpath(folder / (PRIVATE if private else PUBLIC)))
    with locked(folder):
        before, encoding = _load(path)
        after = change(before)
        if after != before:
            mode = 0o600 if private else _mode(path)
            write_atomically(path, after.encode(encoding, "surrogatepass"), mode=mode)


def _mode(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def _load(path: Path) -> tuple[str, str]:
    """A file's text and its encoding. Raises OSError, ValueError."""
    try:
        data = read_small(path)
    except FileNotFoundError:
        return _EMPTY, "utf-8"
    _, fault = _content(path.name, data)
    if fault:
        raise ValueError(fault)
    encoding = json.detect_encoding(data)
    text = data.decode(encoding, "surrogatepass")
    return text if text.strip() else _EMPTY, encoding


def _parse(path: Path) -> EnvironmentFile:
    try:
        data = read_small(path)
    except FileNotFoundError:
        return EnvironmentFile()
    except OSError as error:
        return EnvironmentFile(fault=f"{path.name} cannot be read: {error.strerror or error}.")
    content, fault = _content(path.name, data)
    return EnvironmentFile({name: _values(one) for name, one in content.items() if isinstance(one, dict)}, fault)


def _content(name: str, data: bytes) -> tuple[dict[str, Any], str]:
    """The object of a file with numbers as they are written, and a sentence where there is none."""
    if not data.strip():
        return {}, ""
    try:
        content = _read_json(data)
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        return {}, f"{name} is not JSON{line}; its variables are not used."
    if not isinstance(content, dict):
        return {}, f"{name} is not a JSON object of environments; its variables are not used."
    return content, ""


def _read_json(data: str | bytes) -> Any:
    return json.loads(data, parse_int=str, parse_float=str)


def _values(members: dict[str, Any]) -> Values:
    texts = {name: _text(value) for name, value in members.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _text(value: object) -> str | None:
    """A value as text, as it was written; None for objects, arrays and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _object(content: dict[str, Any], environment: str) -> dict[str, Any]:
    members = content.get(environment, {})
    if not isinstance(members, dict):
        raise ValueError(f"“{visible(environment)}” is not an object of variables.")
    return members


def _is_new(there: dict[str, Any], name: str, value: str) -> bool:
    """Whether a variable gets another value. Raises ValueError where that would destroy an object or an array."""
    if isinstance(there.get(name), dict | list):
        raise ValueError(f"“{visible(name)}” is no text in this file; it is left as it is.")
    return _text(there.get(name)) != value


def _start(text: str, environment: str) -> int:
    found = json_members.find(text, environment)
    if found is None:
        raise ValueError(f"There is no environment “{visible(environment)}” any more.")
    return found.value


_files = Cached(_parse)
