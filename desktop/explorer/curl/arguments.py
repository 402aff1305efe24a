"""Sorts the arguments of one curl command: what each of its operations (apart by --next) has been told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.explorer.curl import options

DATA = frozenset(("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"))
_LISTS = {"form": "form", "form-string": "form", "header": "headers", "cookie": "cookies", "upload-file": "uploads"}
_LISTS |= {"url": "urls", "url-query": "query"} | dict.fromkeys(DATA, "data")

Told = tuple[str, str]
"""The name of an option, and its value."""


@dataclass(slots=True)
class Operation:
    """What the options say in the order they came; of those in ``texts`` and ``switches`` the last one counts."""

    urls: list[Told] = field(default_factory=list)
    uploads: list[Told] = field(default_factory=list)
    data: list[Told] = field(default_factory=list)
    form: list[Told] = field(default_factory=list)
    headers: list[Told] = field(default_factory=list)
    cookies: list[Told] = field(default_factory=list)
    query: list[Told] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)

    def on(self, name: str) -> bool:
        """Whether a switch is on; none is by itself."""
        return self.switches.get(name, False)


def operations(words: Sequence[str], warnings: list[str]) -> list[Operation]:
    """The operations of a command whose arguments are ``words``; what cannot be carried over goes to ``warnings``."""
    return _Arguments(words, warnings).operations()


class _Arguments:
    def __init__(self, words: Sequence[str], warnings: list[str]) -> None:
        self._words = iter(words)
        self._warnings = warnings
        self._found = [Operation()]

    def operations(self) -> list[Operation]:
        only_urls = False
        for word in self._words:
            if only_urls or word == "-" or not word.startswith("-"):
                self._tell("url", word)
            elif word == "--":
                only_urls = True
            elif word.startswith("--"):
                self._long(word[2:])
            else:
                self._short(word[1:])
        return self._found

    def _long(self, word: str) -> None:
        name = options.long_name(word)
        if name is None and "=" in word and (name := options.long_name(word.partition("=")[0])):
            value = word.partition("=")[2]
            self._warnings.append(f"curl wants a blank, not “=”, between --{name} and its value; it is read as meant.")
            self._take(name, iter([value]), on=True)
        elif name is not None:
            self._take(name, self._words, on=True)
        elif (switch := options.switch_named(word)) is not None:
            self._switch(*switch)
        else:
            self._warnings.append(f"“--{word}” is not an option of curl that is known here; it is left out.")

    def _short(self, letters: str) -> None:
        """Letters that stand together: the first that takes a value takes the rest."""
        for number, letter in enumerate(letters):
            found = options.short_name(letter)
            if found is None:
                self._warnings.append(f"“-{letter}” is not an option of curl that is known here; it is left out.")
                continue
            name, on = found
            rest = letters[number + 1 :]
            if options.takes_value(name):
                self._take(name, iter([rest]) if rest else self._words, on=on)
                return
            self._take(name, self._words, on=on)

    def _take(self, name: str, values: Iterator[str], *, on: bool) -> None:
        if not options.takes_value(name):
            self._switch(name, on)
        elif (value := next(values, None)) is None:
            self._warnings.append(f"The value of --{name} is missing; it is left out.")
        else:
            self._tell(name, value)

    def _switch(self, name: str, on: bool) -> None:
        if name == "next":
            self._found.append(Operation())
        elif options.is_carried_over(name):
            self._found[-1].switches[name] = on
        elif on:
            self._leave_out(name)

    def _tell(self, name: str, value: str) -> None:
        operation = self._found[-1]
        if name in _LISTS:
            getattr(operation, _LISTS[name]).append((name, value))
        elif options.is_carried_over(name):
            operation.texts[name] = value
        else:
            self._leave_out(name)

    def _leave_out(self, name: str) -> None:
        if not options.is_without_meaning(name):
            self._warnings.append(f"--{name} cannot be carried over; it is left out.")
