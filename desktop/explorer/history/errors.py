"""What keeps the history from being read or written, in words."""

import errno
import sqlite3

_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class HistoryError(Exception):
    """The history cannot be read or written; ``sentence`` says why. Requests can be sent all the same."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def is_damage(error: Exception) -> bool:
    """Whether the file is no database, or not a whole one."""
    return isinstance(error, sqlite3.DatabaseError) and _cause(error) in _DAMAGE


def in_words(error: Exception) -> HistoryError:
    """The error as a sentence for the user."""
    code = _cause(error)
    if code in _NO_ROOM or getattr(error, "errno", None) == errno.ENOSPC:
        return HistoryError("The history cannot be written: its disk is full or fails. Requests are sent all the same.")
    if code in _BUSY:
        return HistoryError("The history is in use by another Portside; this request is not in it.")
    reason = getattr(error, "strerror", None) or str(error).rstrip(".")
    return HistoryError(f"The history cannot be used: {reason}. Requests are sent all the same.")


def _cause(error: Exception) -> int:
    """SQLite's primary result code: its extended codes carry it in the low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
