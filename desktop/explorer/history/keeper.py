"""Holds the database of the history open, and gets over a damaged one."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from desktop.explorer.history.bodies import Bodies
from desktop.explorer.history.database import Database
from desktop.explorer.history.errors import HistoryError, in_words, is_damage
from desktop.explorer.history.tables import NewerVersion

log = logging.getLogger("portside.explorer")
T = TypeVar("T")


class Keeper:
    """For one thread. ``remark`` is a sentence once a damaged file had to be put aside."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.remark = ""
        self._path = path
        self._folder = folder
        self._database: Database | None = None

    def run(self, work: Callable[..., T], values: tuple[object, ...]) -> T:
        """Call ``work`` with the database and ``values``, and with a new one if that is damaged. Raises HistoryError.

        Whatever goes wrong, the next call starts afresh.
        """
        try:
            try:
                return work(self._open(), *values)
            except Exception as error:
                if not is_damage(error):
                    raise
                self.close()
                self._put_aside(error)
                return work(self._open(), *values)
        except NewerVersion:
            raise HistoryError("The history was written by a newer Portside; this one does not touch it.") from None
        except OSError as error:
            raise in_words(error) from error
        except sqlite3.Error as error:
            self.close()
            raise in_words(error) from error

    def close(self) -> None:
        """Release the file."""
        database, self._database = self._database, None
        if database is not None:
            with suppress(sqlite3.Error):
                database.close()

    def _open(self) -> Database:
        if self._database is None:
            self._database = Database(self._path, Bodies(self._folder))
        return self._database

    def _put_aside(self, error: Exception) -> None:
        """Rename the file, SQLite's companions of it and the bodies. Raises OSError."""
        number = 1
        while (aside := self._path.with_name(f"{self._path.name}.damaged-{number}")).exists():
            number += 1
        for suffix in ("", "-wal", "-shm"):
            part = self._path.with_name(self._path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        if self._folder.exists():
            self._folder.rename(self._folder.with_name(f"{self._folder.name}.damaged-{number}"))
        self.remark = f"The history was damaged ({error}). It is kept as {aside.name}, and a new one has begun."
        log.warning("%s", self.remark)
