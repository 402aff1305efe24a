"""Variables for the tests of fields."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One variable."""

    name: str
    value: str
    origin: str = "dev"
    secret: bool = False


class Scope:
    """What stands for names."""

    def __init__(self, *variables: Known) -> None:
        self._variables = variables

    def get(self, name: str, /) -> str | None:
        return {one.name: one.value for one in self._variables}.get(name)

    def known(self) -> tuple[Known, ...]:
        return self._variables


def scope() -> Scope:
    """A host, a secret key and a port."""
    return Scope(Known("host", "localhost:5000"), Known("key", "s3cret", secret=True), Known("port", "5000"))
