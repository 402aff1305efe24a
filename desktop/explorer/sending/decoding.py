"""Undoes content codings (RFC 9110, section 8.4) piece by piece, while a body arrives."""

from collections.abc import Iterator

from desktop.explorer.sending.codings import PIECE, UNDO, Undo, damage, errors
from servers.exchange import Headers
from servers.logs import visible

ALWAYS = 64 * 1024 * 1024
MOST = 2 * 1024 * 1024 * 1024
FACTOR = 200
"""A body may unpack to ALWAYS bytes, and beyond that to FACTOR times of what has come, but to no more than MOST: text
shrinks to a twentieth, and what shrinks to a thousandth is made to fill memories."""

_MAX_CODINGS = 4
_LONGEST_NAME = 40
_STEP = 4096  # a stream of tiny members costs the square of this


class Decoder:
    """Takes a body as it comes and gives it without its codings, the last applied one undone first.

    ``fault`` is a sentence once something could not be undone; nothing more is made after that.
    """

    def __init__(self, headers: Headers) -> None:
        self.fault = ""
        self._came = self._made = 0
        codings = codings_of(headers)
        self._stages: list[_Stage] = []
        self._unknown = ""
        if len(codings) > _MAX_CODINGS:
            self.fault = f"The body has {len(codings)} content codings; it is shown as it came."
            return
        for coding in reversed(codings):
            if coding not in UNDO:
                name = visible(coding[:_LONGEST_NAME])
                self._unknown = f"The content coding “{name}” is not known here; the body is shown with it."
                break
            self._stages.append(_Stage(coding, UNDO[coding]()))

    def undo(self, data: bytes) -> Iterator[bytes]:
        """What the next piece unpacks to, in pieces of about PIECE bytes, made as they are taken."""
        self._came += len(data)
        yield from self._guarded(self._through(data, self._stages))

    def finish(self) -> Iterator[bytes]:
        """What is left at the end of the body."""
        if self._came:
            yield from self._guarded(self._rest())
            self.fault = self.fault or self._unknown

    def _guarded(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        if self.fault:
            return
        try:
            for piece in pieces:
                self._made += len(piece)
                yield piece
        except _DamagedError as error:
            self.fault = f"{error}; {self._shown()}"
        except _TooMuchError:
            self.fault = (
                f"Unpacking ended after {self._made >> 20} MB: so much in {self._came:,} bytes looks like an attack."
                if self._made < MOST - PIECE
                else f"Only the first {MOST >> 30} GB of the unpacked body are kept."
            )

    def _through(self, data: bytes, stages: "list[_Stage]") -> Iterator[bytes]:
        if not stages:
            yield data
            return
        for made in stages[0].undo(data, min(max(ALWAYS, FACTOR * self._came), MOST)):
            yield from self._through(made, stages[1:])

    def _rest(self) -> Iterator[bytes]:
        for number, stage in enumerate(self._stages):
            for made in stage.rest():
                yield from self._through(made, self._stages[number + 1 :])
            if not stage.ended:
                self.fault = f"The {stage.name} data ends too early; what could be decoded is shown."
                return

    def _shown(self) -> str:
        return "what came before is shown." if self._made else "it is shown as it came."


def codings_of(headers: Headers) -> list[str]:
    """The content codings in the order in which they were applied; repeated fields are one list."""
    values = [value for name, value in headers if name.lower() == "content-encoding"]
    named = [one.strip().lower() for one in ",".join(values).split(",")] if values else []
    return [one for one in named if one not in ("", "identity")]


class _DamagedError(Exception):
    """Data that its coding does not allow; the text says so, as a sentence begins."""


class _TooMuchError(Exception):
    """More came out than what went in can mean."""


class _Stage:
    """One coding, what it has made being counted."""

    def __init__(self, name: str, undo: Undo) -> None:
        self.name = name
        self._undo = undo
        self._made = 0

    @property
    def ended(self) -> bool:
        return self._undo.ended

    def undo(self, data: bytes, limit: int) -> Iterator[bytes]:
        try:
            for start in range(0, len(data), _STEP):
                for made in self._undo.undo(data[start : start + _STEP]):
                    self._made += len(made)
                    if self._made > limit:
                        raise _TooMuchError
                    yield made
        except errors() as error:
            raise _DamagedError(damage(self.name, error)) from error

    def rest(self) -> Iterator[bytes]:
        try:
            made = self._undo.rest()
        except errors() as error:
            raise _DamagedError(damage(self.name, error)) from error
        if made:
            yield made
