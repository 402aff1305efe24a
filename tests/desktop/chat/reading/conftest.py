"""A pane with its transcript, and how tests put messages into it and read them."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.pane import TranscriptPane


def fail(error: BaseException, where: str) -> None:
    raise AssertionError(where) from error


@pytest.fixture
def pane(qtbot: QtBot) -> TranscriptPane:
    """An empty pane of the size that it has in a small chat window."""
    pane = TranscriptPane(fail)
    qtbot.addWidget(pane)
    pane.resize(360, 300)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def said(*texts: str, kind: EntryKind = EntryKind.PLAIN) -> list[Entry]:
    """Messages with these texts."""
    return [Entry(kind, 0, text) for text in texts]


def add(pane: TranscriptPane, *entries: Entry) -> None:
    """Let these arrive, and be shown unless the pane is paused."""
    for entry in entries:
        pane.add(entry)
    pane.messages.flush()


def texts(pane: TranscriptPane) -> list[str]:
    """What is shown."""
    return [entry.text for entry in pane.messages.rows]
