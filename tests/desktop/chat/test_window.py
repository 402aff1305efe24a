"""Conversations in chat windows, with real widgets, the real server, real key presses and clicks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest

from desktop import theme
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.looks import Place, look_of
from desktop.chat.window import ChatWindow
from servers.settings import Mode
from servers.tls import LocalAuthority
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.stage import chatting, click, entries, press, say, staged, submit, tell, texts, toggle, typed
from tests.desktop.chat.test_tls import secure_server


def painted(window: ChatWindow, entry: Entry) -> tuple[str, str]:
    """The colours at the left edge and at the bottom inside the frame of an entry, as painted."""
    view = window.pane.transcript
    row = view.messages.rows.index(entry)
    view.scrollTo(view.messages.index(row, 0))
    pixmap = QPixmap(view.viewport().size())
    view.viewport().render(pixmap)
    frame = view.bubbles.bubble(entry, view.viewport().width()).frame
    frame.translate(0, view.rowViewportPosition(row))
    image = pixmap.toImage()
    x, y = int(frame.left()) + 2, int(frame.center().y())
    return image.pixelColor(x, y).name(), image.pixelColor(int(frame.left()) + 8, int(frame.bottom()) - 4).name()


def check_difference(window: ChatWindow) -> None:
    """Broadcast and special reply differ in words, in place, in shape and in what is painted."""
    view, colors = window.pane.transcript, theme.colors()
    kinds = (EntryKind.OWN, EntryKind.BROADCAST, EntryKind.REPLY)
    own, broadcast, reply = (entries(window, kind)[0] for kind in kinds)
    assert [look_of(one).badge for one in (own, broadcast, reply)] == ["You", "Broadcast", "Special reply to you"]
    assert [look_of(one).place for one in (own, broadcast, reply)] == [Place.RIGHT, Place.LEFT, Place.FULL]
    assert painted(window, reply) == (colors.reply_line, colors.reply)
    assert painted(window, broadcast) == (colors.broadcast, colors.broadcast)
    width = view.viewport().width()
    frames = {one.kind: view.bubbles.bubble(one, width).frame for one in (own, broadcast, reply)}
    assert frames[EntryKind.OWN].left() > width - frames[EntryKind.OWN].right()
    assert frames[EntryKind.BROADCAST].left() < width - frames[EntryKind.BROADCAST].right()
    assert frames[EntryKind.REPLY].width() > 0.9 * width


def test_two_windows_see_the_broadcast_and_one_the_special_reply(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann, ben = await stage.open(), await stage.open()
            assert [window.bar.name.text() for window in (ann, ben)] == ["Ann", "Ben"]
            say(ann, "hello\nall")
            await until(lambda: entries(ann, EntryKind.REPLY) and entries(ben, EntryKind.BROADCAST))
            (seen,) = entries(ben, EntryKind.BROADCAST)
            assert (seen.text, seen.sender) == ("hello\nall", "Ann")
            assert entries(ben, EntryKind.REPLY) == []
            await until(lambda: typed(ann) == "")
            (reply,) = entries(ann, EntryKind.REPLY)
            assert reply.round_trip_ns
            assert reply.id == seen.id
            check_difference(ann)
            theme.apply(QGuiApplication.instance(), theme.Scheme.DARK)  # type: ignore[arg-type] # the one there is
            check_difference(ann)

    run(scenario())


def test_two_windows_talk_over_tls(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await LocalAuthority(tmp_path).certificate()
        async with secure_server(tmp_path) as url, staged(url, tmp_path / "chat", tmp_path / "authority.pem") as stage:
            ann, ben = await stage.open(), await stage.open()
            await tell(ann, "hi")
            await until(lambda: entries(ann, EntryKind.REPLY) and entries(ben, EntryKind.BROADCAST))
            assert texts(ben, EntryKind.BROADCAST) == ["hi"]
            assert "TLS" in ann.state_bar.words.text()

    run(scenario())


def test_a_message_can_be_for_one_person_alone(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann, ben, cleo = await stage.open(), await stage.open(), await stage.open()
            await toggle(ann, "people")
            await until(lambda: ann.people.rows.stringList() == ["Ann (you)", "Ben", "Cleo"])
            press(ann.people.list, Qt.Key.Key_Home)
            assert not ann.people.private.isEnabled()
            press(ann.people.list, Qt.Key.Key_Down)
            click(ann.people.private)
            assert ann.box.controls.to_box.currentText() == "Only Ben"
            say(ann, "psst")
            await until(lambda: entries(ben, EntryKind.PRIVATE) and entries(ann, EntryKind.PRIVATE))
            assert [(one.sender, one.mine) for one in entries(ben, EntryKind.PRIVATE)] == [("Ann", False)]
            assert entries(ann, EntryKind.PRIVATE)[0].mine
            assert entries(ann, EntryKind.OWN)[0].to == "Ben"
            assert entries(cleo, EntryKind.PRIVATE) == entries(cleo, EntryKind.BROADCAST) == []
            ben.close()
            await until(lambda: ann.people.rows.stringList() == ["Ann (you)", "Cleo"])
            await until(lambda: ann.box.controls.to_box.currentText() == "Only Ben (gone)")
            await tell(ann, "still there?")
            await until(lambda: "no other client" in "".join(texts(ann, EntryKind.ERROR)))
            press(ann.box.controls.to_box, Qt.Key.Key_Home)
            await tell(ann, "all")
            await until(lambda: texts(cleo, EntryKind.BROADCAST) == ["all"])

    run(scenario())


def test_one_is_called_otherwise_everywhere(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann, ben = await stage.open(), await stage.open()
            await toggle(ann, "people")
            await until(lambda: len(ann.people.rows.stringList()) == 2)
            ann.people.name.selectAll()
            QTest.keyClicks(ann.people.name, "Ben")
            press(ann.people.name, Qt.Key.Key_Return)
            await until(lambda: ann.title_name == ann.bar.name.text() == ann.people.name.text() == "Ben 2")
            assert ann.windowTitle() == "Ben 2 – Portside chat"
            assert ann.people.rows.stringList() == ["Ben 2 (you)", "Ben"]
            assert "Connected as Ben 2." in ann.state_bar.words.text()
            await until(lambda: entries(ben, EntryKind.NAME))
            await tell(ann, "hi")
            await until(lambda: entries(ben, EntryKind.BROADCAST))
            assert entries(ben, EntryKind.BROADCAST)[0].sender == "Ben 2"

    run(scenario())


def test_entries_are_read_out_and_copied_safely(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path, Mode.VERBATIM) as (stage, _):
            ann = await stage.open()
            ann.box.content.editor.setPlainText("<b>bold</b>\x1b[31m\nnext")
            submit(ann)
            await until(lambda: entries(ann, EntryKind.ECHO))
            view = ann.pane.transcript
            row = view.messages.rows.index(entries(ann, EntryKind.ECHO)[0])
            index = view.messages.index(row, 0)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            assert spoken.startswith("Echo: <b>bold</b>\\x1b[31m\nnext, ")
            assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
            press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            assert QGuiApplication.clipboard().text() == "<b>bold</b>\\x1b[31m\nnext"
            press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            assert view.selected_entries() == view.messages.rows
            assert " Opened: Connected to " in view.selected_text()

    run(scenario())
