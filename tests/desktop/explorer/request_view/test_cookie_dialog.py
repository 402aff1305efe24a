"""Tests of the cookie window by typing and clicking."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.request_view.cookie_dialog import CookieDialog
from desktop.explorer.request_view.cookie_rows import DOMAIN, EXPIRES, HTTP_ONLY, NAME, PATH, SECURE, VALUE
from desktop.explorer.sending.cookies import Cookie, CookieJar

A = Cookie("a", "1<b>\u202e", "localhost", same_site="Lax")
B = Cookie("b", "2", "example.com", "/p", time.time() + 1000, secure=True, host_only=False)
KEY, ROLE = Qt.Key, Qt.ItemDataRole


def shown(qtbot: QtBot, *cookies: Cookie) -> CookieDialog:
    """The window over a jar with these."""
    jar = CookieJar()
    for cookie in cookies:
        jar.put(cookie)
    dialog = CookieDialog(jar)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: CookieDialog, column: int) -> list[str]:
    """What a column shows."""
    return [dialog.rows.index(row, column).data() for row in range(dialog.rows.rowCount())]


def press(dialog: CookieDialog, row: int, column: int, key: Qt.Key) -> None:
    """Press a key on a cell."""
    dialog.table.setCurrentIndex(dialog.rows.index(row, column))
    QTest.keyClick(dialog.table, key)


def type_into(dialog: CookieDialog, text: str) -> None:
    """Type into the cell that is open, and press Return."""
    editor = dialog.table.indexWidget(dialog.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()


def change(dialog: CookieDialog, row: int, column: int, text: str) -> None:
    """Edit a cell by the keyboard."""
    press(dialog, row, column, KEY.Key_F2)
    type_into(dialog, text)


def test_it_shows_what_there_is(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A, B)
    assert not dialog.isModal()
    assert texts(dialog, DOMAIN) == [".example.com", "localhost"]
    assert texts(dialog, VALUE) == ["2", "1<b>\\u202e"]
    assert texts(dialog, EXPIRES)[1] == "session"
    rows = dialog.rows
    assert rows.index(0, SECURE).data(ROLE.CheckStateRole) is Qt.CheckState.Checked
    assert rows.index(1, SECURE).data(ROLE.AccessibleTextRole) == "Secure: no"
    tips = [rows.index(1, column).data(ROLE.ToolTipRole) for column in (DOMAIN, NAME, VALUE, EXPIRES)]
    assert tips[:3] == ["<p>localhost alone</p>", "<p>a, SameSite=Lax</p>", "<p>1&lt;b&gt;\\u202e</p>"]
    assert "all hosts below" in rows.index(0, DOMAIN).data(ROLE.ToolTipRole)


def test_every_cell_can_be_changed(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A)
    changes: list[None] = []
    dialog.changed.connect(lambda: changes.append(None))
    for column, text in ((DOMAIN, ".Example.com"), (PATH, "/x"), (NAME, "n"), (VALUE, " v "), (EXPIRES, "2100-01-02")):
        change(dialog, 0, column, text)
    press(dialog, 0, SECURE, KEY.Key_Space)
    press(dialog, 0, HTTP_ONLY, KEY.Key_Space)
    (cookie,) = dialog.rows.jar.cookies()
    assert cookie.expires is not None
    assert texts(dialog, EXPIRES) == ["2100-01-02 00:00:00"]
    assert cookie == Cookie("n", " v ", "example.com", "/x", cookie.expires, True, True, "Lax", False)
    change(dialog, 0, EXPIRES, "")
    assert dialog.rows.jar.cookies()[0].expires is None
    assert len(changes) == 8
    assert dialog.message.isHidden()


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (NAME, "", "needs a name"),
        (NAME, "b", "There is a cookie “b”"),
        (VALUE, "a;b", "cannot have “;”"),
        (DOMAIN, "h/x", "The domain is a host"),
        (PATH, "x", "starts with “/”"),
        (EXPIRES, "soon", "such as 2030"),
        (EXPIRES, "2001-01-01", "is over"),
    ],
)
def test_what_cannot_be_is_said_in_place(qtbot: QtBot, column: int, text: str, words: str) -> None:
    dialog = shown(qtbot, A, Cookie("b", "", "localhost"))
    change(dialog, 0, column, text)
    assert words in dialog.message.text()
    assert dialog.rows.jar.cookies()[0] == A
    change(dialog, 0, VALUE, "fine")
    assert dialog.message.isHidden()


def test_add_delete_and_undo(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert dialog.stack.currentWidget() is dialog.empty
    assert (dialog.delete.isEnabled(), dialog.clear.isEnabled()) == (False, False)
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    type_into(dialog, "mine")
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    type_into(dialog, "other")
    assert texts(dialog, NAME) == ["mine", "other"]
    press(dialog, 0, NAME, KEY.Key_Delete)
    assert (texts(dialog, NAME), dialog.message.text()) == (["other"], "1 cookie was deleted.")
    QTest.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert (texts(dialog, NAME), dialog.message.isHidden()) == (["mine", "other"], True)
    QTest.mouseClick(dialog.clear, Qt.MouseButton.LeftButton)
    assert (dialog.rows.jar.cookies(), dialog.message.text()) == ((), "2 cookies were deleted.")
    assert "No cookies yet" in dialog.empty.text()
    QTest.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert texts(dialog, NAME) == ["mine", "other"]


def test_the_filter_and_the_order(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A, B)
    QTest.keyClicks(dialog.filter, "EXAMPLE")
    assert texts(dialog, NAME) == ["b"]
    QTest.keyClicks(dialog.filter, "?")
    assert dialog.empty.text() == "No cookie has this text in it."
    dialog.filter.clear()
    for column in range(HTTP_ONLY + 1):
        dialog.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        ascending = texts(dialog, NAME)
        dialog.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert sorted(ascending) == ["a", "b"]
    dialog.table.sortByColumn(NAME, Qt.SortOrder.DescendingOrder)
    assert texts(dialog, NAME) == ["b", "a"]


def test_what_requests_set_appears_and_the_row_stays(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A)
    dialog.table.selectRow(0)
    dialog.rows.jar.put(B)
    dialog.refresh()
    assert texts(dialog, NAME) == ["b", "a"]
    assert dialog.rows.rows[dialog.table.currentIndex().row()] == A
    press(dialog, 1, VALUE, KEY.Key_F2)
    dialog.rows.jar.remove(B)
    dialog.refresh()
    type_into(dialog, "typed")
    dialog.refresh()
    assert (texts(dialog, NAME), texts(dialog, VALUE)) == (["a"], ["typed"])


def test_a_cookie_that_went_while_its_cell_was_open(qtbot: QtBot) -> None:
    dialog = shown(qtbot, A)
    press(dialog, 0, VALUE, KEY.Key_F2)
    dialog.rows.jar.clear()
    type_into(dialog, "typed")
    assert [cookie.value for cookie in dialog.rows.jar.cookies()] == ["typed"]


def test_it_follows_the_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    dialog = shown(qtbot, A)
    before = dialog.add.icon().cacheKey()
    theme.apply(qapp, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: dialog.add.icon().cacheKey() != before)
    theme.apply(qapp, theme.Scheme.LIGHT)
    qtbot.waitUntil(lambda: dialog.add.icon().cacheKey() == before)
