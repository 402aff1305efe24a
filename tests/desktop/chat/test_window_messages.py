"""Messages of a chat window with variables, from the history and from what is saved; pings."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import shortcuts
from desktop.chat.entry import EntryKind
from desktop.chat.repeating.name_dialog import NameDialog
from desktop.chat.target import HeaderRow, Target
from desktop.chat.window import ChatWindow
from desktop.widgets.figures import latency_text
from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import (
    RETURN,
    SHIFT,
    chatting,
    click,
    click_entry,
    entries,
    opened,
    press,
    said,
    say,
    state,
    submit,
    tell,
    texts,
    toggle,
    typed,
    use_shortcut,
    write,
)


@dataclass(frozen=True)
class Variable:
    """One of the variables of the tests."""

    name: str
    value: str
    origin: str = "the test"
    secret: bool = False


class Variables(dict[str, str]):
    """Variables as the explorer has them."""

    def known(self) -> Iterable[Variable]:
        return [Variable(name, value) for name, value in self.items()]


class TestVariables:
    def test_are_filled_in_everywhere(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, receiver):
                values = Variables(host=receiver.url.removeprefix("ws://"), token="t<0>", who="Ann")
                stage.surroundings.variables = lambda: values
                header = HeaderRow("X-Token", "a{{token}}b")
                window = stage.windows.new_window(Target("ws://{{host}}/{{who}}", "N", headers=(header,)))
                await opened(window)
                request = receiver.connections[0].request
                assert request
                assert (request.path, request.headers["X-Token"]) == ("/Ann?name=N", "at<0>b")
                say(window, "hello {{who}} {{nobody}}")
                await until(lambda: receiver.got)
                assert receiver.got == ["hello Ann {{nobody}}"]
                assert window.target().url == "ws://{{host}}/{{who}}"
                values["who"] = "Ben"
                await until(lambda: typed(window) == "")
                say(window, "{{who}}")
                await until(lambda: len(receiver.got) == 2)
                assert receiver.got[-1] == "Ben"
                await until(lambda: typed(window) == "")
                press(window.box.content.editor, Qt.Key.Key_Up)
                assert typed(window) == "{{who}}"

        run(scenario())


class TestHistory:
    def test_comes_back_with_up_and_what_was_being_typed_with_down(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with chatting(tmp_path) as (stage, _):
                ann = await stage.open()
                for text in ("one", "two\nlines"):
                    await tell(ann, text)
                write(ann, "draft")
                editor, up, down = ann.box.content.editor, Qt.Key.Key_Up, Qt.Key.Key_Down
                press(editor, up)
                assert typed(ann) == "two\nlines"
                press(editor, up)
                assert typed(ann) == "one"
                press(editor, down)
                press(editor, down)
                assert typed(ann) == "draft"
                press(editor, up)
                press(editor, up)
                submit(ann)
                await until(lambda: texts(ann, EntryKind.OWN) == ["one", "two\nlines", "one"])
                await until(lambda: typed(ann) == "draft")

        run(scenario())


class TestPing:
    def test_with_data_shows_its_round_trip(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, _):
                ann = await stage.open()
                await toggle(ann, "ping")
                assert ann.ping.latency.text() == "no pong yet"
                QTest.keyClicks(ann.ping.data, "abc")
                press(ann.ping.data, RETURN)
                await until(lambda: entries(ann, EntryKind.PONG))
                ping, pong = entries(ann)[-2:]
                assert (ping.data, pong.data, ping.automatic, pong.automatic) == (b"abc", b"abc", False, False)
                assert pong.round_trip_ns
                took = latency_text(pong.round_trip_ns / 1e9)
                await until(lambda: ann.ping.latency.text() == took)
                await use_shortcut(ann, shortcuts.PING_SERVER)
                await until(lambda: len(entries(ann, EntryKind.PONG)) == 2)
                assert entries(ann, EntryKind.PONG)[1].data == b""

        run(scenario())

    def test_needs_a_connection(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with receiving(tmp_path) as (stage, _):
                ann = await stage.open()
                await toggle(ann, "ping")
                click(ann.bar.button)
                await until(lambda: state(ann) and not ann.is_open)
                assert not ann.ping.button.isEnabled()
                await use_shortcut(ann, shortcuts.PING_SERVER)
                await until(lambda: "Connect first" in said(ann))

        run(scenario())


class TestSaved:
    def test_are_put_into_the_box_or_sent_at_once(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with chatting(tmp_path, Mode.BROADCAST) as (stage, _):
                ann = await stage.open()
                write(ann, "greeting")
                self._open(ann)
                click_entry(ann.saved.entries, "&Save this message…")
                dialog = ann.findChildren(NameDialog)[-1]
                dialog.name.setText("Hello")
                press(dialog.name, RETURN)
                await until(lambda: not dialog.isVisible())
                ann.box.content.editor.selectAll()
                write(ann, "other")
                self._open(ann)
                click_entry(ann.saved.entries, "Hello")
                assert typed(ann) == "greeting"
                self._open(ann)
                self._send_now(ann)
                await until(lambda: texts(ann, EntryKind.OWN) == ["greeting"])
                ben = await stage.open()
                self._open(ben)
                click_entry(ben.saved.entries, "Hello")
                submit(ben)
                await until(lambda: texts(ben, EntryKind.OWN) == ["greeting"])

        run(scenario())

    def _open(self, window: ChatWindow) -> None:
        window.saved.entries.popup(window.pos())

    def _send_now(self, window: ChatWindow) -> None:
        action = window.saved.entries.actions()[0]
        place = window.saved.entries.actionGeometry(action).center()
        QTest.mouseClick(window.saved.entries, Qt.MouseButton.LeftButton, SHIFT, place)
