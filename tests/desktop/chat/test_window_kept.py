"""What is typed and chosen in a chat window can be kept as JSON, and comes back from it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.chat.entry import EntryKind
from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.reading.groups import Group
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.stage import Stage, chatting, choose, entries, press, staged, state, tell, toggle, typed, write

NOWHERE = "ws://127.0.0.1:1"
TARGET = Target(
    "wss://{{host}}/x",
    "Zoë",
    headers=(HeaderRow("X-A", "1 {{b}}"), HeaderRow("X-B", "", False)),
    subprotocols="soup, stew",
    chat=ChatWish.NEVER,
    auth=AuthKind.BASIC,
    user="u",
    password="p",
    origin="http://o",
    cookies=False,
    proxy="http://proxy:8080",
    compression=False,
    verify=False,
    ca_file="/a.pem",
    client_cert="/b.pem",
    client_key="/c.pem",
    reconnect=True,
)


def not_connected(stage: Stage, target: Target | None = None) -> ChatWindow:
    """A window that was never connected."""
    window = ChatWindow(target or Target(NOWHERE, "Ann"), stage.surroundings)
    window.show()
    return window


@pytest.mark.parametrize("opens_panels", [True, False])
def test_everything_comes_back(run: Run, tmp_path: Path, opens_panels: bool) -> None:
    async def scenario() -> None:
        async with staged(NOWHERE, tmp_path) as stage:
            first, second = not_connected(stage, TARGET), not_connected(stage)
            if opens_panels:
                for name in first.bar.toggles:
                    await toggle(first, name)
            first.repeat.choice.count.setValue(77)
            first.repeat.choice.list.box.setPlainText("one\ntwo")
            choose(first, Form.HEX)
            write(first, "00 FF")
            first.box.history = (Outgoing("old"), Outgoing("[1]", Form.JSON, "Ben", True))
            first.pane.filter_bar.words.setText("needle")
            first.pane.filter_bar.kinds.choose(frozenset({Group.REPLY}))
            kept = json.loads(json.dumps(first.kept()))
            second.restore(kept)
            assert second.kept() == kept
            assert second.target() == TARGET
            assert second.box.outgoing() == Outgoing("00 FF", Form.HEX)
            assert second.box.history == first.box.history
            assert second.repeat.choice.count.value() == 77
            assert second.pane.filter_bar.filter.kinds == {Group.REPLY}
            assert second.panels() == (list(first.bar.toggles) if opens_panels else [])
            assert second.people.isVisible() is second.options.isVisible() is opens_panels
            for window in (first, second):
                await window.leave()
                window.close()
                window.deleteLater()

    run(scenario())


def test_a_conversation_is_not_kept_but_its_history_and_draft_are(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann = await stage.open()
            await tell(ann, "said")
            await until(lambda: entries(ann, EntryKind.REPLY))
            write(ann, "draft")
            ben = stage.windows.duplicate(ann)
            await until(lambda: entries(ben, EntryKind.JOIN))
            assert typed(ben) == "draft"
            assert texts_of(ben) == []
            assert ben.target().name == "Ben"
            assert state(ben) is state(ann)
            press(ben.box.content.editor, Qt.Key.Key_Up)
            assert typed(ben) == "said"

    def texts_of(window: ChatWindow) -> list[str]:
        return [entry.text for entry in entries(window) if entry.kind in (EntryKind.OWN, EntryKind.BROADCAST)]

    run(scenario())


def broken(kept: dict[str, Any]) -> None:
    for name in kept:
        kept[name] = {"target": 1, "box": [], "repeat": "x", "reading": None}.get(name, {"a": 1})


def emptied(kept: dict[str, Any]) -> None:
    kept.clear()


def wrong_inside(kept: dict[str, Any]) -> None:
    kept["target"] = {"url": 5, "name": "N", "headers": [1, {"name": "X", "value": 2}], "chat": "sometimes"}
    kept["box"] = {"draft": {"text": None, "form": "Morse"}, "history": [None, 3, {"text": "ok"}]}
    kept["repeat"] = {"source": "X", "count": "many", "interval": [], "list": 5}
    kept["reading"] = {"words": 3, "kinds": "all", "direction": 1}
    kept["panels"] = ["people", 3, "attic"]


@pytest.mark.parametrize("damage", [broken, emptied, wrong_inside])
def test_what_is_not_understood_is_left_out(run: Run, tmp_path: Path, damage: Callable[[dict[str, Any]], None]) -> None:
    async def scenario() -> None:
        async with staged(NOWHERE, tmp_path) as stage:
            window = not_connected(stage)
            kept: dict[str, Any] = json.loads(json.dumps(window.kept()))
            damage(kept)
            window.restore(kept)
            json.dumps(window.kept())
            await window.leave()
            window.close()
            window.deleteLater()

    run(scenario())
