"""Measures how long each step of an attempt takes."""

from time import perf_counter_ns

from desktop.explorer.sending.reply import Timing

DNS, CONNECT, TLS, SEND, WAIT, RECEIVE = range(6)
"""The steps, in the order of Timing's fields."""


class Stopwatch:
    """Runs from its making; each moment belongs to one step, and SEND is the first one.

    ``started_ns`` and ``responded_ns``, 0 before the response's head has come, are ``perf_counter_ns`` values.
    """

    __slots__ = ("_last_ns", "_spent", "responded_ns", "started_ns", "step")

    def __init__(self) -> None:
        self.started_ns = self._last_ns = perf_counter_ns()
        self.responded_ns = 0
        self.step = SEND
        self._spent = [0] * 6

    def turn(self, step: int) -> None:
        """End the current step; ``step`` begins."""
        now = perf_counter_ns()
        self._spent[self.step] += now - self._last_ns
        self._last_ns, self.step = now, step

    def sent(self) -> None:
        """The request has gone out, unless its response came before its end."""
        if self.step == SEND:
            self.turn(WAIT)

    def responded(self) -> None:
        """The head of the response has come."""
        self.turn(RECEIVE)
        self.responded_ns = self._last_ns

    def timing(self, now_ns: int) -> Timing:
        """What was spent until ``now_ns``."""
        spent = self._spent.copy()
        spent[self.step] += now_ns - self._last_ns
        return Timing(*spent)
