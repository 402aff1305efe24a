"""Variables for fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.widgets.variables import KnownVariable, Provider


@dataclass(frozen=True, slots=True)
class Known:
    """A variable that can be offered."""

    name: str
    value: str
    origin: str = "the test"
    secret: bool = False


class Values:
    """Variables with these values."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def get(self, name: str, /) -> str | None:
        """What stands for a name."""
        return self._values.get(name)

    def known(self) -> Iterable[KnownVariable]:
        """Those there are."""
        return [Known(name, value) for name, value in self._values.items()]


def provider(values: dict[str, str]) -> Provider:
    """Gives these variables."""
    return lambda: Values(values)
