"""Reads and writes a file of collections: a JSON object of arrays of objects."""

from collections.abc import Iterable, Iterator, Mapping

from servers.logs import visible
from servers.rest.files.new_document import DataFileError, NewDocument, name_fault, new_document
from servers.rest.strict_json import Json, after_space, decode, malformed, write

_SHAPE = 'It must be an object of arrays, such as {"players": [{"name": "Leon Britton"}]}.'

Collections = dict[str, tuple[NewDocument, ...]]


def read_json(content: str) -> tuple[Collections, dict[str, Json]]:
    """The collections of a file, and its other members as they are.

    Raises JsonError where the text is not strict JSON and DataFileError where it is not an object of arrays of objects
    whose ids differ. Documents are decoded one by one: other threads run in between, and every fault has its line.
    """
    collections: Collections = {}
    rest: dict[str, Json] = {}
    names: set[str] = set()
    text = _Text(content)
    if not text.take("{"):
        raise DataFileError(_SHAPE)
    for _ in text.items("}"):
        name = _name(text, names)
        if text.take("["):
            collections[name] = tuple(_documents(text, name))
        else:
            rest[name] = text.value()
    text.end()
    if not collections:
        raise DataFileError(f"There is no array in it. {_SHAPE}")
    return collections, rest


def write_json(collections: Iterable[tuple[str, Iterable[str]]], rest: Mapping[str, Json]) -> bytes:
    """The file that ``read_json`` reads as the same: names with the JSON texts of documents, and the other members.

    Texts keep their own lines, indented: of write_document's there is one member a line.
    """
    members = [f"  {write(name)}: {_array(texts)}" for name, texts in collections]
    members += [f"  {write(name)}: {write(value)}" for name, value in rest.items()]
    return ("{\n" + ",\n".join(members) + "\n}\n").encode()


class _Text:
    """A JSON text and the position of the token that comes next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.position = after_space(text, 0)

    def line(self, position: int) -> int:
        """The number of the line at a position, from 1."""
        return self._text.count("\n", 0, position) + 1

    def comes(self, mark: str) -> bool:
        """Whether ``mark`` comes next."""
        return self._text.startswith(mark, self.position)

    def take(self, mark: str) -> bool:
        """Read over ``mark`` if it comes next."""
        found = self.comes(mark)
        if found:
            self.position = after_space(self._text, self.position + 1)
        return found

    def need(self, mark: str) -> None:
        """Read over ``mark``, which must come next."""
        if not self.take(mark):
            raise malformed(self._text, self.position, f"“{mark}” should come here")

    def value(self) -> Json:
        """Read the value that comes next."""
        value, end = decode(self._text, self.position)
        self.position = after_space(self._text, end)
        return value

    def items(self, closing: str) -> Iterator[None]:
        """Stop before each item of the array or object that was opened, up to the mark that closes it."""
        if self.take(closing):
            return
        yield
        while not self.take(closing):
            self.need(",")
            yield

    def end(self) -> None:
        """Nothing more must come."""
        if self.position < len(self._text):
            raise malformed(self._text, self.position, "the text should end here")


def _name(text: _Text, earlier: set[str]) -> str:
    """Read the name of a member of the file, up to the value, and add it to the earlier ones."""
    if not text.comes('"'):
        text.need('"')
    start = text.position
    name = str(text.value())
    text.need(":")
    fault = f"The name “{visible(name)}” is there twice." if name in earlier else None
    if fault is None and text.comes("["):
        fault = name_fault(name)
    if fault is not None:
        raise DataFileError(fault, text.line(start))
    earlier.add(name)
    return name


def _documents(text: _Text, name: str) -> Iterator[NewDocument]:
    """Read the documents of an array; they share the strings of their members' names."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for index, _ in enumerate(text.items("]")):
        start = text.position
        value = text.value()
        where = f"{visible(name)}[{index}]"
        if not isinstance(value, dict):
            raise DataFileError(f"{where} must be an object.", text.line(start))
        try:
            yield new_document({names.setdefault(one, one): member for one, member in value.items()}, taken)
        except DataFileError as error:
            raise DataFileError(f"{where}: {error}", text.line(start)) from error


def _array(texts: Iterable[str]) -> str:
    indented = ",\n".join("    " + text.replace("\n", "\n    ") for text in texts)
    return f"[\n{indented}\n  ]" if indented else "[]"
