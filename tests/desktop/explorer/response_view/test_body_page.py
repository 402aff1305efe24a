"""Tests of the forms of a body, and of what can be done with it."""

import gzip
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.explorer.reading.formats import Form
from desktop.explorer.response_view.body_page import BodyPage
from desktop.explorer.sending.blob import Blob
from tests.conftest import Run
from tests.desktop.explorer.replies import reply
from tests.desktop.explorer.response_view.views import JSON, PRETTY, shown, typed, until

KEY = Qt.Key


def clipboard() -> str:
    """The text in the clipboard."""
    return QGuiApplication.clipboard().text()


def text_of(page: BodyPage) -> str:
    """The text that is shown."""
    assert page.view.currentWidget() is page.view.code
    return page.view.code.text()


def look_for(page: BodyPage, text: str) -> None:
    """Type into the search, in which QTest types ASCII alone."""
    page.find_bar.field.setText(text)
    page.find_bar.field.textEdited.emit(text)


@pytest.mark.parametrize(
    ("content_type", "body", "forms", "text"),
    [
        ("application/json", JSON, "Pretty Tree Raw Hex", PRETTY),
        ("application/x-ndjson", b'{"a":1.0}\n[1e400]', "Pretty Raw Hex", '{\n  "a": 1.0\n}\n[\n  1e400\n]'),
        ("text/xml", b"<a>\r\n<b/></a>", "Pretty Raw Hex", "<a>\n  <b/>\n</a>"),
        ("text/html", b"<p>Hi", "Pretty Preview Raw Hex", "<p>\nHi"),
        ("text/css", b"a{}", "Raw Hex", "a{}"),
        ("text/plain", b"a\r\nb\x1b", "Raw Hex", "a\nb\\x1b"),
        ("text/plain; charset=utf-16", "é".encode("utf-16"), "Raw Hex", "é"),
        ("", b"", "Raw", ""),
    ],
)
def test_forms_of_text(qtbot: QtBot, run: Run, content_type: str, body: bytes, forms: str, text: str) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(typed(content_type, body))
            page = view.body_page
            buttons = page.bar.forms
            assert {form.value for form, button in buttons.items() if button.isVisible()} == set(forms.split())
            assert text_of(page) == text

    run(check())


def test_tables(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(typed("text/csv", b'id,name\n1,"a\nb"\n'))
            table = view.body_page.view.table
            assert view.body_page.view.currentWidget() is table
            model = table.model()
            assert model.index(0, 1).data() == "a\\nb"
            assert model.headerData(1, Qt.Orientation.Horizontal) == "name"
            table.selectAll()
            QTest.keySequence(table, "Ctrl+C")
            assert clipboard() == "1\ta\\nb"
            view.show_reply(typed("application/x-www-form-urlencoded", b"a=%C3%A9&a=2"))
            assert table.cells.table.rows == (("a", "é"), ("a", "2"))

    run(check())


def test_a_form_that_was_chosen_stays(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(typed("application/json"))
            forms = view.body_page.bar.forms
            forms[Form.RAW].click()
            view.show_reply(typed("text/xml", b"<a/>"))
            assert forms[Form.PRETTY].isChecked()
            view.show_reply(typed("application/json"))
            assert forms[Form.RAW].isChecked()

    run(check())


def test_another_charset(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(typed("text/plain", b"\xe9"))
            bar = view.body_page.bar
            assert text_of(view.body_page) == "\\xe9"
            bar.charset.setCurrentIndex(bar.charset.findData("iso8859-1"))
            bar.charset.activated.emit(bar.charset.currentIndex())
            assert text_of(view.body_page) == "é"
            bar.forms[Form.HEX].click()
            assert not bar.charset.isEnabled()

    run(check())


def test_bytes_and_large_bodies_go_through_a_window(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json", b"[" + b"1.0," * 600_000 + b"1e400]"))
            assert page.view.currentWidget() is page.view.page
            page.bar.forms[Form.HEX].click()
            assert page.view.currentWidget() is page.view.page
            view.show_reply(typed("text/xml", b"<a>" + b"<b/>" * 600_000 + b"</a>"))
            assert "too long to be indented" in page.notice.text()
            view.show_reply(typed("application/octet-stream", b"\0\1"))
            assert page.view.form is Form.HEX

    run(check())


def test_a_text_that_grows_too_long_is_shown_through_a_window(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json", b"[" + b"[1]," * 200_000 + b"1]"))
            assert page.view.currentWidget() is page.view.busy
            await until(lambda: page.view.currentWidget() is page.view.page)

    run(check())


def test_a_body_that_takes_time_is_made_elsewhere(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json", b"[" + b"1," * 50_000 + b"2]"))
            view.show_reply(typed("application/json", b"[" + b"3," * 50_000 + b"4]"))
            await until(lambda: page.view.currentWidget() is page.view.code)
            assert text_of(page).startswith("[\n  3,")
            assert text_of(page).endswith("4\n]")

    run(check())


def test_the_tree(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json"))
            page.bar.forms[Form.TREE].click()
            assert page.view.currentWidget() is page.view.tree
            await until(lambda: page.view.tree.model().rowCount() > 0)

    run(check())


def test_finding_in_text(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("text/plain", "😀 é Bony\nbony é\n".encode() * 100))
            QTest.keySequence(page.view.code, "Ctrl+F")
            bar = page.find_bar
            assert bar.isVisible()
            look_for(page, "é b")
            await until(lambda: bar.count.text() == "1 of 100")
            assert page.view.code.textCursor().position() == 3
            QTest.keyClick(page.view.code, KEY.Key_F3)
            assert bar.count.text() == "2 of 100"
            QTest.keyClick(bar.field, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            QTest.keyClick(bar.field, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
            assert bar.count.text() == "100 of 100"
            bar.case.click()
            await until(lambda: bar.count.text() == "Not found")
            bar.regex.click()
            look_for(page, "b.ny$")
            await until(lambda: bar.count.text() == "Not found")
            bar.case.click()
            await until(lambda: bar.count.text() == "1 of 100")
            look_for(page, "b(")
            await until(lambda: "of" not in bar.count.text() and "…" not in bar.count.text())
            QTest.keyClick(bar.field, KEY.Key_Escape)
            assert not bar.isVisible()
            assert page.view.code.extraSelections() == []

    run(check())


def test_finding_goes_on_in_another_form(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json"))
            page.bar.forms[Form.TREE].click()
            page.bar.search.click()
            assert page.view.form is Form.RAW
            look_for(page, "1.0")
            await until(lambda: page.find_bar.count.text() == "1 of 1")
            page.bar.forms[Form.HEX].click()
            await until(lambda: page.find_bar.count.text() == "1 of 1")
            view.show_reply(typed("application/json"))
            assert not page.find_bar.isVisible()

    run(check())


def test_selecting_with_jsonpath(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json", b'[{"a":1736184243098437392},{"a":1.0}]'))
            page.bar.filter.click()
            line = page.filter
            QTest.keyClicks(line.field, "$[*].a")
            QTest.keyClick(line.field, KEY.Key_Return)
            await until(lambda: line.count.text() == "2 selected")
            assert text_of(page).split() == ["1736184243098437392", "1.0"]
            line.field.setText("$[")
            QTest.keyClick(line.field, KEY.Key_Return)
            await until(lambda: page.notice.text() != "")
            QTest.keyClick(line.field, KEY.Key_Escape)
            assert not line.isVisible()
            assert text_of(page).startswith("[\n  {")

    run(check())


def test_selecting_with_xpath(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("text/xml", b"<a><b id='1'>x</b><b id='2'>y</b></a>"))
            page.filtering.select("//b/@id")
            await until(lambda: page.filter.count.text() == "2 selected")
            assert text_of(page).split() == ["1", "2"]
            page.filtering.select("//c")
            await until(lambda: page.filter.count.text() == "0 selected")
            assert "no body" not in page.view.code.placeholderText()
            assert page.notice.text() == ""
            view.show_reply(typed("text/xml", b"<a xmlns='urn:x'><b/></a>"))
            page.filtering.select("//b")
            await until(lambda: "//_:item" in page.notice.text())
            page.filtering.select("//_:b")
            await until(lambda: page.filter.count.text() == "1 selected")
            assert page.notice.text() == ""

    run(check())


def test_copying(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/json"))
            page.bar.copy.click()
            assert clipboard() == PRETTY
            page.bar.forms[Form.HEX].click()
            page.bar.copy.click()
            await until(lambda: clipboard() == JSON.decode("utf-8-sig"))

    run(check())


def test_copying_a_value_and_its_path(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            code = view.body
            view.show_reply(typed("application/json", '{"😀": [1.0, {"b": 1e400}]}'.encode()))
            cursor = code.textCursor()
            cursor.setPosition(code.toPlainText().index("400") + 1)
            code.setTextCursor(cursor)
            code.customContextMenuRequested.emit(code.cursorRect().center())
            menu = next(one for one in code.findChildren(QMenu) if one.isVisible())
            value, path = menu.actions()[-2:]
            path.trigger()
            await until(lambda: clipboard() == "$['😀'][1]['b']")
            value.trigger()
            await until(lambda: clipboard() == "1e400")
            menu.close()
            code.moveCursor(QTextCursor.MoveOperation.End)
            view.show_reply(typed("text/plain", b"x"))
            code.customContextMenuRequested.emit(QPoint(5, 5))
            other = next(one for one in code.findChildren(QMenu) if one.isVisible())
            assert value not in other.actions()
            other.close()

    run(check())


@pytest.mark.parametrize("decoded", [True, False])
def test_saving(qtbot: QtBot, run: Run, tmp_path: Path, decoded: bool) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            packed = gzip.compress(b"content")
            headers = (("Content-Disposition", 'attachment; filename="../a.txt"'),)
            view.show_reply(reply(200, packed, headers, decoded=b"content"))
            page.bar.save_wanted.emit(decoded)
            dialog = page.findChild(QFileDialog)
            assert dialog is not None
            assert [Path(one).name for one in dialog.selectedFiles()] == ["a.txt"]
            dialog.fileSelected.emit(str(tmp_path / "b.txt"))
            dialog.close()
            line = page.saver.line
            await until(lambda: line.text().startswith("Saved"))
            assert (tmp_path / "b.txt").read_bytes() == (b"content" if decoded else packed)
            page.saver.close.click()
            assert not line.isVisible()

    run(check())


def test_a_file_that_cannot_be_written_is_said(qtbot: QtBot, run: Run, tmp_path: Path) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("text/plain", b"x"))
            page.bar.save.click()
            dialog = page.findChild(QFileDialog)
            assert dialog is not None
            dialog.fileSelected.emit(str(tmp_path / "no" / "b.txt"))
            dialog.close()
            await until(lambda: "could not be saved" in page.saver.line.text())

    run(check())


def test_saving_ends_with_its_tasks(qtbot: QtBot, run: Run, tmp_path: Path) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            page = view.body_page
            view.show_reply(typed("application/octet-stream", b"\0" * 30_000_000))
            page.saver.ask(page.view.body.blob if page.view.body else Blob(), "a")
            dialog = page.findChild(QFileDialog)
            assert dialog is not None
            dialog.fileSelected.emit(str(tmp_path / "a"))
            dialog.close()
            await until(lambda: page.saver.line.text().startswith("Saving"))
            page.saver.stop.click()
            await until(lambda: not page.saver.line.text().startswith("Saving"))
            page.saver.ask(Blob(b"\0" * 30_000_000), "a")
            page.findChildren(QFileDialog)[-1].fileSelected.emit(str(tmp_path / "a"))
            await until(lambda: page.saver.line.text().startswith("Saving"))

    run(check())
