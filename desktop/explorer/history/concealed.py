"""Puts a sign in the place of secret values, wherever they stand in a text."""

import base64
import json
import re
from collections.abc import Collection
from urllib.parse import quote, quote_plus

from desktop.explorer.sending.blob import Blob

SHORT = 4
"""A shorter value is taken only where it stands alone: it may be a part of any word."""

ECHO = 6
"""A shorter value is not looked for in responses: it occurs in any."""


_PIECE = 1024 * 1024
_ON_THE_WIRE = "".join(map(chr, range(0x21, 0x7F)))


class Concealer:
    """``values`` are secret, as they are and percent-encoded, in JSON and in Base64; ``sign`` stands for each."""

    def __init__(self, values: Collection[str], sign: str) -> None:
        forms = sorted({form for value in values if value for form in _forms(value)}, key=len, reverse=True)
        self.sign = sign
        self._long = [form for form in forms if len(form) >= SHORT]
        short = "|".join(re.escape(form) for form in forms if len(form) < SHORT)
        self._short = re.compile(rf"(?<!\w)(?:{short})(?!\w)") if short else None

    def text(self, text: str) -> str:
        """The text without them."""
        for form in self._long:
            text = text.replace(form, self.sign)
        return self._short.sub(self.sign, text) if self._short is not None else text


class Starred(Blob):
    """A body that is read with asterisks in the place of secret values: as many, so that all else stays in place."""

    def __init__(self, body: Blob, values: Collection[str]) -> None:
        super().__init__()
        forms = {form.encode("utf-8", "replace") for value in values if len(value) >= ECHO for form in _forms(value)}
        self.size = body.size
        self._body = body
        self._forms = sorted(forms, key=len, reverse=True)
        self._margin = len(self._forms[0]) if self._forms else 0

    def read(self, start: int = 0, length: int | None = None) -> bytes:
        """The bytes from ``start``, at most ``length`` of them. Raises OSError."""
        end = self.size if length is None else min(start + length, self.size)
        first = max(start - self._margin, 0)
        data = self._body.read(first, max(end + self._margin - first, 0))
        for form in self._forms:
            data = data.replace(form, b"*" * len(form))
        return data[start - first : max(end - first, 0)]

    def hides(self, length: int) -> bool:
        """Whether a secret is in the first ``length`` bytes. Takes some time for each megabyte. Raises OSError."""
        for start in range(0, min(length, self.size), _PIECE):
            data = self._body.read(start, _PIECE + self._margin)
            if any(form in data for form in self._forms):
                return True
        return False


def _forms(value: str) -> set[str]:
    """A value as it may stand in URLs, forms, JSON and credentials."""
    raw = value.encode("utf-8", "replace")
    quoted = {quote(raw, safe=""), quote_plus(raw), quote(raw, safe=_ON_THE_WIRE)}
    forms = {value, json.dumps(value)[1:-1], value.replace('"', '\\"'), *quoted}
    if len(value) >= SHORT:
        forms.add(base64.b64encode(raw).decode())
    return forms
