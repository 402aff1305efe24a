"""Remembers which folders are open and how their tree looked, from one start to the next."""

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from servers.disk import write_atomically

log = logging.getLogger("portside.collections")

FILE_NAME = "collections.json"

_writing = threading.Lock()  # at the end of the program, a thread may still be at it


@dataclass(frozen=True, slots=True)
class Opened:
    """The folders in the order in which they are shown; ``view`` is what the tree wants to have back."""

    folders: tuple[Path, ...] = ()
    view: Mapping[str, Any] = field(default_factory=dict)


def load(data_dir: Path) -> Opened:
    """What was saved; nothing, with a warning in the log, where it cannot be read."""
    path = data_dir / FILE_NAME
    try:
        content = json.loads(path.read_bytes())
        folders, view = content["folders"], content.get("view", {})
        if not isinstance(view, dict) or not all(isinstance(one, str) and one for one in folders):
            raise ValueError("its values are of other types")
    except FileNotFoundError:
        return Opened()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        log.warning("The opened collections in %s cannot be read (%s).", path, error)
        return Opened()
    return Opened(tuple(Path(one) for one in folders), view)


def save(data_dir: Path, opened: Opened) -> None:
    """Write the file. Raises OSError; the old file is whole then."""
    content = {"folders": [str(folder) for folder in opened.folders], "view": dict(opened.view)}
    with _writing:
        write_atomically(data_dir / FILE_NAME, json.dumps(content, indent=1).encode() + b"\n")
