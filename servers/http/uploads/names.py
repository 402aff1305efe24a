"""Makes a name that was sent into one that a file may have here."""

import os
import re
import unicodedata

from servers.guard import Refusal
from servers.http.site import DYNAMIC, is_plain
from servers.logs import visible

LONGEST = 255
"""Bytes that a name may have in UTF-8: what file systems take."""

_LONGEST_ENDING = 32
_PATH = re.compile(r"\A(?:.*[/\\]|[A-Za-z]:(?=.))", re.DOTALL)
_RESERVED = re.compile(r'[<>:"|?*]|~(?=[0-9])' if os.name == "nt" else ":")


def clean_name(sent: str) -> str:
    """The base name of what was sent, without what is hidden, invisible or something else on some system.

    In Unicode form C, of at most LONGEST bytes with its ending kept. Raises Refusal 400 where nothing is left, or a
    name by which nobody could get the file.
    """
    seen = "".join(character for character in sent if visible(character) == character)
    base = _PATH.sub("", unicodedata.normalize("NFC", seen))
    name = _shortened(_RESERVED.sub("_", base).lstrip(". ").rstrip(". "))
    if not name:
        raise Refusal(400, "A file needs a name that consists of more than dots and spaces.")
    if name.endswith(DYNAMIC):
        raise Refusal(400, f"Paths that end in “{DYNAMIC}” are dynamic pages here. Choose another name for the file.")
    return name if is_plain(name) else _shortened(f"_{name}")


def _shortened(name: str) -> str:
    """The name, with characters taken from before its ending when it is too long."""
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    last = f"{dot}{ending}".encode()
    if not stem or len(last) > _LONGEST_ENDING:
        stem, last = name, b""
    kept = stem.encode()[: LONGEST - len(last)].decode(errors="ignore")
    return f"{kept}{last.decode()}".rstrip(". ")
