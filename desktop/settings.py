"""The user's settings: one typed, frozen dataclass per area in one JSON file, written whole or not at all."""

import dataclasses
import enum
import logging
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from desktop.json_file import read_object, write_object
from servers.settings import HttpSettings, RestSettings, WebSocketSettings
from servers.workbench import WorkbenchSettings

log = logging.getLogger("portside.settings")
D = TypeVar("D")

FILE_NAME = "settings.json"
_PRIVATE = 0o600  # the HTTP server's password is in it
_LARGEST = {"port": 65535, "max_upload": 2**63 - 1}


@dataclasses.dataclass(frozen=True, slots=True)
class AppearanceSettings:
    """``scheme`` is ``system``, ``light`` or ``dark``."""

    scheme: typing.Literal["system", "light", "dark"] = "system"


class SettingsFile:
    """The settings file of one configuration directory.

    Keys that it does not know are kept. A bad value falls back to its default with a warning in the log; a file that
    is not JSON is kept aside under another name.
    """

    def __init__(self, config_dir: Path) -> None:
        self.path = config_dir / FILE_NAME
        self._content = read_object(self.path, "The settings", log)

    def workbench(self) -> WorkbenchSettings:
        """The settings of the servers."""
        return WorkbenchSettings(
            self._area("http", HttpSettings), self._area("rest", RestSettings), self._area("ws", WebSocketSettings)
        )

    def appearance(self) -> AppearanceSettings:
        """How the window looks."""
        return self._area("appearance", AppearanceSettings)

    def set(self, area: str, key: str, value: str | int | bool | None) -> None:
        """Remember one value and write the file. Raises OSError; the old file is whole then."""
        self._content[area] = self._stored(area) | {key: value}
        write_object(self.path, self._content, _PRIVATE)

    def _stored(self, area: str) -> dict[str, Any]:
        stored = self._content.get(area)
        return stored if isinstance(stored, dict) else {}

    def _area(self, area: str, cls: type[D]) -> D:
        stored = self._stored(area)
        hints = typing.get_type_hints(cls)
        values = {}
        for key in hints.keys() & stored.keys():
            try:
                values[key] = _typed(hints[key], stored[key], _LARGEST.get(key, 2**31 - 1))
            except ValueError:
                log.warning("%s: %s.%s cannot be %r; the default is used.", self.path, area, key, stored[key])
        return cls(**values)


def _typed(hint: Any, value: object, largest: int) -> object:
    """``value`` from JSON as the type of a field. Raises ValueError where it is of another type or out of range."""
    options = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        if value in options:
            return value
    elif isinstance(hint, types.UnionType):
        return (
            None if value is None else _typed(next(one for one in options if one is not types.NoneType), value, largest)
        )
    elif issubclass(hint, enum.Enum):
        return hint(value)
    elif issubclass(hint, Path) and isinstance(value, str):
        return Path(value)
    elif type(value) is hint and (hint is not int or 0 <= typing.cast(int, value) <= largest):
        return value
    raise ValueError(value)
