"""Servers that abuse the chat subprotocol: what they say is shown, fools nobody, and costs little."""

import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QWidget

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.people import MOST
from desktop.chat.reading.export import as_text
from desktop.chat.session import State
from desktop.chat.terminal.words import line_of
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import Client, raw_server, until
from tests.desktop.chat.stage import entries, said, staged, state, toggle
from tests.desktop.chat.wire import BINARY, CHAT, TEXT, WELCOME, chat, close, frame, sends

LONG = "N" * 1_000_000
EVIL = "\x1b[31mred\u202e\u2066\u200fevil\x07\r\n\u2028<b>bold</b>"
LAST = close(1000)
Role = Qt.ItemDataRole
_ROLES = (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole)


def _told(run: Run, *frames: bytes) -> list[Entry]:
    """What a session tells after the welcome, of messages alone."""

    async def scenario() -> list[Entry]:
        async with raw_server(sends((WELCOME, *frames, LAST), CHAT)) as url:
            client = await Client(url).ended()
            assert client.life.exception() is None
            assert client.session.outcome == "Closed by the server: 1000 (normal closure). Clean."
            return client.entries[2:-1]

    return run(scenario())


@pytest.mark.parametrize(
    ("frames", "kinds"),
    [
        ((chat("broadcast", "f", sender="Ben", size=3), frame(BINARY, b"12345")), ["broadcast", "binary"]),
        (
            (
                chat("broadcast", "f", sender="Ben", size=3),
                chat("broadcast", "g", sender="Ben", size=3),
                frame(BINARY, b"123"),
            ),
            ["broadcast", "binary"],
        ),
        ((chat("broadcast", "f", size=3),), ["broadcast"]),
        ((chat("broadcast", "f", size=2**53 - 1), frame(TEXT, b"no")), ["broadcast", "plain"]),
        ((chat("broadcast", "f", size=-1), chat("broadcast", "f", size=2**53)), ["plain", "plain"]),
        ((chat("dance", "f"), frame(TEXT, b'{"kind": [1]}'), frame(TEXT, b"null"), frame(TEXT, b"\0")), ["plain"] * 4),
        ((frame(TEXT, b"[" * 100_000), frame(TEXT, b'{"kind":' * 50_000)), ["plain", "plain"]),
        ((frame(TEXT, b'{"kind":"reply","text":"a","id":' + b"9" * 100_000 + b"}"),), ["plain"]),
        ((frame(TEXT, b'{"kind":"reply","text":"\\ud800"}'),), ["plain"]),
        ((chat("broadcast", "a", id=7),) * 2 + (chat("reply", "b", id=7),) * 2, ["broadcast"] * 2 + ["reply"] * 2),
        ((chat("join", "j", sender=LONG), chat("leave", "l", sender="who?")), ["join", "leave"]),
    ],
)
def test_nothing_that_a_server_says_is_lost(run: Run, frames: tuple[bytes, ...], kinds: list[str]) -> None:
    assert [entry.kind.value for entry in _told(run, *frames)] == kinds


def test_of_very_many_names_only_so_many_are_kept(run: Run) -> None:
    async def scenario() -> None:
        names = [f"name {number}" for number in range(100_000)]
        crowd = chat("clients", "100000", clients=names)
        others = (chat("broadcast", "hi", sender=f"other {number}") for number in range(1000))
        async with raw_server(sends((WELCOME, crowd, *others, LAST), CHAT)) as url:
            client = await Client(url).ended()
            assert len(client.session.names) == MOST
            assert len(client.of(EntryKind.CLIENTS)[0].names) == 100_000
            assert len(client.of(EntryKind.BROADCAST)) == 1000

    run(scenario())


def test_thousands_who_come_and_go_are_shown_at_leisure(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0
    show = ChatWindow._show_state

    def counted(window: ChatWindow) -> None:
        nonlocal count
        count += 1
        show(window)

    monkeypatch.setattr(ChatWindow, "_show_state", counted)
    moves = [chat(kind, kind, sender=f"J{number}") for number in range(2000) for kind in ("join", "leave")]

    async def scenario() -> None:
        async with (
            raw_server(sends((WELCOME, *moves, chat("join", "j", sender="Zoe")), CHAT)) as url,
            staged(url, tmp_path) as stage,
        ):
            ann = await stage.open(name="Ann")
            await toggle(ann, "people")
            await until(lambda: len(entries(ann)) == len(moves) + 3)
            await until(lambda: ann.people.rows.stringList() == ["Ann (you)", "Zoe"])

    run(scenario())
    assert count < len(moves) / 10


def test_a_name_without_end_is_shown_by_its_beginning(run: Run, tmp_path: Path) -> None:
    frames = (
        WELCOME,
        chat("join", "j", sender=LONG),
        chat("broadcast", "b", sender=LONG),
        chat("private", "p", sender=LONG, to="Ann"),
        chat("name", "n", sender=LONG + "me", was="Ann"),
    )

    async def scenario() -> None:
        async with raw_server(sends(frames, CHAT)) as url, staged(url, tmp_path) as stage:
            ann = await stage.open(name="Ann")
            await toggle(ann, "people")
            await until(
                lambda: len(entries(ann)) == len(frames) + 1 and "N…" in said(ann) and "N…" in ann.windowTitle()
            )
            assert max(map(len, _shown(ann))) < 1000

    run(scenario())


def test_nothing_that_is_shown_can_fool_a_reader(run: Run, tmp_path: Path) -> None:
    kinds = ("broadcast", "reply", "echo", "notice", "error", "join", "leave")
    frames = (
        WELCOME,
        *(chat(kind, EVIL, sender=EVIL, id=1) for kind in kinds),
        chat("private", EVIL, sender=EVIL, to="Ann"),
        chat("broadcast", EVIL, sender=EVIL, size=3),
        frame(BINARY, b"\x1b[m"),
        chat("clients", EVIL, clients=[EVIL, "Ann"]),
        chat("name", EVIL, sender=EVIL, was="Ann"),
        frame(TEXT, EVIL.encode()),
    )

    async def scenario() -> None:
        async with raw_server(sends(frames, CHAT)) as url, staged(url, tmp_path) as stage:
            ann = await stage.open(name="Ann")
            await toggle(ann, "people")
            await until(
                lambda: len(entries(ann)) == len(frames) and r"\x1b" in said(ann) and r"\x1b" in ann.windowTitle()
            )
            shown = [*_shown(ann), *as_text(entries(ann)), *(line_of(one, speaks_chat=True) for one in entries(ann))]
            for text in shown:
                assert not [c for c in text.replace("\n", "") if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}], (
                    text
                )
            assert not any("<b>" in str(index.data(Role.ToolTipRole)) for index in _indexes(ann))
            told = [label for label in ann.findChildren(QLabel) if "<b>" in label.text()]
            assert told
            assert all(label.textFormat() is Qt.TextFormat.PlainText for label in told)

    run(scenario())


def test_what_a_close_frame_says_is_escaped(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        reason = EVIL.encode()[:100]
        async with raw_server(sends((WELCOME, close(4000, reason)), CHAT)) as url, staged(url, tmp_path) as stage:
            window = stage.windows.new_window()
            await until(lambda: state(window) is State.CLOSED)
            assert r"\x1b[31mred\u202e" in said(window)
            assert "\x1b" not in "".join(_shown(window))

    run(scenario())


def _indexes(window: ChatWindow) -> list[QModelIndex]:
    model = window.pane.messages
    return [model.index(row, 0) for row in range(model.rowCount())]


def _shown(window: ChatWindow) -> list[str]:
    """All texts of a window, tooltips and what screen readers get included."""
    window.pane.messages.flush()
    texts = [window.windowTitle(), *(str(index.data(role)) for index in _indexes(window) for role in _ROLES)]
    for widget in window.findChildren(QWidget):
        texts += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(number) for number in range(widget.count())]
        if isinstance(widget, QPlainTextEdit) and widget.isReadOnly():
            texts.append(widget.toPlainText())
    return [*texts, *window.people.rows.stringList()]
