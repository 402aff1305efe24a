"""Bytes as people type them: pairs of hexadecimal digits, with spaces and line ends wherever they like."""

import re

from servers.logs import visible

_OTHER = re.compile(r"[^0-9A-Fa-f]")


def typed_bytes(text: str, *, goes_on: bool = False) -> bytes:
    """The bytes that ``text`` spells. Raises ValueError with a sentence where it does not.

    Where the text ``goes_on``, the last byte may still lack its second digit; it is left out then.
    """
    groups = text.split()
    if goes_on and groups and len(groups[-1]) % 2 and not _OTHER.search(groups[-1]):
        groups[-1] = groups[-1][:-1]
    for group in groups:
        if found := _OTHER.search(group):
            raise ValueError(
                f"“{visible(found[0])}” is not a hexadecimal digit. Bytes are typed like 48 65 6C or 48656C."
            )
        if len(group) % 2:
            raise ValueError(f"“{group[-20:]}” has a digit too many or too few: every byte has two.")
    return bytes.fromhex("".join(groups))
