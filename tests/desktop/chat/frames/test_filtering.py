"""The line that narrows the frames."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.frames.filter_bar import FrameFilterBar
from desktop.chat.frames.filtering import KINDS, FrameFilter
from desktop.chat.frames.wire import WireFrame
from servers.exchange import Direction
from tests.desktop.chat.frames.samples import BAD, CLOSE, PING, SENT, TEXT

EVERY = [TEXT, SENT, PING, CLOSE, BAD]


@pytest.mark.parametrize(
    ("accepts", "accepted"),
    [
        (FrameFilter(), EVERY),
        (FrameFilter(direction=Direction.SENT), [SENT]),
        (FrameFilter(kind="Ping and pong"), [PING]),
        (FrameFilter(kind="Text"), [TEXT, SENT]),
        (FrameFilter(kind="Close"), [CLOSE]),
        (FrameFilter(kind="Without ping and pong"), [TEXT, SENT, CLOSE, BAD]),
        (FrameFilter(kind="With a fault"), [BAD]),
        (FrameFilter(text="AHOY"), [TEXT, SENT]),
        (FrameFilter(text="compressed"), [SENT]),
        (FrameFilter(text="3fa1"), [SENT]),
        (FrameFilter(text="going", direction=Direction.SENT), []),
    ],
)
def test_what_is_accepted(accepts: FrameFilter, accepted: list[WireFrame]) -> None:
    assert list(filter(accepts, EVERY)) == accepted
    assert accepts.accepts_all == (accepted is EVERY)


def test_the_bar_tells_what_is_chosen_and_none_for_everything(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    bar = FrameFilterBar(parent)
    heard: list[FrameFilter | None] = []
    bar.changed.connect(heard.append)
    bar.direction.setCurrentText("Received")
    bar.kind.setCurrentIndex(list(KINDS).index("Close"))
    bar.text.setText("x")
    assert heard[-1] == FrameFilter(Direction.RECEIVED, "Close", "x")
    bar.direction.setCurrentIndex(0)
    bar.kind.setCurrentIndex(0)
    bar.text.clear()
    assert heard[-1] is None
