"""permessage-deflate (RFC 7692) at the price of what is really sent: idle connections hold no compressor."""

import zlib
from collections.abc import Sequence
from functools import cached_property

from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.typing import ExtensionParameter


class Deflate(PerMessageDeflate):
    """Makes its compressor and its decompressor, some 40 kB, with the first message that needs them."""

    @classmethod
    def like(cls, negotiated: PerMessageDeflate) -> "Deflate":
        """One with the same parameters."""
        lazy = cls(
            negotiated.remote_no_context_takeover,
            negotiated.local_no_context_takeover,
            negotiated.remote_max_window_bits,
            negotiated.local_max_window_bits,
            negotiated.compress_settings,
        )
        lazy.__dict__.pop("encoder", None)
        lazy.__dict__.pop("decoder", None)
        return lazy

    @cached_property
    def encoder(self) -> "zlib._Compress":  # type: ignore[override] # a cached property can be written
        return zlib.compressobj(wbits=-self.local_max_window_bits, **self.compress_settings)

    @cached_property
    def decoder(self) -> "zlib._Decompress":  # type: ignore[override] # as above
        return zlib.decompressobj(wbits=-self.remote_max_window_bits)


class DeflateFactory(ServerPerMessageDeflateFactory):
    """Negotiates small windows: a connection costs a fourth of the memory that the largest would."""

    def __init__(self) -> None:
        super().__init__(server_max_window_bits=12, client_max_window_bits=12, compress_settings={"memLevel": 5})

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        accepted, negotiated = super().process_request_params(params, accepted_extensions)
        return accepted, Deflate.like(negotiated)
