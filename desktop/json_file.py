"""Files of the program's own that hold one JSON object: a damaged one stops nothing, and is kept aside."""

import itertools
import json
import logging
from pathlib import Path
from typing import Any

from servers.disk import write_atomically


def read_object(path: Path, what: str, log: logging.Logger) -> dict[str, Any]:
    """The object in the file; empty where there is no file, or none that can be read, which ``log`` is told.

    ``what`` is what the file holds, as the beginning of a sentence in the plural. What is no JSON object is renamed, so
    that the next writing does not destroy it.
    """
    try:
        content = json.loads(path.read_bytes())
        if not isinstance(content, dict):
            raise ValueError("it is not a JSON object")
    except FileNotFoundError:
        return {}
    except OSError as error:
        log.warning("%s in %s cannot be read (%s); the defaults are used.", what, path, error)
        return {}
    except (ValueError, RecursionError) as error:
        log.warning("%s in %s are damaged (%s); the defaults are used.", what, path, error)
        _keep_aside(path, log)
        return {}
    return content


def write_object(path: Path, content: dict[str, Any], mode: int | None = None) -> None:
    """Write the file with these permissions. Raises OSError; the old file is whole then."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    write_atomically(path, text.encode("utf-8", "surrogatepass") + b"\n", mode)


def _keep_aside(path: Path, log: logging.Logger) -> None:
    names = (path.with_suffix(f".damaged-{number}.json") for number in itertools.count(1))
    try:
        path.rename(next(name for name in names if not name.exists()))
    except OSError as error:
        log.warning("%s could not be kept aside: %s", path, error)
