"""Forms, files and variables of what is being written."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.chat.composing.payload import AT_ONCE
from desktop.chat.outgoing import Form, Outgoing
from desktop.shortcuts import FORMAT_BODY
from desktop.theme import Scheme, apply, colors
from tests.conftest import until
from tests.desktop.chat.composing.conftest import Bench, WithLoop
from tests.desktop.explorer.request_view.scopes import scope

KEY = Qt.Key


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(bench: Bench, data: QMimeData) -> None:
    viewport, place, action = bench.box.content.editor.viewport(), QPoint(5, 5), Qt.DropAction.CopyAction
    button, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, action, data, button, modifiers)
    QApplication.sendEvent(viewport, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(place), action, data, button, modifiers))


@pytest.mark.parametrize(
    ("form", "said"),
    [(Form.HEX, "2 bytes"), (Form.BASE64, "3 bytes"), (Form.JSON, "4 bytes"), (Form.TEXT, "")],
)
def test_the_same_text_can_be_meant_in_another_form(bench: Bench, qtbot: QtBot, form: Form, said: str) -> None:
    QTest.keyClicks(bench.box.content.editor, "4865")
    bench.box.controls.form = form
    qtbot.waitUntil(lambda: bench.said == said)
    assert bench.box.outgoing() == Outgoing("4865", form)
    assert bench.box.controls.format.isVisible() == (form is Form.JSON)


def test_a_dropped_file_stands_in_for_the_text_until_it_is_sent(
    bench: Bench, tmp_path: Path, with_loop: WithLoop
) -> None:
    (tmp_path / "file").write_bytes(b"x" * 1_234)
    sent = Outgoing(str(tmp_path / "file"), Form.FILE)

    async def steps() -> None:
        QTest.keyClicks(bench.box.content.editor, "typed")
        data = files(tmp_path / "file")
        drop(bench, data)
        assert bench.box.outgoing() == sent
        assert bench.box.content.file.field.hasFocus()
        await until(lambda: bench.said == "1,234 bytes")
        QTest.keyClick(bench.box.content.file.field, KEY.Key_Return)
        await until(lambda: bench.submitted == [sent])
        bench.box.accepted(sent)
        assert bench.box.outgoing() == Outgoing("typed")

    with_loop(steps())


def test_a_missing_file_is_said_and_not_submitted(bench: Bench, tmp_path: Path, with_loop: WithLoop) -> None:
    missing = f"There is no file “{tmp_path / 'none'}”."

    async def steps() -> None:
        bench.box.controls.form = Form.FILE
        QTest.keyClick(bench.box.content.file.field, KEY.Key_Return)
        await until(lambda: bench.said == "No file is chosen: choose one, drop it here, or type its name.")
        QTest.keyClicks(bench.box.content.file.field, str(tmp_path / "none"))
        await until(lambda: bench.said == missing)
        (tmp_path / "none").touch()
        QTest.keyClick(bench.box.content.file.field, KEY.Key_Return)
        await until(lambda: bench.submitted)
        bench.box.accepted(bench.submitted[0])
        assert bench.box.outgoing() == Outgoing("", Form.FILE), "the form that was chosen stays"

    with_loop(steps())


def test_a_pasted_file_is_taken_but_not_several(bench: Bench, tmp_path: Path) -> None:
    QApplication.clipboard().setMimeData(files(tmp_path / "a", tmp_path / "b"))
    bench.box.content.editor.paste()
    assert bench.said == "A message is made of one file; these are 2. Choose one of them."
    assert bench.box.outgoing() == Outgoing("")
    QApplication.clipboard().setMimeData(files(tmp_path / "a"))
    bench.box.content.editor.paste()
    assert bench.box.outgoing() == Outgoing(str(tmp_path / "a"), Form.FILE)


def test_json_is_formatted_as_one_change(bench: Bench) -> None:
    before = '{"b":1.50,"a":{{port}}}'
    bench.box.show_outgoing(Outgoing(before, Form.JSON))
    QTest.keySequence(bench.box.content.editor, FORMAT_BODY)
    assert bench.box.outgoing().text == '{\n  "b": 1.50,\n  "a": {{port}}\n}'
    bench.box.content.editor.undo()
    assert bench.box.outgoing().text == before
    bench.box.show_outgoing(Outgoing("{", Form.JSON))
    bench.box.controls.format.click()
    assert bench.said == "This is not JSON: a name in double quotes or “}” was expected at its end."
    bench.box.show_outgoing(Outgoing("[1]"))
    QTest.keySequence(bench.box.content.editor, FORMAT_BODY)
    assert bench.box.outgoing() == Outgoing("[1]")


def test_long_json_is_formatted_off_the_thread(bench: Bench, with_loop: WithLoop) -> None:
    async def steps() -> None:
        text = "x" * AT_ONCE
        for before, after in ((f'["{text}"]', f'[\n  "{text}"\n]'), (f'["{text}"', f'["{text}"')):
            bench.box.show_outgoing(Outgoing(before, Form.JSON))
            bench.box.controls.format.click()
            await until(lambda: len(bench.tasks) == 0)
            assert bench.box.outgoing().text == after
        assert bench.said.endswith("“,” or “]” was expected at its end.")

    with_loop(steps())


def test_variables_are_completed_previewed_and_checked(bench: Bench, qtbot: QtBot) -> None:
    bench.box.set_variables(scope)
    bench.box.show_outgoing(Outgoing("", Form.JSON))
    QTest.keyClicks(bench.box.content.editor, "[{{po")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, KEY.Key_Return)
    QTest.keyClicks(bench.box.content.editor, "]")
    assert bench.box.outgoing() == Outgoing("[{{port}}]", Form.JSON)
    qtbot.waitUntil(lambda: bench.said == "6 bytes")
    QTest.keyClick(bench.box.content.editor, KEY.Key_Return)
    assert bench.submitted == [Outgoing("[{{port}}]", Form.JSON)]

    viewport = bench.box.content.editor.viewport()
    place = bench.box.content.editor.cursorRect().center() - QPoint(40, 0)
    QApplication.sendEvent(viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert "{{port}} = 5000 (dev)" in QToolTip.text()
    QToolTip.hideText()


def test_a_variable_without_a_value_is_said(bench: Bench, qtbot: QtBot) -> None:
    bench.box.set_variables(scope)
    bench.box.show_outgoing(Outgoing("{{nobody}}"))
    qtbot.waitUntil(lambda: bench.said == "No value for {{nobody}}.")
    QTest.keyClick(bench.box.content.editor, KEY.Key_Return)
    assert bench.submitted == [Outgoing("{{nobody}}")], "a text is sent as written"
    bench.box.controls.form = Form.HEX
    QTest.keyClick(bench.box.content.editor, KEY.Key_Return)
    assert bench.said.startswith("No value for {{nobody}}. “{” at line 1, column 1 is not a hexadecimal digit.")
    bench.box.refresh()
    qtbot.waitUntil(lambda: bench.said == "No value for {{nobody}}.")


def test_lines_begin_like_the_one_before_in_json_alone(bench: Bench) -> None:
    for form, text in ((Form.TEXT, "  {\nx"), (Form.JSON, "  {\n    x")):
        bench.box.show_outgoing(Outgoing("", form))
        QTest.keyClicks(bench.box.content.editor, "  {")
        QTest.keyClick(bench.box.content.editor, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(bench.box.content.editor, "x")
        assert bench.box.outgoing().text == text


def test_the_box_grows_with_its_text_within_limits(bench: Bench) -> None:
    editor = bench.box.content.editor
    heights = []
    for lines in (1, 3, 5, 8, 50):
        bench.box.show_outgoing(Outgoing("\n".join("x" * lines)))
        heights.append(editor.sizeHint().height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
    assert editor.minimumSizeHint().height() < heights[0]
    editor.be_low(True)
    assert editor.sizeHint().height() == heights[4]
    bench.box.show_outgoing(Outgoing("x"))
    assert editor.sizeHint().height() < heights[0]
    editor.be_low(False)
    assert editor.sizeHint().height() == heights[0]


def test_the_colours_follow_the_scheme(bench: Bench, qapp: QApplication) -> None:
    bench.box.set_variables(scope)
    bench.box.show_outgoing(Outgoing("{{host}} {{nobody}}"))
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        apply(qapp, scheme)
        bench.window.grab()
        formats = bench.box.content.editor.document().begin().layout().formats()
        shown = [one.format.foreground().color().name() for one in formats]
        assert shown == [colors().accent, colors().failed]
