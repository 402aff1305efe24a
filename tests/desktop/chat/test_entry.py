"""desktop.chat.entry and what looks, closing and failures make of it."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.closing import CloseFrame, Closure
from desktop.chat.entry import Entry, EntryKind, read, shown
from desktop.chat.transcript.looks import Place, body_of, label_of, line_of, look_of, sender_of, spoken
from servers.chat_protocol import ChatKind, ChatMessage, encode
from servers.exchange import Direction
from tests.servers.chat_messages import messages

BINARY = encode(ChatMessage(ChatKind.BROADCAST, "3 bytes", "Ben", id=7, size=3))


def _chat(kind: ChatKind, text: str = "", **fields: Any) -> ChatMessage:
    return ChatMessage(kind, text, **fields)


def _read(*messages: str | bytes) -> list[Entry]:
    found: list[Entry] = []
    announced = None
    for message in messages:
        entries, announced = read(message, announced, speaks_chat=True, own_name="Ann", at_ns=1)
        found += entries
    return found


def test_an_announced_binary_is_one_entry_with_its_sender() -> None:
    (entry,) = _read(BINARY, b"abc")
    assert (entry.kind, entry.sender, entry.data, entry.id) == (EntryKind.BINARY, "Ben", b"abc", 7)
    assert look_of(entry).badge == "Binary broadcast"


@pytest.mark.parametrize(
    ("announcement", "badge", "spoken_as", "place"),
    [
        (_chat(ChatKind.PRIVATE, sender="Ben", to="Ann"), "Private binary", " from Ben: 61 62 63", Place.LEFT),
        (_chat(ChatKind.PRIVATE, sender="Ann", to="Ben"), "Private binary", " to Ben: 61 62 63", Place.RIGHT),
        (_chat(ChatKind.NOTICE), "Binary notice from the server", ": 61 62 63", Place.FULL),
        (_chat(ChatKind.SAY), "Binary", ": 61 62 63", Place.LEFT),
    ],
)
def test_announced_bytes_look_like_what_announced_them(
    announcement: ChatMessage, badge: str, spoken_as: str, place: Place
) -> None:
    (entry,) = _read(encode(replace(announcement, text="3 bytes", size=3)), b"abc")
    assert (look_of(entry).badge, look_of(entry).place, look_of(entry).icon) == (badge, place, "hexadecimal")
    assert spoken(entry).startswith(f"{badge}{spoken_as}, ")
    assert body_of(entry) == "61 62 63"


def test_a_label_of_bytes_is_shown_but_not_copied_with_them() -> None:
    (entry,) = _read(encode(_chat(ChatKind.BROADCAST, "cat\n\u202egnp.png", sender="Ben", size=3)), b"abc")
    assert label_of(entry) == "cat\\n\\u202egnp.png"
    assert body_of(entry) == "61 62 63"
    (long,) = _read(encode(_chat(ChatKind.NOTICE, "x" * 5000, size=3)), b"abc")
    assert len(label_of(long)) < 300


@pytest.mark.parametrize(
    ("message", "kind", "mine", "words"),
    [
        (_chat(ChatKind.PRIVATE, "hi", sender="Ben", to="Ann"), EntryKind.PRIVATE, False, "Private from Ben: hi, "),
        (_chat(ChatKind.PRIVATE, "hi", sender="Ann", to="Ben"), EntryKind.PRIVATE, True, "Private to Ben: hi, "),
        (_chat(ChatKind.NOTICE, "hi"), EntryKind.NOTICE, False, "Notice from the server: hi, "),
        (_chat(ChatKind.NAME, "B is now C.", sender="C", was="B"), EntryKind.NAME, False, "Renamed: B is now C., "),
        (
            _chat(ChatKind.NAME, "Ann is now C.", sender="C", was="Ann"),
            EntryKind.NAME,
            True,
            "Renamed: Ann is now C. That is you., ",
        ),
        (
            _chat(ChatKind.CLIENTS, "2 clients are connected.", clients=("Ann", "B\u202e")),
            EntryKind.CLIENTS,
            False,
            "Clients: 2 clients are connected.\nAnn, B\\u202e, ",
        ),
        (_chat(ChatKind.PRIVATE, "hi", to="Ben"), EntryKind.ECHO, False, "Echo: hi, "),
        (_chat(ChatKind.NAME, "Anna"), EntryKind.ECHO, False, 'Echo: {"kind": "name", "text": "Anna"}, '),
        (_chat(ChatKind.LIST), EntryKind.ECHO, False, 'Echo: {"kind": "list", "text": ""}, '),
    ],
)
def test_a_kind_in_words(message: ChatMessage, kind: EntryKind, mine: bool, words: str) -> None:
    (entry,) = _read(encode(message))
    assert (entry.kind, entry.mine) == (kind, mine)
    assert spoken(entry).startswith(words)
    assert line_of(entry).endswith(words.removesuffix(", "))


def test_a_kind_of_a_later_version_stands_as_it_came() -> None:
    text = '{"kind": "poll", "text": "?", "size": 3}'
    first, second = _read(text, b"abc")
    assert (first.kind, first.text) == (EntryKind.PLAIN, text)
    assert (second.kind, second.data) == (EntryKind.BINARY, b"abc")


def test_a_nameless_client_owns_nothing() -> None:
    for kind in (ChatKind.BROADCAST, ChatKind.NAME):
        (entry,), _ = read(encode(_chat(kind, "hi")), None, speaks_chat=True, own_name="", at_ns=1)
        assert not entry.mine


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BROADCAST! hi", EntryKind.BROADCAST),
        ("SPECIAL! hi", EntryKind.REPLY),
        ("ECHO! hi", EntryKind.ECHO),
        ("PRIVATE! hi", EntryKind.PRIVATE),
        ("PRIVATE!hi", EntryKind.PLAIN),
        ('{"kind": "notice", "text": "hi"}', EntryKind.PLAIN),
    ],
)
def test_a_plain_server_is_understood_by_prefix(text: str, kind: EntryKind) -> None:
    (entry,), announced = read(text, None, speaks_chat=False, own_name="Ann", at_ns=1)
    assert (entry.kind, entry.text, sender_of(entry), announced) == (kind, text, "", None)


@pytest.mark.parametrize("after", [b"abcd", "text"])
def test_an_announcement_that_is_not_kept_stands_for_itself(after: str | bytes) -> None:
    first, second = _read(BINARY, after)
    assert (first.kind, first.text) == (EntryKind.BROADCAST, "3 bytes")
    assert second.data or second.text


@given(st.lists(st.one_of(st.text(), st.binary(max_size=5), st.just(BINARY), messages.map(encode))))
def test_nothing_that_arrives_is_lost_or_raises(messages: list[str | bytes]) -> None:
    entries = _read(*messages, "end")
    assert sum(len(entry.data) for entry in entries) == sum(len(one) for one in messages if isinstance(one, bytes))
    for entry in entries:
        assert spoken(entry)
        assert line_of(entry)


@given(st.text())
def test_shown_text_has_no_control_or_bidirectional_characters(text: str) -> None:
    safe = shown(text)
    assert safe.count("\n") == text.count("\n")
    assert {unicodedata.category(one) for one in safe if one != "\n"}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


def test_long_contents_are_cut_for_the_ear_and_whole_in_a_copy() -> None:
    text = Entry(EntryKind.PLAIN, 0, "x" * 5000)
    assert "x … 3,500 more characters, " in spoken(text)
    assert body_of(text) == "x" * 5000
    data = Entry(EntryKind.BINARY, 0, data=bytes(600))
    assert "00 … 100 more bytes, 600 bytes, " in spoken(data)
    assert body_of(data) == bytes(600).hex(" ")


def test_size_and_round_trip_are_read_out() -> None:
    entry = Entry(EntryKind.REPLY, 0, "hi", size=9, round_trip_ns=12_340_000)
    assert spoken(entry).startswith("Special reply to you: hi, 9 bytes, round trip 12.3 ms, ")
    assert spoken(Entry(EntryKind.ECHO, 0, "hi", size=1)).startswith("Echo: hi, 1 byte, ")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(EntryKind.PING, 0, data=b"abc", direction=Direction.SENT), "Ping sent: “abc”, "),
        (Entry(EntryKind.PONG, 0, data=b"\xff\x00"), "Pong received: ff 00, "),
        (Entry(EntryKind.PONG, 0, data=b"\n", automatic=True), "Pong received automatically: 0a, "),
        (Entry(EntryKind.OWN, 0, "hi", "Ann", direction=Direction.SENT, to="Ben"), "You to Ben: hi, "),
        (Entry(EntryKind.BROADCAST, 0, "hi", "to Ben"), "Broadcast from to Ben: hi, "),
    ],
)
def test_which_way_it_went_is_read_out(entry: Entry, words: str) -> None:
    assert spoken(entry).startswith(words)


def test_every_kind_is_told_apart_without_colour() -> None:
    looks = [look_of(Entry(kind, 0)) for kind in EntryKind]
    assert len({look.badge for look in looks}) == len({look.icon for look in looks}) == len(EntryKind)


def test_the_own_broadcast_names_you() -> None:
    (entry,) = _read(encode(ChatMessage(ChatKind.BROADCAST, "hi", "Ann")))
    assert sender_of(entry) == "Ann (you)"
    assert spoken(entry).startswith("Broadcast from Ann (you): hi, ")


@pytest.mark.parametrize(
    ("closure", "words"),
    [
        (Closure(CloseFrame(1000), CloseFrame(1000), False), "Closed by this client: 1000 (normal closure). Clean."),
        (
            Closure(CloseFrame(1000), CloseFrame(4000, "no"), False),
            "Closed by this client: 1000 (normal closure). The server answered 4000, reason “no”. Clean.",
        ),
        (Closure(CloseFrame(1005), CloseFrame(1005), True), "Closed by the server: 1005 (no code given). Clean."),
    ],
)
def test_a_closure_in_words(closure: Closure, words: str) -> None:
    assert str(closure) == words
