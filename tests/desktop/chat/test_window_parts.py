"""Where the parts of a chat window stand, and what makes room for the messages in a low one."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.chat.session import State
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.stage import chatting, click, press, state


def turn(window: QWidget, part: QWidget) -> int:
    """When Tab comes to the part or to what is in it, counted from the window on."""
    turns, one = [window], window.nextInFocusChain()
    while one is not None and one is not window:
        turns.append(one)
        one = one.nextInFocusChain()
    return next(
        number
        for number, one in enumerate(turns)
        if (one is part or part.isAncestorOf(one)) and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    )


def test_in_a_low_window_the_messages_get_the_room_of_an_empty_box(tmp_path: Path, run: Run) -> None:
    async def steps() -> None:
        async with chatting(tmp_path) as (stage, _):
            window = await stage.open()
            editor = window.box.content.editor
            window.resize(640, 375)
            await until(lambda: editor.height() < 2 * editor.fontMetrics().lineSpacing())
            window.resize(640, 640)
            await until(lambda: editor.height() > 3 * editor.fontMetrics().lineSpacing())

    run(steps())


def test_tab_goes_from_part_to_part_as_they_stand(tmp_path: Path, run: Run) -> None:
    async def steps() -> None:
        async with chatting(tmp_path) as (stage, _):
            window = await stage.open()
            window.show_panels(["options", "repeat", "ping", "close"])
            parts = (window.bar.url, window.close_row.code, window.ping.data, window.options.headers, window.pane)
            below = (window.repeat.button, window.box.content.editor, window.saved, window.box.controls.send)
            for first, second in pairwise(parts + below):
                assert turn(window, first) < turn(window, second)

    run(steps())


def test_the_list_of_people_is_asked_for_in_every_connection_while_it_is_seen(tmp_path: Path, run: Run) -> None:
    async def steps() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann, ben = await stage.open(name="Ann"), await stage.open(name="Ben")
            click(ben.bar.toggles["people"])
            await until(lambda: ben.people.rows.stringList() == ["Ben (you)", "Ann"])
            click(ben.bar.button)
            await until(lambda: state(ben) is State.CLOSED)
            click(ben.bar.button)
            await until(lambda: ben.people.rows.stringList() == ["Ben (you)", "Ann"])
            assert ann.is_open

    run(steps())


def test_who_is_there_is_asked_for_with_the_list_of_receivers(tmp_path: Path, run: Run) -> None:
    async def steps() -> None:
        async with chatting(tmp_path) as (stage, _):
            await stage.open(name="Ann")
            ben = await stage.open(name="Ben")
            to_box = ben.box.controls.to_box
            press(to_box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
            await until(lambda: to_box.view().isVisible())
            assert [to_box.itemText(row) for row in range(to_box.count())][:2] == ["Everyone", "Only Ann"]
            to_box.hidePopup()

    run(steps())
