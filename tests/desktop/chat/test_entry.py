"""desktop.chat.entry and what looks, closing and failures make of it."""

import ssl
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.closing import CloseFrame, Closure
from desktop.chat.entry import Entry, EntryKind, read, shown
from desktop.chat.failures import explain
from desktop.chat.looks import body_of, bubble_text, line_of, look_of, sender_of, spoken
from servers.chat_protocol import ChatKind, ChatMessage, encode

BINARY = encode(ChatMessage(ChatKind.BROADCAST, "3 bytes", "Ben", id=7, size=3))


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
    assert look_of(entry).badge == "Binary broadcast, 3 bytes"


@pytest.mark.parametrize("after", [b"abcd", "text"])
def test_an_announcement_that_is_not_kept_stands_for_itself(after: str | bytes) -> None:
    first, second = _read(BINARY, after)
    assert (first.kind, first.text) == (EntryKind.BROADCAST, "3 bytes")
    assert second.data or second.text


@given(st.lists(st.one_of(st.text(), st.binary(), st.just(BINARY))))
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


def test_long_contents_are_cut_for_the_eye_and_whole_in_a_copy() -> None:
    text = Entry(EntryKind.PLAIN, 0, "x" * 5000)
    assert bubble_text(text).endswith(" … 1,000 more characters")
    assert body_of(text) == "x" * 5000
    data = Entry(EntryKind.BINARY, 0, data=bytes(200))
    assert bubble_text(data).endswith(" … 72 more bytes")
    assert body_of(data) == bytes(200).hex(" ")


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


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ssl.SSLCertVerificationError(1, "bad"), "The certificate of h port 1 is not trusted"),
        (ssl.SSLError(1, "strange"), "TLS with h port 1 failed: bad record type."),
        (OSError(113, "No route to host"), "h cannot be reached from this computer"),
        (ConnectionResetError(104, "reset"), "cut the connection during the handshake"),
        (OSError(24, "Too many open files"), "h port 1 cannot be reached: Too many open files."),
    ],
)
def test_failures_that_loopback_cannot_show(error: OSError, words: str) -> None:
    if isinstance(error, ssl.SSLError):
        error.reason = "BAD_RECORD_TYPE"
    if isinstance(error, ssl.SSLCertVerificationError):
        error.verify_message = "self-signed certificate"
    assert words in explain(error, "h", 1)
