"""The cookies of a jar as rows of a table, each cell to be changed in place."""

import html
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.explorer.sending.cookies import Cookie, CookieJar, fault_of
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_SESSION = "session"

COLUMNS = ("Domain", "Path", "Name", "Value", "Expires", "Secure", "HTTP only")
DOMAIN, PATH, NAME, VALUE, EXPIRES, SECURE, HTTP_ONLY = range(len(COLUMNS))
_FLAGS = {SECURE: "secure", HTTP_ONLY: "http_only"}


class CookieRows(QAbstractTableModel):
    """Shows those cookies of a jar that have the filter's text in them, sorted by a column.

    ``edited`` tells that the user has changed one, ``refused`` says in a sentence why a change was not taken; it is
    empty after one that was.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, jar: CookieJar, parent: QObject) -> None:
        super().__init__(parent)
        self.jar = jar
        self.rows: tuple[Cookie, ...] = ()
        self._filter = ""
        self._column, self._order = DOMAIN, Qt.SortOrder.AscendingOrder
        self.reload()

    def reload(self) -> None:
        """Show what is in the jar now."""
        wanted = self._filter
        found = [
            one for one in self.jar.cookies() if wanted in f"{one.domain}\n{one.path}\n{one.name}\n{one.value}".lower()
        ]
        found.sort(key=_KEYS[self._column], reverse=self._order == Qt.SortOrder.DescendingOrder)
        if tuple(found) != self.rows:
            self.beginResetModel()
            self.rows = tuple(found)
            self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only cookies with this text in domain, path, name or value, in any case."""
        self._filter = text.strip().lower()
        self.reload()

    def row_of(self, cookie: Cookie) -> int:
        """The row of the cookie with the same domain, path and name; -1 where it is not shown."""
        return next((number for number, one in enumerate(self.rows) if one.key == cookie.key), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = max(column, DOMAIN), order
        self.reload()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can = Qt.ItemFlag.ItemIsUserCheckable if index.column() in _FLAGS else Qt.ItemFlag.ItemIsEditable
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | can

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        cookie, column = self.rows[index.row()], index.column()
        if column in _FLAGS:
            return self._flag(cookie, column, role)
        text = _text(cookie, column)
        if role == _ROLE.DisplayRole:
            return visible(text)
        if role == _ROLE.EditRole:
            return "" if column == EXPIRES and cookie.expires is None else text
        if role == _ROLE.ToolTipRole:
            return f"<p>{html.escape(_hint(cookie, column))}</p>"
        return None

    def _flag(self, cookie: Cookie, column: int, role: int) -> Any:
        is_set = bool(getattr(cookie, _FLAGS[column]))
        if role == _ROLE.CheckStateRole:
            return Qt.CheckState.Checked if is_set else Qt.CheckState.Unchecked
        if role == _ROLE.AccessibleTextRole:
            return f"{COLUMNS[column]}: {'yes' if is_set else 'no'}"
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's name
        old, column = self.rows[index.row()], index.column()
        if role == _ROLE.CheckStateRole and column in _FLAGS:
            new = _with_flag(old, column, Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == _ROLE.EditRole and column not in _FLAGS:
            try:
                new = _with_text(old, column, str(value))
            except ValueError as error:
                self.refused.emit(str(error))
                return False
        else:
            return False
        return new == old or self._take(old, new)

    def _take(self, old: Cookie, new: Cookie) -> bool:
        fault = fault_of(new)
        if not fault and new.key != old.key and any(one.key == new.key for one in self.jar.cookies()):
            fault = f"There is a cookie “{visible(new.name)}” for this domain and path already."
        self.refused.emit(fault)
        if fault:
            return False
        if new.key != old.key:
            self.jar.remove(old)
        self.jar.put(new)
        number = self.row_of(old)
        self.rows = (*self.rows[:number], new, *self.rows[number + 1 :])
        self.dataChanged.emit(self.index(number, DOMAIN), self.index(number, HTTP_ONLY))
        self.edited.emit()
        return True


def _domain(cookie: Cookie) -> str:
    """With a dot in front where the hosts below get the cookie, too."""
    return cookie.domain if cookie.host_only else f".{cookie.domain}"


def _expires(cookie: Cookie) -> str:
    if cookie.expires is None:
        return _SESSION
    try:
        return datetime.fromtimestamp(cookie.expires).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return "after the year 9999"


def _text(cookie: Cookie, column: int) -> str:
    if column == DOMAIN:
        return _domain(cookie)
    if column == EXPIRES:
        return _expires(cookie)
    return {PATH: cookie.path, NAME: cookie.name, VALUE: cookie.value}[column]


def _hint(cookie: Cookie, column: int) -> str:
    """What a cell means, where that is more than its text."""
    if column == DOMAIN:
        return f"{cookie.domain} alone" if cookie.host_only else f"{cookie.domain} and all hosts below it"
    if column == EXPIRES and cookie.expires is None:
        return "The server told no end: it is kept until it is deleted."
    if column == NAME and cookie.same_site:
        return f"{visible(cookie.name)}, SameSite={visible(cookie.same_site)}"
    return visible(_text(cookie, column))


def _with_flag(cookie: Cookie, column: int, value: bool) -> Cookie:
    return replace(cookie, secure=value) if column == SECURE else replace(cookie, http_only=value)


def _with_text(cookie: Cookie, column: int, text: str) -> Cookie:
    """The cookie with another text in one column. Raises ValueError with a sentence."""
    if column == VALUE:
        return replace(cookie, value=text)
    text = text.strip()
    if column == DOMAIN:
        return replace(cookie, domain=text.removeprefix(".").lower(), host_only=not text.startswith("."))
    if column == EXPIRES:
        return replace(cookie, expires=_time(text))
    return replace(cookie, path=text) if column == PATH else replace(cookie, name=text)


def _time(text: str) -> float | None:
    if text.lower() in ("", _SESSION):
        return None
    try:
        seconds = datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        raise ValueError("Expires is a time such as 2030-12-31 23:59:59, or empty.") from None
    if seconds <= time.time():
        raise ValueError("This time is over; delete the cookie instead.")
    return seconds


_KEYS: dict[int, Callable[[Cookie], Any]] = {
    DOMAIN: lambda one: (one.domain, one.path, one.name),
    PATH: lambda one: (one.path, one.domain, one.name),
    NAME: lambda one: (one.name, one.domain, one.path),
    VALUE: lambda one: (one.value, one.key),
    EXPIRES: lambda one: (one.expires is None, one.expires or 0.0, one.key),
    SECURE: lambda one: (not one.secure, one.key),
    HTTP_ONLY: lambda one: (not one.http_only, one.key),
}
