"""The frames of a chat window stand in place of its messages when that is switched on."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop import shortcuts
from desktop.chat.entry import EntryKind
from desktop.chat.frames.columns import COLUMNS
from desktop.chat.window import ChatWindow
from servers.exchange import Direction
from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import chatting, click, entries, press, say, tell, toggle, use_shortcut

TITLES = [column.title for column in COLUMNS]


def rows(window: ChatWindow) -> list[dict[str, str]]:
    """What stands in the table, by the titles of its columns."""
    model = window.frames.table.model()
    return [
        {title: str(model.index(row, column).data()) for column, title in enumerate(TITLES)}
        for row in range(model.rowCount())
    ]


def test_compressed_and_masked_frames_are_told_apart(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path, Mode.VERBATIM) as (stage, _):
            ann = await stage.open()
            await toggle(ann, "frames")
            assert not ann.pane.isVisible()
            text = "again and " * 50
            ann.box.content.editor.setPlainText(text)
            click(ann.box.controls.send)
            await until(lambda: len(rows(ann)) == 3)
            welcome, sent, received = rows(ann)
            assert (sent["Direction"], received["Direction"]) == ("→ sent", "← received")
            assert [row["Opcode"] for row in (welcome, sent, received)] == ["0x1 text"] * 3
            assert [row["RSV"] for row in (sent, received)] == ["compressed"] * 2
            assert (len(sent["Mask"]), received["Mask"]) == (8, "no")
            assert int(sent["Wire"]) < 200 < int(sent["Inflated"])
            press(ann.frames.table, Qt.Key.Key_Home)
            press(ann.frames.table, Qt.Key.Key_Down)
            assert "1, the payload is masked" in ann.frames.detail.text.text()
            await use_shortcut(ann, shortcuts.SHOW_FRAMES)
            assert ann.pane.isVisible()
            assert not ann.frames.isVisible()
            assert entries(ann, EntryKind.ECHO)

    run(scenario())


def test_fragments_pings_and_the_close_are_there(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open(compression=False)
            await tell(ann, "before anybody looks")
            await toggle(ann, "frames")
            await receiver.connections[0].send(["frag", "ment", "s"])
            await (await receiver.connections[0].ping(b"there?"))
            await receiver.connections[0].close(4000, "bye")
            await until(lambda: len(rows(ann)) >= 8)
            seen = [(row["Opcode"], row["FIN"], row["Fragment"]) for row in rows(ann)]
            assert (
                seen
                == [
                    ("0x1 text", "1", ""),
                    ("0x1 text", "0", "1"),
                    ("0x0 continuation", "0", "2"),
                    ("0x0 continuation", "0", "3"),
                    ("0x0 continuation", "1", "4"),
                    ("0x9 ping", "1", ""),
                    ("0xA pong", "1", ""),
                    ("0x8 close", "1", ""),
                    ("0x8 close", "1", ""),
                ][: len(seen)]
            )
            await until(lambda: len(rows(ann)) == 9)
            ways = [frame.direction for frame in ann.frames.table.ring.rows[-2:]]
            assert ways == [Direction.RECEIVED, Direction.SENT]
            assert "4000" in rows(ann)[-1]["Content"]

    run(scenario())


def test_a_filter_narrows_them(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann = await stage.open()
            await toggle(ann, "frames")
            say(ann, "needle")
            await until(lambda: len(rows(ann)) == 4)
            ann.frames.filter.text.setText("NEEDLE")
            await until(lambda: len(rows(ann)) == 3)
            press(ann.frames.filter.direction, Qt.Key.Key_Down)
            await until(lambda: [row["Direction"] for row in rows(ann)] == ["→ sent"])
            click(ann.frames.clear_button)
            assert rows(ann) == []

    run(scenario())
