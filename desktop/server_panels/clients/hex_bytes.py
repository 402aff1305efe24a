"""Bytes as people type them: pairs of hexadecimal digits, with spaces and line ends wherever they like."""

import re

from servers.logs import visible

_OTHER = re.compile(r"[^0-9A-Fa-f]")


def typed_bytes(text: str) -> bytes:
    """The bytes that ``text`` spells. Raises ValueError with a sentence where it does not."""
    groups = text.split()
    for group in groups:
        if found := _OTHER.search(group):
            raise ValueError(
                f"“{visible(found[0])}” is not a hexadecimal digit. Bytes are typed like 48 65 6C or 48656C."
            )
        if len(group) % 2:
            raise ValueError(f"“{group[-20:]}” has a digit too many or too few: every byte has two.")
    return bytes.fromhex("".join(groups))
