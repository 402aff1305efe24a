"""Tests of the pages below the first line together: one request goes in and comes out, and the titles tell of it."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.model.auth import Basic, Inherit, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.request_view.editor import RequestEditor
from tests.desktop.explorer.request_view.scopes import scope

REQUEST = Request(
    "PATCH",
    "http://h/:id?a=1&b",
    (Header("A", "1"), Header("b", "2", False)),
    '{"a": 1}',
    BodyKind.JSON,
    Basic("u", "{{key}}"),
    Options(timeout=5, without=frozenset({"accept"})),
    ((1, "off"),),
    (("id", "5"),),
)


@pytest.fixture
def editor(qtbot: QtBot) -> RequestEditor:
    """An editor with variables that shows a request."""
    editor = RequestEditor()
    qtbot.addWidget(editor)
    editor.set_variables(scope)
    editor.resize(700, 400)
    editor.show_request(REQUEST)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


def titles(editor: RequestEditor) -> list[str]:
    return [editor.tabText(number).replace("&", "") for number in range(editor.count())]


def added(editor: RequestEditor) -> dict[str, str]:
    rows = editor.headers.added.model()
    return {rows.index(row, 0).data(): rows.index(row, 1).data() for row in range(rows.rowCount())}


def test_a_request_comes_out_as_it_went_in(qtbot: QtBot, editor: RequestEditor) -> None:
    with qtbot.assertNotEmitted(editor.changed), qtbot.assertNotEmitted(editor.url_edited):
        for request in (Request(), REQUEST):
            editor.show_request(request)
            shown = editor.request()
            assert (shown.method, shown.url, shown.headers) == (request.method, request.url, request.headers)
            assert (shown.auth, shown.options) == (request.auth, request.options)
            assert (shown.ticked_off, shown.path_values) == (request.ticked_off, request.path_values)
    assert editor.request() == REQUEST


def test_the_titles_tell_what_is_there(editor: RequestEditor) -> None:
    assert titles(editor) == ["Params (3)", "Headers (1)", "Auth •", "Body •", "Options (1)"]
    editor.show_request(Request(auth=NoAuth()))
    assert titles(editor) == ["Params", "Headers", "Auth", "Body", "Options"]
    editor.show_request(Request(auth=Inherit()))
    editor.show_inherited(Basic("u", "p"), "Players")
    assert [editor.tabText(number)[:2] for number in range(5)] == ["&P", "&H", "&A", "&B", "&O"]


def test_every_edit_is_told(qtbot: QtBot, editor: RequestEditor) -> None:
    edits: list[Callable[[], object]] = [
        lambda: editor.options.boxes["log"].click(),
        lambda: editor.auth.kind.setCurrentIndex(1),
        lambda: editor.show_url("http://h/?x"),
        lambda: QTest.keyClick(editor.headers.table, Qt.Key.Key_Delete),
    ]
    for edit in edits:
        editor.headers.table.setCurrentIndex(editor.headers.table.pairs.index(0, 0))
        with qtbot.waitSignal(editor.changed):
            edit()
    with qtbot.waitSignal(editor.url_edited) as edited:
        editor.params.query.pairs.remove({0})
    assert edited.args == ["http://h/"]
    with qtbot.waitSignal(editor.cookies_wanted):
        editor.options.cookies.click()


def test_what_is_being_typed_into_a_cell_is_in_the_request(editor: RequestEditor) -> None:
    editor.setCurrentIndex(1)
    editor.headers.table.setCurrentIndex(editor.headers.table.pairs.index(0, 1))
    QTest.keyClicks(editor.headers.table, "x")
    assert editor.request().headers[0] == Header("A", "x")


def test_added_headers_follow_the_request(qtbot: QtBot, editor: RequestEditor) -> None:
    editor.setCurrentIndex(1)
    qtbot.waitUntil(lambda: added(editor).get("Host") == "h")
    assert added(editor)["Authorization"].startswith("Basic ••••••")
    editor.show_url("http://{{host}}/")
    qtbot.waitUntil(lambda: added(editor)["Host"] == "localhost:5000")
    editor.show_request(Request("GET", "http://h/", auth=Inherit()))
    qtbot.waitUntil(lambda: "Authorization" not in added(editor) and "Content-Length" not in added(editor))
    editor.show_method("POST")
    editor.show_inherited(Basic("u", "p"), "Players")
    qtbot.waitUntil(lambda: {"Authorization", "Content-Length"} <= added(editor).keys())


def test_the_content_type_follows_the_body(editor: RequestEditor) -> None:
    editor.show_request(Request("PUT", "http://h/", (), ""))
    for wanted in ("application/json", "application/xml"):
        editor.body.content_type_wanted.emit(wanted)
        assert editor.request().headers == (Header("Content-Type", wanted),)
    editor.headers.table.set_rows([])
    editor.body.content_type_wanted.emit("text/html")
    assert editor.request().headers == ()


@pytest.mark.parametrize("field", ["params", "headers", "auth", "body", "options"])
def test_faults_come_to_the_front(qtbot: QtBot, editor: RequestEditor, field: str) -> None:
    editor.setCurrentIndex(0 if field != "params" else 1)
    editor.show_fault(field, "Not so.")
    assert editor.faults[field].isVisible()
    assert editor.faults[field].text() == "Not so."
    focused = QApplication.focusWidget()
    assert focused is not None
    assert editor.pages[field].isAncestorOf(focused)
    editor.clear_faults()
    assert not editor.faults[field].isVisible()


def test_colours_follow_the_palette(qtbot: QtBot, editor: RequestEditor, qapp: QApplication) -> None:
    editor.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(added(editor)))
    rows = editor.headers.added.model()

    def is_muted(color: str) -> bool:
        brush = rows.index(1, 1).data(Qt.ItemDataRole.ForegroundRole)
        return brush is not None and brush.color().name() == color

    for scheme, colors in ((theme.Scheme.DARK, theme.DARK), (theme.Scheme.LIGHT, theme.LIGHT)):
        theme.apply(qapp, scheme)
        qtbot.waitUntil(partial(is_muted, colors.muted))
