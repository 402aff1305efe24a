"""What is sent from a chat window arrives byte for byte, in every form."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.chat.entry import EntryKind
from desktop.chat.outgoing import Form
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import (
    RETURN,
    chatting,
    choose,
    click,
    entries,
    press,
    submit,
    tell,
    typed,
)


class TestForms:
    @pytest.mark.parametrize(
        ("form", "text", "wanted"),
        [
            (Form.TEXT, " a  b\n<b>c</b> ", " a  b\n<b>c</b> "),
            (Form.JSON, '{"a":  1.10,\n"a": 1E400}', '{"a":  1.10,\n"a": 1E400}'),
            (Form.HEX, "00 ff 0D0a", b"\x00\xff\r\n"),
            (Form.BASE64, "AP8=", b"\x00\xff"),
        ],
    )
    def test_arrive_byte_for_byte(self, run: Run, tmp_path: Path, form: Form, text: str, wanted: str | bytes) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, receiver):
                ann = await stage.open()
                choose(ann, form)
                ann.box.content.editor.insertPlainText(text)  # as pasted: typing would indent the JSON
                submit(ann)
                await until(lambda: receiver.got)
                assert receiver.got == [wanted]
                await until(lambda: typed(ann) == "")
                own = entries(ann, EntryKind.BINARY if isinstance(wanted, bytes) else EntryKind.OWN)[0]
                assert (own.data or own.text) == wanted

        run(scenario())

    def test_text_beyond_ascii_and_a_long_one(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, receiver):
                ann = await stage.open()
                for text in ("é\u202e\U0001f600\t\x00", "é" * 500_000):
                    ann.box.content.editor.setPlainText(text)
                    submit(ann)
                    await until(lambda: receiver.got)
                    assert receiver.got.pop() == text

        run(scenario())

    def test_a_file_arrives_whole_with_its_name_for_those_who_know_labels(self, run: Run, tmp_path: Path) -> None:
        content = bytes(range(256)) * 12_000
        (tmp_path / "picture of é.bin").write_bytes(content)

        async def plain() -> None:
            async with receiving(tmp_path) as (stage, receiver):
                await send(await stage.open())
                await until(lambda: receiver.got)
                assert receiver.got == [content]

        async def chat() -> None:
            async with chatting(tmp_path) as (stage, server):
                server.settings = replace(server.settings, max_message=2**22)
                ann, ben = await stage.open(), await stage.open()
                await send(ann)
                await until(lambda: entries(ben, EntryKind.BINARY))
                (entry,) = entries(ben, EntryKind.BINARY)
                assert (entry.data, entry.text, entry.sender) == (content, "picture of é.bin", "Ann")

        async def send(window: ChatWindow) -> None:
            choose(window, Form.FILE)
            window.box.content.file.field.setText(str(tmp_path / "picture of é.bin"))
            press(window.box.content.file.field, RETURN)

        run(plain())
        run(chat())

    @pytest.mark.parametrize(
        ("form", "text", "words"),
        [
            (Form.JSON, '{"a": }', "JSON"),
            (Form.HEX, "0g", "g"),
            (Form.BASE64, "A", "Base64"),
            (Form.FILE, "/no/such/file", "There is no file"),
        ],
    )
    def test_what_is_wrong_is_said_and_kept_and_not_sent(
        self, run: Run, tmp_path: Path, form: Form, text: str, words: str
    ) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, receiver):
                ann = await stage.open()
                choose(ann, form)
                ann.box.content.show_text(form, text)
                click(ann.box.controls.send)
                await until(lambda: words in ann.box.line.text())
                assert ann.box.outgoing().text == text
                choose(ann, Form.TEXT)
                ann.box.content.editor.selectAll()
                await tell(ann, "after")
                await until(lambda: receiver.got)
                assert receiver.got == ["after"]

        run(scenario())
