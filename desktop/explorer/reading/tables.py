"""Bodies that are tables: comma-separated values and form fields, as rows of text."""

import csv
import io
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_to_bytes

from desktop.explorer.reading.content import readable

ROWS = 100_000
"""At most this many rows are shown."""

COLUMNS = 500
"""At most this many columns are shown."""

_FIELD = 2_000_000
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """``titles`` and ``rows`` of equal width; ``notes`` are sentences about what is not shown."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def csv_table(text: str) -> Table:
    """The rows of a CSV text (RFC 4180), the first one as titles; the separator is told by the first lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    usual = csv.field_size_limit(_FIELD)  # the limit is one for the whole program
    try:
        rows = [tuple(row) for row in islice(reader, ROWS + 2)]
    finally:
        csv.field_size_limit(usual)
    notes = [f"The first {ROWS:,} rows are shown."] if len(rows) > ROWS + 1 else []
    rows = [row for row in rows[: ROWS + 1] if row]
    width = max(map(len, rows), default=0)
    if width > COLUMNS:
        notes.append(f"The first {COLUMNS:,} of {width:,} columns are shown.")
        width = COLUMNS
    titles, *rest = [(*row[:width], *("",) * (width - len(row))) for row in rows] or [()]
    return Table(titles, tuple(rest), tuple(notes))


def form_table(text: str, charset: str = "utf-8") -> Table:
    """The fields of a form-urlencoded text (URL standard, section 5.1), in order, with repetitions."""
    pairs = [one.partition("=")[::2] for one in text.strip().split("&", ROWS) if one]
    rows = tuple((_decoded(name, charset), _decoded(value, charset)) for name, value in pairs[:ROWS])
    notes = (f"The first {ROWS:,} fields are shown.",) if len(pairs) > ROWS else ()
    return Table(("Name", "Value"), rows, notes)


def _delimiter(text: str) -> str:
    """The separator that most of the first lines agree on."""
    lines = text[:10_000].splitlines()[:10]

    def score(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        first = counts[0] if counts else 0
        return (sum(count == first for count in counts) if first else 0, first)

    return max(_DELIMITERS, key=score)


def _decoded(text: str, charset: str) -> str:
    raw = unquote_to_bytes(text.replace("+", " "))
    return readable(raw.decode(charset, "backslashreplace"))
