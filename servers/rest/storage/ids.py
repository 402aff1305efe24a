"""The ids of documents: which a client may give, how they stand in a path, and what the store gives by itself."""

import re
import secrets
import unicodedata

from servers.rest.storage.database import Database
from servers.rest.strict_json import Json, Number

MAX_LENGTH = 200
"""Characters of an id."""

LARGEST = 2**53 - 1
"""The largest number that the store counts on from (RFC 7493, section 2.2)."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,199})")


def id_fault(value: Json) -> str | None:
    """What keeps ``value`` from being an id, as a sentence."""
    if isinstance(value, Number):
        return None if _INTEGER.fullmatch(value.text) else "An id is an integer or a text."
    if not isinstance(value, str):
        return "An id is an integer or a text."
    if not 0 < len(value) <= MAX_LENGTH:
        return f"An id has 1 to {MAX_LENGTH} characters."
    if value in {".", ".."} or any(unicodedata.category(one) in {"Cc", "Cs"} for one in value):
        return "An id cannot be “.” or “..” or hold control characters, which have no place in a path."
    return None


def key_of(value: Number | str) -> tuple[str, bool]:
    """The id as a path has it, and whether it is a number in JSON."""
    return (value.text, True) if isinstance(value, Number) else (value, False)


def as_given(value: Number | str, *, numeric: bool) -> Number | str:
    """An id as it is stored: the text of an integer is a number in a collection whose ids are numbers.

    Forms, and XML without types, have nothing but texts.
    """
    return Number(value) if numeric and isinstance(value, str) and _INTEGER.fullmatch(value) else value


def last_id(key: str, numeric: bool) -> int:
    """The number after which the store goes on where this id has been given; 0 where it says nothing."""
    number = int(key) if numeric else 0
    return number if 0 < number < LARGEST else 0


def given_id(database: Database, collection: int) -> Number | str:
    """An id that is free, claimed inside the transaction of the caller: the next number, or a random text."""
    return given_ids(database, collection, 1)[0]


def given_ids(database: Database, collection: int, count: int) -> list[Number | str]:
    """As many ids that are free, claimed inside the transaction of the caller."""
    found: list[Number | str] = []
    while len(found) < count:
        wanted = count - len(found)
        last, numeric = database.run(
            "UPDATE collections SET last_id = last_id + ? WHERE id = ? RETURNING last_id, numeric", (wanted, collection)
        )[0]
        numbers = [str(number) for number in range(last - wanted + 1, last + 1)]
        keys = numbers if numeric else [secrets.token_hex(4) for _ in numbers]
        places = ", ".join("?" * wanted)
        taken = database.run(
            f"SELECT key FROM documents WHERE collection = ? AND key IN ({places})", (collection, *keys)
        )
        gone = {key for (key,) in taken}
        free = [key for key in keys if key not in gone]
        found += [Number(key) if numeric else key for key in free]
    return found
