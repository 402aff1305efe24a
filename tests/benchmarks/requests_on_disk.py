"""Collections of requests for the benchmarks, and the steps of a run."""

from pathlib import Path

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.runs.run import Step
from desktop.explorer.session import Spot

FILES = 1000
EACH = 3
_FOLDERS = 50


def write_run(path: Path, base_url: str, count: int) -> None:
    """One file with that many requests for an item."""
    requests = "".join(f"\n### Request {number}\nGET {{{{host}}}}/players/1\n" for number in range(count))
    path.write_text(f"@host = {base_url}\n{requests}", encoding="utf-8")


def steps(path: Path) -> list[Step]:
    """The requests of a file."""
    return [Step(part, Spot(path, path.parent, part.name)) for part in read_file(path).requests]


def write_tree(folder: Path) -> None:
    """FILES files with EACH requests, in folders."""
    for number in range(FILES):
        path = folder / f"folder {number % _FOLDERS:02}" / f"file {number:04}.http"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_request(number, one) for one in range(EACH)), encoding="utf-8")


def _request(number: int, one: int) -> str:
    return (
        f"### Player {number} {one}\n# What it is for, in a usual sentence.\n# @name player{number}x{one}\n"
        f"POST http://localhost:5000/players/{number}?expand=team&n={one}\nContent-Type: application/json\n"
        f'Authorization: Bearer {{{{token}}}}\n\n{{"name": "Player {number}", "number": {one}}}\n\n'
    )
