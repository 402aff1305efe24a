"""desktop.chat.inbox: everything that comes in stands in its true order, also where it is read late."""

from collections import deque

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.inbox import Inbox
from servers.chat_protocol import ChatKind, ChatMessage, encode
from servers.exchange import Kind
from tests.desktop.chat.records import passed


class Told:
    """An inbox with what it has told; ``arrive`` is what the connection does when a message is whole."""

    def __init__(self, name: str = "Ann", *, speaks_chat: bool = False) -> None:
        self.entries: list[Entry] = []
        self.inbox = Inbox(name, self.entries.append)
        self.inbox.speaks_chat = speaks_chat

    def arrive(self, content: str | bytes, at_ns: int = 0) -> None:
        is_text = isinstance(content, str)
        data = content.encode() if isinstance(content, str) else content
        self.inbox.record(passed(Kind.TEXT if is_text else Kind.BINARY, data, at_ns))

    def take(self, *contents: str | bytes) -> list[bool]:
        """Messages that arrive and are read at once; whether each told something of names."""
        learned = []
        for content in contents:
            self.arrive(content)
            learned.append(self.inbox.receive(content))
        return learned

    def kinds(self) -> list[EntryKind]:
        return [entry.kind for entry in self.entries]


def test_control_frames_wait_for_the_messages_before_them() -> None:
    one = Told()
    one.inbox.record(passed(Kind.PING, b"1", 1))
    assert one.kinds() == [EntryKind.PING]
    one.arrive("a", 2)
    one.inbox.record(passed(Kind.PING, b"2", 3))
    one.inbox.record(passed(Kind.PONG, b"2", 4, sent=True))
    one.arrive(b"b", 5)
    one.inbox.record(passed(Kind.PONG, b"3", 6))
    assert one.kinds() == [EntryKind.PING]
    one.inbox.receive("a")
    assert one.kinds()[1:] == [EntryKind.PLAIN, EntryKind.PING, EntryKind.PONG]
    one.inbox.receive(b"b")
    assert one.kinds()[4:] == [EntryKind.BINARY, EntryKind.PONG]
    assert [entry.at_ns for entry in one.entries] == [1, 2, 3, 4, 5, 6]


def test_what_this_client_sends_and_closes_waits_for_nobody() -> None:
    one = Told()
    for kind in (Kind.TEXT, Kind.BINARY, Kind.CLOSE):
        one.inbox.record(passed(kind, b"x", sent=True))
    one.inbox.record(passed(Kind.CLOSE, b"\x03\xe8"))
    one.take("next")
    assert one.kinds() == [EntryKind.PLAIN]


def test_messages_have_the_time_and_the_size_of_the_wire() -> None:
    one = Told()
    one.arrive("é", 77)
    one.inbox.receive("é")
    (entry,) = one.entries
    assert (entry.at_ns, entry.size) == (77, 2)


def test_an_answer_has_its_round_trip() -> None:
    one = Told()
    one.inbox.round_trips.sent("hi", 10)
    one.arrive("hi", 25)
    one.inbox.receive("hi")
    assert (one.kinds(), one.entries[0].round_trip_ns) == ([EntryKind.ECHO], 15)


def test_a_text_that_is_not_utf8_is_shown_at_the_end() -> None:
    one = Told()
    one.take("before")
    one.inbox.record(passed(Kind.PING, b"", 1))
    one.inbox.record(passed(Kind.TEXT, b"caf\xe9 \xff\xfe"))
    one.inbox.record(passed(Kind.PING, b"after", 2))
    one.inbox.end()
    assert one.kinds() == [EntryKind.PLAIN, EntryKind.PING, EntryKind.ERROR, EntryKind.PING]
    error = one.entries[2]
    assert error.text == r"The server sent a text that is not UTF-8: caf\xe9 \xff\xfe"
    assert error.size == 7
    one.inbox.end()
    assert len(one.entries) == 4


def test_names_are_learned_as_the_server_tells_them() -> None:
    one = Told("Ann", speaks_chat=True)
    welcome = encode(ChatMessage(ChatKind.WELCOME, "Welcome", "Ann 2"))
    renamed = encode(ChatMessage(ChatKind.NAME, "", "Anna", was="Ann 2"))
    kept = encode(ChatMessage(ChatKind.NAME, "", "Anna", was="Anna"))
    said = encode(ChatMessage(ChatKind.BROADCAST, "hi", "Ben"))
    listed = encode(ChatMessage(ChatKind.CLIENTS, "", clients=("Anna", "Ben")))
    assert one.take(welcome, renamed, kept, said, said, listed) == [True, True, False, True, False, False]
    assert (one.inbox.name, one.inbox.people.names) == ("Anna", ("Anna", "Ben"))


def test_an_announcement_is_joined_to_its_bytes() -> None:
    one = Told("Ann", speaks_chat=True)
    announced = encode(ChatMessage(ChatKind.BROADCAST, "cat.png", "Ben", id=3, size=2))
    one.take(announced)
    assert one.entries == []
    one.inbox.record(passed(Kind.PING))
    one.take(b"ab")
    assert one.kinds() == [EntryKind.PING, EntryKind.BINARY]
    assert (one.entries[1].sender, one.entries[1].text, one.entries[1].size) == ("Ben", "cat.png", 2)


class LateReader(RuleBasedStateMachine):
    """Frames pass at once; messages are read when the window has time for it."""

    def __init__(self) -> None:
        super().__init__()
        self.told, self.now = Told(), 0
        self.wire: list[tuple[str, int]] = []
        self.unread: deque[str] = deque()

    @rule()
    def message(self) -> None:
        self.now += 1
        text = f"message {self.now}"
        self.told.arrive(text, self.now)
        self.unread.append(text)
        self.wire.append(("message", self.now))

    @rule(kind=st.sampled_from((Kind.PING, Kind.PONG)), sent=st.booleans())
    def control(self, kind: Kind, sent: bool) -> None:
        self.now += 1
        self.told.inbox.record(passed(kind, b"", self.now, sent=sent))
        self.wire.append(("control", self.now))

    @precondition(lambda self: self.unread)
    @rule()
    def read(self) -> None:
        self.told.inbox.receive(self.unread.popleft())

    @invariant()
    def all_that_can_be_told_is_told_in_order(self) -> None:
        messages = [at_ns for what, at_ns in self.wire if what == "message"]
        first_unread = messages[-len(self.unread)] if self.unread else self.now + 1
        assert [one.at_ns for one in self.told.entries] == list(range(1, first_unread))

    def teardown(self) -> None:
        while self.unread:
            self.read()
        self.told.inbox.end()
        assert [one.at_ns for one in self.told.entries] == list(range(1, self.now + 1))


test_a_late_reader = LateReader.TestCase
