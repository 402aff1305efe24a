"""Puts what is secret where collections keep it: in the private environment beside the file."""

from pathlib import Path

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.secrets import without_secrets
from desktop.explorer.model.request import Request
from desktop.explorer.variables.environments import PRIVATE, PUBLIC, SHARED, chain, put, read

_TAKEN = "\0"  # the value of a variable that must not be used: no secret is equal to it


def laid_open(request: Request, name: str, file: Path) -> tuple[Request, dict[str, str]]:
    """The request with variables in place of what is secret, and their values; ``name`` is that of the request.

    ``file`` is where the request will be, perhaps not there yet. Raises OSError.
    """
    return without_secrets(request, name, _taken(file))


def hide(folder: Path, secrets: dict[str, str]) -> str:
    """Keep the values; what that says to the user. Raises OSError, or ValueError where the file is damaged."""
    for name, value in secrets.items():
        put(folder, SHARED, name, value, private=True)
    if not secrets:
        return ""
    names = ", ".join(f"{{{{{name}}}}}" for name in secrets)
    return f"What is secret went into {PRIVATE} as {names}; keep that file out of version control."


def _taken(path: Path) -> dict[str, str]:
    """The variables that this file can see; only what is private beside it, and nowhere else, can be used again."""
    own = read(path.parent / PRIVATE).environments.get(SHARED, {})
    others = set(read_file(path).variables) if path.is_file() else set()
    for folder in chain(path, Path(path.anchor)):
        for file in (PRIVATE, PUBLIC):
            for environment, values in read(folder / file).environments.items():
                if (folder, file, environment) != (path.parent, PRIVATE, SHARED):
                    others.update(values)
    return {**own, **dict.fromkeys(others, _TAKEN)}
