"""The page of the body: every kind is shown, edited and given back to the byte."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.explorer.model.body import BodyKind
from desktop.explorer.request_view.body_page import BodyPage

KEY = Qt.Key
PARTS = """--x
Content-Disposition: form-data; name="t"

one
--x
Content-Disposition: form-data; name="f"; filename="a.bin"
Content-Type: application/x-a

< ./a.bin
--x--
"""
BODIES = [
    (BodyKind.NONE, ""),
    (BodyKind.JSON, '{"a": 1.0 }\n'),
    (BodyKind.XML, "<a/>\r\n<b/>\r\n"),
    (BodyKind.TEXT, "a\r\u2028\0\ufeff"),
    (BodyKind.HTML, ""),
    (BodyKind.FORM, "a=%20+&b&c==&a=x y&\n  d=1"),
    (BodyKind.MULTIPART, PARTS),
    (BodyKind.MULTIPART, "no parts"),
    (BodyKind.FILE, "< ./a b.json"),
    (BodyKind.FILE, "<@latin1 ../a"),
    (BodyKind.FILE, "first\n< ./a\n<@ b"),
    (BodyKind.GRAPHQL, 'query A { a }\n\n\n{\n"id": 1.0\n}\n'),
    (BodyKind.TEXT, b"\xff\0"),
    (BodyKind.JSON, b'{"a": 1}'),
]


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[BodyPage]:
    """A page on the screen."""
    page = BodyPage()
    qtbot.addWidget(page)
    page.resize(800, 500)
    page.show()
    yield page
    for dialog in page.findChildren(QFileDialog):
        dialog.close()


@pytest.fixture
def told(page: BodyPage) -> Iterator[list[str]]:
    """What the page has told: ``changed``, or the Content-Type that it wants."""
    told: list[str] = []
    page.changed.connect(lambda: told.append("changed"))
    page.content_type_wanted.connect(told.append)
    yield told
    page.changed.disconnect()
    page.content_type_wanted.disconnect()


def choose(page: BodyPage, kind: BodyKind) -> None:
    """Choose a kind as a user does, by its first letters."""
    page.kinds.setFocus()
    page.kinds.setCurrentIndex(list(BodyKind).index(kind))
    page.kinds.activated.emit(page.kinds.currentIndex())


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_every_body_comes_back_as_it_was_shown(
    page: BodyPage, told: list[str], kind: BodyKind, body: str | bytes
) -> None:
    page.show_body(BodyKind.FORM, "another=1")
    page.show_body(kind, body)
    page.grab()
    assert (page.kind(), page.body()) == (kind, body)
    assert "changed" not in told
    page.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_a_long_body_is_shown_without_a_change(qtbot: QtBot, page: BodyPage, told: list[str]) -> None:
    body = "[1,\n" * 60_000
    page.show_body(BodyKind.JSON, body)
    assert page.body() == body
    qtbot.waitUntil(lambda: not page.source.editor.is_filling)
    assert told == ["application/json"]
    QTest.keyClick(page.source.editor, KEY.Key_A)
    assert told == ["application/json", "changed"]
    assert page.body() == f"a{body}"


@pytest.mark.parametrize(
    ("typed", "kind", "wanted"),
    [
        ("{", BodyKind.JSON, "application/json"),
        ("<", BodyKind.XML, "application/xml"),
        ("a", BodyKind.TEXT, "text/plain; charset=utf-8"),
    ],
)
def test_the_kind_follows_what_is_typed_first(
    page: BodyPage, told: list[str], typed: str, kind: BodyKind, wanted: str
) -> None:
    QTest.keyClicks(page.source.editor, typed)
    assert page.kind() is kind
    assert page.kinds.currentText() == kind.value
    QTest.keyClick(page.source.editor, KEY.Key_Backspace)
    assert told == [wanted, "changed", "", "changed"]
    choose(page, BodyKind.HTML)
    QTest.keyClicks(page.source.editor, "{")
    assert page.kind() is BodyKind.HTML
    assert told[4:] == ["text/html; charset=utf-8", "changed", "changed"]


def test_each_kind_wants_its_content_type_and_keeps_its_text(page: BodyPage, told: list[str]) -> None:
    page.show_body(BodyKind.JSON, '{"a":1}')
    told.clear()
    choose(page, BodyKind.XML)
    assert page.body() == '{"a":1}'
    choose(page, BodyKind.FORM)
    assert page.body() == ""
    choose(page, BodyKind.GRAPHQL)
    choose(page, BodyKind.NONE)
    assert page.body() == ""
    choose(page, BodyKind.MULTIPART)
    choose(page, BodyKind.JSON)
    assert page.body() == '{"a":1}'
    types = [one for one in told if one != "changed"]
    boundary = f"multipart/form-data; boundary={page.multipart.boundary}"
    assert types == [
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json",
        "",
        boundary,
        "application/json",
    ]


class TestSource:
    def test_faults_are_told_in_place(self, qtbot: QtBot, page: BodyPage) -> None:
        page.show_body(BodyKind.JSON, '{\n"é😀": ]')
        line = page.source.checker.line
        qtbot.waitUntil(line.isVisible)
        assert line.text() == "Not JSON: a value was expected at line 2, column 7."
        page.source.checker.show_place.click()
        QTest.keyClicks(page.source.editor, "1")
        QTest.keyClick(page.source.editor, KEY.Key_Delete)
        QTest.keyClicks(page.source.editor, "}")
        qtbot.waitUntil(lambda: not line.isVisible())
        choose(page, BodyKind.XML)
        qtbot.waitUntil(line.isVisible)
        choose(page, BodyKind.TEXT)
        assert not line.isVisible()

    @pytest.mark.parametrize(
        ("kind", "before", "after"),
        [
            (BodyKind.JSON, '{"a":1.0,"a":"\\u0041"} // c', '{\n  "a": 1.0,\n  "a": "\\u0041"\n} // c'),
            (BodyKind.XML, "<a><b c='1'/></a>", "<a>\n  <b c='1'/>\n</a>"),
            (BodyKind.HTML, "<p><b>x</b></p>", "<p>\n  <b>x</b>\n</p>"),
            (BodyKind.GRAPHQL, 'query A\n\n{"a":1}', 'query A\n\n{\n  "a": 1\n}'),
        ],
    )
    def test_is_indented_on_demand(
        self, qtbot: QtBot, page: BodyPage, told: list[str], kind: BodyKind, before: str, after: str
    ) -> None:
        page.show_body(kind, before)
        page.setFocus()
        told.clear()
        page.indent.click()
        qtbot.waitUntil(lambda: page.body() == after)
        assert told == ["changed"]
        if kind is not BodyKind.GRAPHQL:
            page.source.editor.undo()
            assert page.body() == before

    def test_that_cannot_be_indented_says_so(self, qtbot: QtBot, page: BodyPage) -> None:
        page.show_body(BodyKind.JSON, "[1")
        QTest.keyClick(
            page.source.editor, KEY.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        qtbot.waitUntil(page.source.remark.isVisible)
        assert page.body() == "[1"
        page.show_body(BodyKind.XML, "<a>" + " " * 100_000 + "</a>")
        qtbot.waitUntil(lambda: not page.source.editor.is_filling)
        page.indent.click()
        assert page.source.remark.text() == "Only up to 100,000 characters of XML or HTML are indented."

    def test_is_searched(self, page: BodyPage) -> None:
        page.find_button.click()
        assert page.source.pane.find_bar.isVisible()


class TestForm:
    def test_rows_are_typed_and_ticked(self, page: BodyPage, told: list[str]) -> None:
        page.show_body(BodyKind.FORM, "a=1&\n  b=%7e")
        told.clear()
        table = page.form.table
        model = table.model()
        model.setData(model.index(0, 1), "x y&")
        model.setData(model.index(2, 0), "c")
        assert page.body() == "a=x y%26&\n  b=%7e&c="
        assert page.form.remark.text().startswith("Blanks")
        page.form.encode.click()
        assert page.body() == "a=x+y%26&\n  b=%7e&c="
        model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
        assert page.body() == "\n  b=%7e&c="
        assert page.form.remark.text().endswith("they are not saved.")
        assert set(told) == {"changed"}

    def test_rows_that_are_ticked_off_stay_with_their_request(self, page: BodyPage) -> None:
        page.show_body(BodyKind.FORM, "a=1&b=2")
        model = page.form.table.model()
        model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
        page.show_body(BodyKind.FORM, "b=2")
        assert len(page.form.table.rows()) == 2
        model.setData(model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
        page.show_body(BodyKind.FORM, "")
        assert page.form.table.rows() == ()

    def test_the_same_as_text(self, page: BodyPage) -> None:
        page.show_body(BodyKind.FORM, "a=1&b")
        page.form.as_text.click()
        assert page.body() == "a=1&b"
        page.form.source.editor.show_text("c=%20&d=2")
        page.form.as_text.click()
        assert [(row.name, row.value) for row in page.form.table.rows()] == [("c", "%20"), ("d", "2")]
        assert page.body() == "c=%20&d=2"


class TestParts:
    def test_only_what_is_edited_changes(self, page: BodyPage, told: list[str]) -> None:
        page.show_body(BodyKind.MULTIPART, PARTS)
        assert told == ["multipart/form-data; boundary=x"]
        told.clear()
        table = page.multipart.table
        table.model().setData(table.model().index(0, 1), "two")
        assert page.body() == PARTS.replace("\none\n", "\ntwo\n")
        table.setCurrentIndex(table.model().index(1, 0))
        assert page.multipart.file_name.text() == "a.bin"
        page.multipart.content_type.selectAll()
        QTest.keyClicks(page.multipart.content_type, "text/csv")
        expected = PARTS.replace("\none\n", "\ntwo\n").replace("application/x-a", "text/csv")
        assert page.body() == expected
        assert set(told) == {"changed"}

    def test_new_parts_and_files(self, page: BodyPage, told: list[str]) -> None:
        choose(page, BodyKind.MULTIPART)
        table = page.multipart.table
        table.model().setData(table.model().index(0, 0), "a")
        page.multipart.put_file("/data/b.png")
        boundary = page.multipart.boundary
        assert page.body() == (
            f'--{boundary}\nContent-Disposition: form-data; name="a"\n\n\n'
            f'--{boundary}\nContent-Disposition: form-data; name="file"; filename="b.png"\nContent-Type: image/png\n\n'
            f"< /data/b.png\n--{boundary}--"
        )
        assert f"multipart/form-data; boundary={boundary}" in told

    def test_what_is_amiss_is_said(self, page: BodyPage) -> None:
        page.show_body(BodyKind.MULTIPART, "--x\n\nopen")
        assert "not closed" in page.multipart.remark.text()
        QTest.keyClicks(page.multipart.source.editor, "y")
        assert page.body() == "y--x\n\nopen"

    def test_a_file_is_chosen_in_a_dialog(self, page: BodyPage, tmp_path: Path) -> None:
        choose(page, BodyKind.MULTIPART)
        page.multipart.choose.click()
        dialog = page.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / "a.txt"))
        assert f"< {tmp_path / 'a.txt'}" in str(page.body())
        dialog.close()


class TestFile:
    def test_the_name_makes_the_body_and_its_type(self, page: BodyPage, told: list[str]) -> None:
        choose(page, BodyKind.FILE)
        page.file.file.field.setText("./data/{{name}}.json")
        assert page.body() == "< ./data/{{name}}.json"
        page.file.fill.click()
        page.file.charset.setText("latin1")
        assert page.body() == "<@latin1 ./data/{{name}}.json"
        assert [one for one in told if one != "changed"] == ["application/octet-stream", "application/json"]


class TestGraphql:
    def test_query_and_variables_stand_side_by_side(self, page: BodyPage, told: list[str]) -> None:
        page.show_body(BodyKind.GRAPHQL, "query A { a }")
        told.clear()
        QTest.keyClicks(page.graphql.variables.editor, '{"n": 1.0}')
        assert page.body() == 'query A { a }\n\n{"n": 1.0}'
        assert set(told) == {"changed"}


class TestBytes:
    def test_are_saved_whole(self, page: BodyPage, tmp_path: Path) -> None:
        data = bytes(range(256)) * 20
        page.show_body(BodyKind.TEXT, data)
        assert "5,120 bytes" in page.raw.about.text()
        page.raw.save_to(str(tmp_path / "body"))
        assert (tmp_path / "body").read_bytes() == data
        page.raw.save_to(str(tmp_path))
        assert page.raw.notice.text().startswith("Not saved: ")

    def test_are_replaced_by_a_file(self, page: BodyPage, told: list[str]) -> None:
        page.show_body(BodyKind.TEXT, b"\xff")
        page.raw.replaced.emit("/data/a.pdf")
        assert (page.kind(), page.body()) == (BodyKind.FILE, "< /data/a.pdf")
        assert "application/pdf" in told

    def test_that_are_text_are_bytes_until_they_are_changed(self, page: BodyPage) -> None:
        page.show_body(BodyKind.JSON, b"{}")
        assert page.source.text() == "{}"
        QTest.keyClicks(page.source.editor, " ")
        assert page.body() == " {}"
