"""desktop.chat.pings: which ping a pong answers, how long that took, and whether a person wanted it."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.pings import Pings
from servers.exchange import Direction, Kind
from tests.desktop.chat.records import passed


def _ping(pings: Pings, data: bytes, at_ns: int, *, wanted: bool = True) -> Entry:
    if wanted:
        pings.wanted(data)
    return pings.entry(passed(Kind.PING, data, at_ns, sent=True))


def _pong(pings: Pings, data: bytes, at_ns: int) -> Entry:
    return pings.entry(passed(Kind.PONG, data, at_ns))


def test_the_pong_of_a_wanted_ping_has_its_round_trip() -> None:
    pings = Pings()
    assert pings.latency is None
    ping = _ping(pings, b"abc", 1_000)
    assert (ping.kind, ping.direction, ping.data, ping.automatic) == (EntryKind.PING, Direction.SENT, b"abc", False)
    pong = _pong(pings, b"abc", 3_500)
    assert (pong.kind, pong.direction, pong.data, pong.size) == (EntryKind.PONG, Direction.RECEIVED, b"abc", 3)
    assert (pong.automatic, pong.round_trip_ns) == (False, 2_500)
    assert pings.latency == 2.5e-6


def test_keeping_alive_is_automatic_and_measured_as_well() -> None:
    pings = Pings()
    assert _ping(pings, b"keep", 0, wanted=False).automatic
    pong = _pong(pings, b"keep", 7)
    assert (pong.automatic, pong.round_trip_ns) == (True, 7)


def test_the_servers_pings_and_the_pongs_to_them_are_automatic() -> None:
    pings = Pings()
    ping = pings.entry(passed(Kind.PING, b"x", 1))
    pong = pings.entry(passed(Kind.PONG, b"x", 2, sent=True))
    assert ping.automatic
    assert pong.automatic
    assert (pong.direction, pong.round_trip_ns, pings.latency) == (Direction.SENT, None, None)


def test_two_pings_with_the_same_data_are_answered_one_after_the_other() -> None:
    pings = Pings()
    _ping(pings, b"", 10)
    _ping(pings, b"", 20)
    first, second, third = (_pong(pings, b"", at_ns) for at_ns in (30, 50, 60))
    assert [first.round_trip_ns, second.round_trip_ns, third.round_trip_ns] == [20, 30, None]
    assert [first.automatic, second.automatic, third.automatic] == [False, False, True]
    assert pings.latency == 30e-9


def test_an_unsolicited_pong_changes_nothing() -> None:
    pings = Pings()
    _ping(pings, b"a", 1)
    pong = _pong(pings, b"b", 2)
    assert (pong.automatic, pong.round_trip_ns, pings.latency) == (True, None, None)
    assert _pong(pings, b"a", 3).round_trip_ns == 2


def test_a_server_that_never_answers_costs_no_memory() -> None:
    pings = Pings()
    for number in range(500):
        _ping(pings, b"%d" % number, number)
    assert _pong(pings, b"0", 1_000).round_trip_ns is None
    assert _pong(pings, b"499", 1_000).round_trip_ns == 501


class AnyOrder(RuleBasedStateMachine):
    """Pings of both sides, and pongs that come in any order, twice, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.pings, self.now = Pings(), 0
        self.open: list[tuple[bytes, int, bool]] = []
        self.latency: float | None = None

    @rule(data=st.sampled_from((b"", b"a", b"b")), wanted=st.booleans())
    def ping(self, data: bytes, wanted: bool) -> None:
        self.now += 1
        assert _ping(self.pings, data, self.now, wanted=wanted).automatic is not wanted
        self.open.append((data, self.now, wanted))

    @precondition(lambda self: self.open)
    @rule(choice=st.data())
    def answer(self, choice: st.DataObject) -> None:
        self.now += 1
        data, at_ns, wanted = choice.draw(st.sampled_from(self.open))
        data, at_ns, wanted = next(one for one in self.open if one[0] == data)
        self.open.remove((data, at_ns, wanted))
        pong = _pong(self.pings, data, self.now)
        assert (pong.round_trip_ns, pong.automatic) == (self.now - at_ns, not wanted)
        self.latency = (self.now - at_ns) / 1e9

    @rule(sent=st.booleans())
    def stray(self, sent: bool) -> None:
        self.now += 1
        pong = self.pings.entry(passed(Kind.PONG, b"stray", self.now, sent=sent))
        assert (pong.automatic, pong.round_trip_ns) == (True, None)

    @invariant()
    def latency_is_that_of_the_last_answer(self) -> None:
        assert self.pings.latency == self.latency


test_any_order = AnyOrder.TestCase
