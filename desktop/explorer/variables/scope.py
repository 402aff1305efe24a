"""What stands for each ``{{name}}`` at the place where a request is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.sending.reply import Reply
from desktop.explorer.variables import dynamic
from desktop.explorer.variables.cached import Cached, read_small
from desktop.explorer.variables.chaining import value_from
from desktop.explorer.variables.environments import PRIVATE, PUBLIC, SHARED, chain, read
from desktop.widgets.variables import fill

LIMIT = 1_000_000
"""Characters that a value may have in the end; a longer one is none."""

_DEEPEST = 50  # variables in variables
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """A variable for people: ``value`` is what it stands for, an example where each use makes a new one."""

    name: str
    value: str
    origin: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """Variables from one place, as written there."""

    origin: str
    values: Mapping[str, str]
    secret: bool = False


class Scope(Mapping[str, str]):
    """Variables by name, the first of ``layers`` that has one counts; a name without a value is no key.

    Values may use other variables; each is worked out once, so what is random in it stays the same here. ``%name`` is a
    value percent-encoded. ``$name`` makes a new value each time. ``replies`` are by the names of their requests.
    """

    def __init__(self, layers: Sequence[Layer], replies: Mapping[str, Reply], dotenvs: Sequence[Path] = ()) -> None:
        self._layers = layers
        self._replies = replies
        self._dotenvs = dotenvs
        self._done: dict[str, str | None] = {}
        self._depth = 0

    def __getitem__(self, name: str) -> str:
        value = self._value(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for layer in self._layers for name in layer.values))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def known(self) -> tuple[Known, ...]:
        """Every variable that can be offered while typing."""
        found: dict[str, Known] = {}
        for layer in self._layers:
            for name in layer.values:
                found.setdefault(name, Known(name, self.get(name, layer.values[name]), layer.origin, layer.secret))
        for name in self._replies:
            found[name] = Known(f"{name}.response.body.$", "", "response")
        made = (Known(name, self.get(name, ""), "made anew each time") for name in dynamic.EXAMPLES)
        return (*found.values(), *made)

    def secrets(self) -> frozenset[str]:
        """The values that are nobody else's business."""
        secret = (name for layer in self._layers if layer.secret for name in layer.values)
        return frozenset(value for name in secret if (value := self.get(name)))

    def _value(self, name: str) -> str | None:
        if name.startswith("%"):
            value = None if name.startswith("%%") else self._value(name[1:])
            return None if value is None else quote(value, safe="", errors="surrogatepass")
        if name.startswith("$"):
            return dynamic.value(name, self._dotenv, self.get)
        if name not in self._done:
            if self._depth > _DEEPEST:
                return None
            self._done[name] = None  # one that leads back to itself has no value
            self._depth += 1
            self._done[name] = self._worked_out(name)
            self._depth -= 1
        return self._done[name]

    def _worked_out(self, name: str) -> str | None:
        written = next((layer.values[name] for layer in self._layers if name in layer.values), None)
        if written is None:
            return value_from(self._replies, name)
        try:
            value = fill(written, _Bounded(self))
        except OverflowError:
            return None
        return value if len(value) <= LIMIT else None

    def _dotenv(self, name: str) -> str | None:
        return next((values[name] for path in self._dotenvs if name in (values := _dotenv_files.get(path))), None)


class _Bounded(Mapping[str, str]):
    """The values of a scope, until those that were taken are longer than ``LIMIT``; then OverflowError."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._left = LIMIT

    def __getitem__(self, name: str) -> str:
        value = self._scope[name]
        self._left -= len(value)
        if self._left < 0:
            raise OverflowError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._scope)

    def __len__(self) -> int:
        return len(self._scope)


def scope_at(
    path: Path | None,
    root: Path | None,
    environment: str,
    replies: Mapping[str, Reply],
    prompts: Mapping[str, str] = _NOTHING,
) -> Scope:
    """The scope of a request in the file ``path`` below the opened folder ``root``, in the environment of this name.

    ``prompts`` go first; then the file's own variables, the environment's (the nearest folder first, in each the
    private file before the shared one), and those of all environments.
    """
    layers = [Layer("given", prompts)]
    if path is not None:
        layers.append(Layer(path.name, _variables.get(path)))
    folders = tuple(chain(path, root))
    for name in dict.fromkeys((environment, SHARED) if environment else (SHARED,)):
        origin = "all environments" if name == SHARED else f"environment {name}"
        for folder in folders:
            for file, secret in ((PRIVATE, True), (PUBLIC, False)):
                values = read(folder / file).environments.get(name)
                if values:
                    layers.append(Layer(origin, values, secret))
    return Scope(layers, replies, tuple(folder / ".env" for folder in folders))


def _read_variables(path: Path) -> Mapping[str, str]:
    try:
        return read_file(path).variables if path.is_file() else {}
    except OSError:
        return {}


def _read_dotenv(path: Path) -> Mapping[str, str]:
    try:
        lines = read_small(path).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return {}
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines if "=" in line)
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs if not name.lstrip().startswith("#")}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


_variables = Cached(_read_variables)
_dotenv_files = Cached(_read_dotenv)
