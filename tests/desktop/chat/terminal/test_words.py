"""desktop.chat.terminal.words: what the terminal shows of each entry."""

import pytest

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.terminal.words import line_of
from servers.exchange import Direction

SENT = Direction.SENT


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Entry(EntryKind.OWN, 0, "hi", direction=SENT), "To server:   hi"),
        (Entry(EntryKind.BINARY, 0, data=b"\x00\xff", direction=SENT), "To server:   2 bytes: 00 ff"),
        (Entry(EntryKind.BROADCAST, 0, "hi", "Ben"), "From server: [broadcast from Ben] hi"),
        (Entry(EntryKind.BROADCAST, 0, "hi", "Ann", mine=True), "From server: [broadcast from Ann (you)] hi"),
        (Entry(EntryKind.REPLY, 0, "hi", "Ann"), "From server: [special reply to you] hi"),
        (Entry(EntryKind.PRIVATE, 0, "psst", "Ben"), "From server: [private from Ben] psst"),
        (Entry(EntryKind.ECHO, 0, "ECHO! hi"), "From server: [echo] ECHO! hi"),
        (Entry(EntryKind.JOIN, 0, "Ben joined.", "Ben"), "From server: Ben joined."),
        (
            Entry(EntryKind.BINARY, 0, data=b"ab", sender="Ben", announced=EntryKind.BROADCAST),
            "From server: [broadcast, binary from Ben] 2 bytes: 61 62",
        ),
        (Entry(EntryKind.BINARY, 0, data=bytes(65)), f"From server: [binary] 65 bytes: {bytes(64).hex(' ')} …"),
        (Entry(EntryKind.CLOSE, 0, "Closed."), "Closed."),
        (Entry(EntryKind.PING, 0, automatic=True), ""),
    ],
)
def test_each_kind_is_marked(entry: Entry, line: str) -> None:
    assert line_of(entry, speaks_chat=True) == line


@pytest.mark.parametrize("text", ["BROADCAST! hi", "SPECIAL! hi", "ECHO! hi"])
def test_a_plain_servers_own_words_are_mark_enough(text: str) -> None:
    kind = {"B": EntryKind.BROADCAST, "S": EntryKind.REPLY, "E": EntryKind.ECHO}[text[0]]
    assert line_of(Entry(kind, 0, text), speaks_chat=False) == f"From server: {text}"


def test_what_comes_back_without_a_word_is_marked() -> None:
    assert line_of(Entry(EntryKind.ECHO, 0, "hi"), speaks_chat=False) == "From server: [echo] hi"


def test_nothing_from_the_wire_steers_the_terminal() -> None:
    line = line_of(Entry(EntryKind.BROADCAST, 0, "\x1b[2Jgone\r\n\u202e", "\x1b]0;x\x07"), speaks_chat=True)
    assert line.isprintable()
