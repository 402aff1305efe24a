"""How many messages a client may send: as many a second as allowed, and as many at once."""

import time


class Allowance:
    """A token bucket that fills with ``rate`` messages a second and holds those of one second."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self) -> None:
        self._rate = 0
        self._left = 0.0
        self._at = 0.0

    def take(self, rate: int) -> bool:
        """Whether one more message is within ``rate`` a second; a rate of 0 has no bound."""
        if rate <= 0:
            return True
        now = time.monotonic()
        if rate != self._rate:
            self._rate, self._left = rate, float(rate)
        else:
            self._left = min(float(rate), self._left + (now - self._at) * rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
