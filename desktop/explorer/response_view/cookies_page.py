"""The cookies that a response sets, with their attributes, for reading."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading.cookies import SetCookie, cookies_set
from desktop.explorer.reading.tables import Table
from desktop.explorer.response_view.table_view import TableView
from servers.exchange import Headers

_TITLES = ("Name", "Value", "Domain", "Path", "Lasts", "Secure", "HttpOnly", "SameSite", "More")
_KNOWN = frozenset({"domain", "path", "expires", "max-age", "secure", "httponly", "samesite"})


class CookiesPage(QWidget):
    """One row a cookie."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = TableView(self)
        self.table.setAccessibleName("Cookies that the response sets")
        advice = QLabel(
            "Cookies that this response sets. They are sent again only where the cookie jar keeps them.", self
        )
        advice.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(self.table)
        layout.addWidget(advice)

    def show_headers(self, headers: Headers) -> int:
        """Show the cookies of a response; returns how many there are."""
        cookies = cookies_set(headers)
        self.table.show_table(Table(_TITLES, tuple(_row(one) for one in cookies)))
        return len(cookies)


def _row(cookie: SetCookie) -> tuple[str, ...]:
    def said(name: str) -> str:
        return cookie.attribute(name) or ""

    def flag(name: str) -> str:
        return "yes" if cookie.attribute(name) is not None else "no"

    age, expires = cookie.attribute("Max-Age"), cookie.attribute("Expires")
    lasts = f"{age} s" if age is not None else f"until {expires}" if expires is not None else "this session"
    more = "; ".join(
        f"{name}={value}" if value else name for name, value in cookie.attributes if name.lower() not in _KNOWN
    )
    return (
        cookie.name, cookie.value, said("Domain"), said("Path"), lasts,
        flag("Secure"), flag("HttpOnly"), said("SameSite"), more,
    )  # fmt: skip
