"""The content codings that can be undone, each a little at a time."""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

PIECE = 64 * 1024
"""About so many bytes are made at a time."""

_ZSTD_WINDOW_LOG = 23  # 8 MB, the most that RFC 9659 allows


class Undo(Protocol):
    """One coding. ``ended`` tells whether its data came to an end; ``rest`` is what is left then. Raises ``errors``."""

    @property
    def ended(self) -> bool: ...
    def undo(self, data: bytes) -> Iterator[bytes]: ...
    def rest(self) -> bytes: ...


class _Gzip:
    """RFC 1952: any number of members, one after the other."""

    window = zlib.MAX_WBITS | 16

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(self.window)

    @property
    def ended(self) -> bool:
        return self._inflater.eof

    def undo(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inflater.eof:
                self._inflater = zlib.decompressobj(self.window)
            made = self._inflater.decompress(data, PIECE)
            if made:
                yield made
            data = self._inflater.unconsumed_tail or self._inflater.unused_data

    def rest(self) -> bytes:
        return b"" if self._inflater.eof else self._inflater.flush()


class _Deflate(_Gzip):
    """RFC 1950, and RFC 1951 too: some servers leave out the header that RFC 9110, section 8.4.1.2, asks for."""

    window = zlib.MAX_WBITS

    def __init__(self) -> None:
        super().__init__()
        self._start: bytes | None = b""

    def undo(self, data: bytes) -> Iterator[bytes]:
        if self._start is not None:
            data = self._start + data
            if len(data) < 2:
                self._start = data
                return
            self._start = None
            if data[0] & 15 != 8 or (data[0] << 8 | data[1]) % 31:
                self.window = -zlib.MAX_WBITS
                self._inflater = zlib.decompressobj(self.window)
        yield from super().undo(data)


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        import brotli

        self._unpacker: Any = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._unpacker.is_finished())

    def undo(self, data: bytes) -> Iterator[bytes]:
        made = self._unpacker.process(data, output_buffer_limit=PIECE)
        while made or not self._unpacker.can_accept_more_data():
            yield made
            made = self._unpacker.process(b"", output_buffer_limit=PIECE)

    def rest(self) -> bytes:
        return b""


class _Zstd:
    """RFC 8878: any number of frames, one after the other."""

    def __init__(self) -> None:
        self._unpacker = self._make()

    def _make(self) -> Any:
        zstd = _zstd()
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})

    @property
    def ended(self) -> bool:
        return bool(self._unpacker.eof)

    def undo(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._unpacker.eof or self._unpacker.needs_input):
            if self._unpacker.eof:
                self._unpacker = self._make()
            made = self._unpacker.decompress(data, PIECE)
            if made:
                yield made
            data = self._unpacker.unused_data if self._unpacker.eof else b""

    def rest(self) -> bytes:
        return b""


UNDO: dict[str, Callable[[], Undo]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
"""By their names in lower case."""


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def damage(name: str, error: Exception) -> str:
    """What the error of a coding says about its data, as a sentence begins."""
    if "too much memory" in str(error):
        return f"The {name} data needs more memory than the {1 << (_ZSTD_WINDOW_LOG - 20)} MB that RFC 9659 allows"
    return f"The {name} data is damaged"


def errors() -> tuple[type[Exception], ...]:
    """What damaged data raises."""
    import brotli

    return zlib.error, brotli.error, _zstd().ZstdError
