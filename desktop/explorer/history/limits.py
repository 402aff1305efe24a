"""How much the history keeps, as its user has chosen."""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from servers.disk import write_atomically

log = logging.getLogger("portside.explorer")


@dataclass(frozen=True, slots=True)
class Limits:
    """The oldest entries go first: those older than ``age_days``, and what is beyond ``entries`` or ``bytes``."""

    age_days: int = 30
    bytes: int = 500_000_000
    entries: int = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """While not ``enabled``, nothing new is kept."""

    limits: Limits = Limits()
    enabled: bool = True


def read_choice(path: Path, default: Choice) -> Choice:
    """What was chosen before; ``default`` where nothing was, or the file is damaged."""
    try:
        stored = json.loads(path.read_bytes())
        enabled, limits = stored["enabled"], Limits(**stored["limits"])
    except FileNotFoundError:
        return default
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("The limits of the history in %s cannot be read (%s).", path, error)
        return default
    whole = all(type(one) is int and one > 0 for one in asdict(limits).values())
    return Choice(limits, enabled) if whole and isinstance(enabled, bool) else default


def write_choice(path: Path, choice: Choice) -> None:
    """Remember what was chosen. Raises OSError."""
    write_atomically(path, json.dumps(asdict(choice)).encode(), 0o600)
