"""Reads a CSV file (RFC 4180, and the delimiters that spreadsheets use instead) as one collection."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from servers.logs import visible
from servers.rest.files.new_document import RESERVED, DataFileError, NewDocument, new_document
from servers.rest.strict_json import Json, Number

DELIMITERS = ",;\t"

_SNIFFED = 20
"""Rows that are looked at to find the delimiter."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,2})?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,199})")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_BOOLEANS = {"true": True, "false": False}

_REASONS = {
    "unexpected end of data": "A cell begins with a quote that is never closed.",
    "field larger": "A cell has more than {limit:,} characters. Is a closing quote missing?",
    "' expected after": "A quoted cell goes on after its closing quote. Quotes inside are written twice.",
}


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_csv(text: str) -> tuple[list[str], tuple[NewDocument, ...]]:
    """The names of the columns in a CSV text, without ``id``, and the documents.

    A column has numbers or booleans if all its cells are such in JSON; everything else is text as it stands. An empty
    cell is a member that is not there. Raises DataFileError with the line.
    """
    rows = _rows(text, _delimiter(text))
    header = next(rows, None)
    if header is None:
        raise DataFileError("There is nothing in it; the first row must have the names of the members.")
    _check_names(header)
    documents = tuple(_documents(header.cells, list(rows)))
    return [name for name in header.cells if name != "id"], documents


def collection_name(stem: str) -> str:
    """The name of a file's only collection: what of ``stem`` needs no escape in a path, as far as there is such."""
    name = re.sub(r"[^\w.~-]+", "-", stem).strip("-.")
    return name if name and name not in RESERVED else f"{name or 'file'}-rows"


def _delimiter(text: str) -> str:
    """The delimiter that makes rows of one length, then the one that makes most columns."""

    def fitness(delimiter: str) -> tuple[bool, int]:
        lengths: list[int] = []
        with suppress(DataFileError):
            lengths.extend(len(row.cells) for row in islice(_rows(text, delimiter), _SNIFFED))
        return lengths[1:] == lengths[:-1] != [] and lengths[0] > 1, lengths[0] if lengths else 0

    return max(DELIMITERS, key=fitness)


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    """The rows that are not empty, with the lines that they begin in."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFileError(_reason(str(error)), line) from error


def _lines(text: str) -> Iterator[str]:
    """The lines with what ends them."""
    return (line[0] for line in _LINE.finditer(text))


def _reason(message: str) -> str:
    for part, reason in _REASONS.items():
        if part in message:
            return reason.format(limit=csv.field_size_limit())
    return f"The row is malformed: {message}."


def _check_names(header: _Row) -> None:
    if "" in header.cells:
        column = header.cells.index("") + 1
        raise DataFileError(f"Column {column} has no name; the first row must name all columns.", header.line)
    name, count = Counter(header.cells).most_common(1)[0]
    if count > 1:
        raise DataFileError(f"Two columns are named “{visible(name)}”.", header.line)


def _documents(names: Sequence[str], rows: Sequence[_Row]) -> Iterator[NewDocument]:
    for row in rows:
        if len(row.cells) != len(names):
            raise DataFileError(f"This row has {len(row.cells)} cells, the first one {len(names)}.", row.line)
    readers = [_cell_reader(name, [row.cells[at] for row in rows]) for at, name in enumerate(names)]
    taken: set[str] = set()
    for row in rows:
        cells = zip(names, readers, row.cells, strict=True)
        try:
            yield new_document({name: read(cell) for name, read, cell in cells if cell}, taken)
        except DataFileError as error:
            raise DataFileError(str(error), row.line) from error


def _cell_reader(name: str, cells: Sequence[str]) -> Callable[[str], Json]:
    """How the cells of a column are read; ids are integers or texts."""
    filled = [cell for cell in cells if cell]
    pattern = _INTEGER if name == "id" else _NUMBER
    if all(pattern.fullmatch(cell) for cell in filled):
        return Number
    if name != "id" and all(cell in _BOOLEANS for cell in filled):
        return _BOOLEANS.__getitem__
    return str
