"""desktop.chat.connecting.intake: everything arrives whole and in order, in pieces, and not while it is held."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.connecting import intake as intakes
from desktop.chat.connecting.intake import PIECE, Intake
from tests.conftest import Run

pytestmark = pytest.mark.without_qt


class Transport:
    """A transport as far as an intake knows one."""

    def __init__(self) -> None:
        self.is_reading, self.is_closed = True, False

    def pause_reading(self) -> None:
        self.is_reading = False

    def resume_reading(self) -> None:
        self.is_reading = True

    def is_closing(self) -> bool:
        return self.is_closed


class Fed:
    """An intake with what it has handed on."""

    def __init__(self) -> None:
        self.transport, self.pieces = Transport(), list[bytes]()
        self.intake = Intake(self.transport, self.pieces.append)  # type: ignore[arg-type] # all that is used of one

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces)


async def _turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@given(chunks=st.lists(st.integers(1, 3 * PIECE), min_size=1, max_size=5), in_time=st.booleans())
def test_everything_arrives_in_order_and_in_pieces(chunks: list[int], in_time: bool) -> None:
    data = [bytes([number]) * size for number, size in enumerate(chunks)]

    async def scenario() -> None:
        fed = Fed()
        for chunk in data:
            fed.intake.received(chunk)
        await _turns()
        assert fed.data == b"".join(data)
        assert max(map(len, fed.pieces)) <= PIECE
        assert fed.transport.is_reading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intakes, "_PASS", 1000.0 if in_time else -1.0)
        asyncio.run(scenario())


def test_others_have_their_turn_between_two_pieces(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes, "_PASS", -1.0)

    async def scenario() -> None:
        fed = Fed()
        fed.intake.received(bytes(3 * PIECE))
        assert len(fed.pieces) == 1
        assert not fed.transport.is_reading
        await _turns()
        assert len(fed.pieces) == 3
        assert fed.transport.is_reading

    run(scenario())


def test_what_is_held_waits_and_is_not_read_on(run: Run) -> None:
    async def scenario() -> None:
        fed = Fed()
        fed.intake.hold()
        fed.intake.received(b"held")
        fed.intake.received(b" back")
        await _turns()
        assert (fed.data, fed.transport.is_reading) == (b"", False)
        fed.intake.release()
        assert not fed.data
        await _turns()
        assert (fed.data, fed.transport.is_reading) == (b"held back", True)
        fed.intake.hold()
        fed.intake.release()
        assert fed.transport.is_reading

    run(scenario())


@pytest.mark.parametrize("is_closed", [False, True])
def test_at_the_end_the_rest_is_handed_on_unless_nobody_waits_for_it(run: Run, is_closed: bool) -> None:
    async def scenario() -> None:
        fed = Fed()
        fed.intake.hold()
        fed.intake.received(bytes(2 * PIECE))
        fed.transport.is_closed = is_closed
        fed.intake.finish()
        assert len(fed.data) == (0 if is_closed else 2 * PIECE)
        fed.intake.release()
        await _turns()
        assert len(fed.data) == (0 if is_closed else 2 * PIECE)

    run(scenario())
