"""What the server's user sends reaches whom it should, and nothing that was written is lost."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.server_panels.clients.target_box import EVERYBODY, Target
from servers.chat_protocol import ChatKind, decode
from tests.conftest import Run, until
from tests.desktop.server_panels.clients.stage import KEY, Stage, click, received


def written(stage: Stage) -> str:
    return stage.panel.send_bar.composer.box.text()


def number_of(stage: Stage, name: str) -> int:
    return next(one.id for one in stage.server.hub.clients.values() if one.name == name)


def test_text_goes_to_all(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.two() as (ann, ben):
            assert await stage.send("hello") == "Sent to 2 clients."
            assert [await received(one) for one in (ann, ben)] == ["hello", "hello"]
            assert written(stage) == ""

    run(scenario())


def test_a_chat_client_reads_a_notice(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Ann", chat=True) as ann:
            welcome = decode(str(await received(ann)))
            assert await stage.send("hello") == "Sent to 1 client."
            notice = decode(str(await received(ann)))
            assert (welcome.kind, notice.kind, notice.text) == (ChatKind.WELCOME, ChatKind.NOTICE, "hello")

    run(scenario())


def test_text_goes_to_a_room(stage: Stage, run: Run) -> None:
    target = stage.panel.send_bar.target

    async def scenario() -> None:
        async with stage.two() as (ann, ben):
            target.setCurrentIndex(target.findText("Room /rooms/blue (1)"))
            assert await stage.send("blue") == "Sent to 1 client in /rooms/blue."
            assert await received(ben) == "blue"
            target.setCurrentIndex(0)
            await stage.send("both")
            assert await received(ann) == "both"

    run(scenario())


def test_text_goes_to_the_client_that_was_chosen(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.two() as (ann, ben):
            stage.choose("Ben")
            assert await stage.send("one") == "Sent to Ben."
            assert await received(ben) == "one"
            stage.choose("Ann")
            assert await stage.send("two") == "Sent to Ann."
            assert await received(ann) == "two"

    run(scenario())


def test_a_target_does_not_change_while_somebody_writes(stage: Stage, run: Run) -> None:
    target = stage.panel.send_bar.target

    async def scenario() -> None:
        async with stage.two():
            stage.choose("Ben")
            stage.write("for Ben alone")
            stage.choose("Ann")
            assert target.value == Target(number_of(stage, "Ben"))
            assert "Only Ann" in [target.itemText(number) for number in range(target.count())]
            stage.panel.send_bar.composer.box.clear()
            stage.choose("Ben", "Ann")
            assert target.value == Target(number_of(stage, "Ben"))
            stage.choose("Ann")
            assert target.value == Target(number_of(stage, "Ann"))

    run(scenario())


def test_writing_to_a_client_can_be_asked_for_at_any_time(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.two():
            stage.write("so far")
            stage.choose("Ann")
            stage.panel.table.send_action.trigger()
            assert stage.panel.send_bar.target.value == Target(number_of(stage, "Ann"))
            assert stage.panel.send_bar.composer.box.hasFocus()

    run(scenario())


def test_what_nobody_gets_stays_in_the_box(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            assert await stage.send("hello?") == "Not sent: no client is connected."
            assert written(stage) == "hello?"
            async with stage.client("Ann", "/rooms/blue"):
                stage.panel.send_bar.target.setCurrentIndex(2)
            await until(lambda: stage.names == [])
            assert await stage.send("") == "Not sent: nobody is in /rooms/blue."
            assert written(stage) == "hello?"

    run(scenario())


def test_a_client_that_has_gone_is_named(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            async with stage.client("Ann"):
                stage.choose("Ann")
                stage.write("still there?")
            await until(lambda: stage.panel.send_bar.target.currentText() == "Ann (gone)")
            assert await stage.send("") == "Not sent: Ann is no longer connected."
            assert written(stage) == "still there?"

    run(scenario())


def test_shift_enter_starts_a_line_and_nothing_is_not_sent(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Ann") as ann:
            assert await stage.send("") == ""
            stage.write("one")
            QTest.keyClick(stage.panel.send_bar.composer.box, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            await stage.send("two")
            assert await received(ann) == "one\ntwo"

    run(scenario())


def test_bytes_are_typed_and_checked_in_place(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Ann") as ann:
            stage.panel.send_bar.form.setCurrentIndex(1)
            stage.write("48 65 6")
            assert stage.said == "2 bytes"
            assert "a digit too many or too few" in await stage.send("")
            assert written(stage) == "48 65 6"
            stage.write("C")
            assert stage.said == "3 bytes"
            assert await stage.send("") == "Sent to 1 client."
            assert await received(ann) == b"Hel"

    run(scenario())


def test_text_that_utf8_cannot_carry_stays_in_the_box(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Ann"):
            box = stage.panel.send_bar.composer.box
            box.setPlainText("half \ud83d")
            if box.text() == "half \ud83d":  # not every version of Qt for Python keeps it
                assert "surrogate" in await stage.send("")
                assert written(stage) == "half \ud83d"

    run(scenario())


def test_a_file_goes_as_one_binary_message(stage: Stage, run: Run, tmp_path: Path) -> None:
    data = bytes(range(256)) * 200
    (tmp_path / "photo.png").write_bytes(data)

    async def scenario() -> None:
        async with stage.running(), stage.client("Ann") as ann:
            stage.write("a draft")
            click(stage.panel.send_bar.file)
            (dialog,) = stage.panel.findChildren(QFileDialog)
            dialog.fileSelected.emit(str(tmp_path / "photo.png"))
            dialog.close()
            await until(lambda: "was sent" in stage.said)
            assert stage.said == "“photo.png” (51,200 bytes) was sent to 1 client."
            assert await received(ann) == data
            assert written(stage) == "a draft"

    run(scenario())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("big", "“big” was not sent: it has more than the 1,048,576 bytes that a message may have (see Settings)."),
        ("absent", "“absent” was not sent: it is not a file."),
        ("pipe", "“pipe” was not sent: it is not a file."),
    ],
)
def test_a_file_that_cannot_be_sent_is_explained(
    stage: Stage, run: Run, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "big").write_bytes(bytes(1024 * 1024 + 1))
    os.mkfifo(tmp_path / "pipe")

    async def scenario() -> None:
        async with stage.running(), stage.client("Ann"):
            stage.panel.send_bar.send_file(str(tmp_path / name))
            await until(lambda: len(stage.tasks) == 0)
            assert stage.said == sentence

    run(scenario())


def test_a_file_for_nobody(stage: Stage, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")

    async def scenario() -> None:
        async with stage.running():
            stage.panel.send_bar.send_file(str(tmp_path / "a"))
            await until(lambda: stage.said == "Not sent: no client is connected.")

    run(scenario())


def test_a_paste_that_is_too_long_is_refused_in_words(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.panel.send_bar.composer.box.refused.emit("Not pasted.")
            assert stage.said == "Not pasted."
            assert stage.panel.send_bar.target.value == EVERYBODY

    run(scenario())
