"""Finds a text or a regular expression in a body of any size."""

import asyncio
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from desktop.explorer.reading.characters import Coding, coding_of, ends
from desktop.explorer.reading.jobs import in_process
from desktop.explorer.reading.source import INSTANT, Reader, Source, source_of
from desktop.explorer.sending.blob import Blob

LIMIT = 10_000
"""Searching ends after so many places."""

PATIENCE = 10.0
"""Seconds after which an expression that is stuck in one stretch of a body is given up."""

_STRETCH = 1 << 20  # bytes that are searched at a time
_OVERLAP = 64 * 1024  # bytes that are searched again with the stretch after them
_BEFORE = 1024  # bytes before a stretch that an expression can look back on
_BATCH = 500

Span = tuple[int, int]


class Pattern(NamedTuple):
    """What to look for; ``regex`` is in the syntax of Python's ``re``, with ``^`` and ``$`` at every line."""

    text: str
    regex: bool = False
    match_case: bool = False

    def compiled(self) -> re.Pattern[str]:
        """As an expression. Raises ValueError with a sentence."""
        flags = re.MULTILINE if self.match_case else re.MULTILINE | re.IGNORECASE
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of constructs that may come to mean something else
                return re.compile(self.text if self.regex else re.escape(self.text), flags)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"This is not a regular expression: {error}.") from None


async def find_all(
    blob: Blob,
    pattern: Pattern,
    charset: str,
    on_found: Callable[[list[Span]], None],
    limit: int = LIMIT,
    on_progress: Callable[[int], None] | None = None,
) -> bool:
    """Report places as byte offsets, in order; True if all were found, False if ``limit`` was reached.

    Text is found in what was received, not in what indenting makes of it. An expression matches at most about 64 KB;
    an empty match is no place. Text without other letters than A to Z is compared as such
    when case does not matter. ``on_progress`` is told how many bytes have been searched. Raises ValueError for an
    invalid expression, TimeoutError for one that takes too long (both with a sentence), OSError, JobDied.
    """
    pattern.compiled()
    if not pattern.text:
        return True
    if not pattern.regex and blob.size <= INSTANT:
        found = list(_places(Source(blob.read()), pattern, charset, limit + 1, lambda _: None))
        if found:
            on_found(found[:limit])
        return len(found) <= limit
    try:
        async with asyncio.timeout(PATIENCE) as patience:

            def take(news: int | list[Span]) -> None:
                patience.reschedule(asyncio.get_running_loop().time() + PATIENCE)
                if isinstance(news, list):
                    on_found(news)
                elif on_progress is not None:
                    on_progress(news)

            return await in_process(search, source_of(blob), pattern, charset, limit, progress=take)
    except TimeoutError:
        raise TimeoutError(f"The search was given up: it was stuck at one place for {PATIENCE:.0f} s.") from None


def search(
    source: Source, pattern: Pattern, charset: str, limit: int, report: Callable[[int | list[Span]], None]
) -> bool:
    """Report places in batches, and between them how many bytes have been searched; for a child process."""
    batch: list[Span] = []

    def searched(size: int) -> None:
        if batch:
            report(batch.copy())
            batch.clear()
        report(size)

    count = 0
    for place in _places(source, pattern, charset, limit + 1, searched):
        count += 1
        if count > limit:
            break
        batch.append(place)
        if len(batch) >= _BATCH:
            report(batch.copy())
            batch.clear()
    if batch:
        report(batch)
    return count <= limit


def _places(
    source: Source, pattern: Pattern, charset: str, limit: int, searched: Callable[[int], None]
) -> Iterator[Span]:
    with Reader(source) as file:
        coding = coding_of(charset, file.read(4))
        needle = _needle(pattern, coding)
        if needle is None:
            spans = _matches(file, pattern.compiled(), coding, searched)
        else:
            spans = _occurrences(file, needle, pattern.match_case, searched)
        yield from islice(spans, limit)


def _needle(pattern: Pattern, coding: Coding) -> bytes | None:
    """The bytes to look for, which is many times faster; None where bytes alone do not tell."""
    caseless = pattern.text.isascii() or pattern.text.lower() == pattern.text.upper()
    if pattern.regex or not (coding.utf8 or coding.single_byte) or not (pattern.match_case or caseless):
        return None
    try:
        return pattern.text.encode("utf-8" if coding.utf8 else coding.name)
    except UnicodeError:
        return None


def _occurrences(file: Reader, needle: bytes, match_case: bool, searched: Callable[[int], None]) -> Iterator[Span]:
    needle = needle if match_case else needle.lower()
    file.seek(0)
    begin, window = 0, b""
    while chunk := file.read(_STRETCH):
        window += chunk if match_case else chunk.lower()
        position = 0
        while (found := window.find(needle, position)) >= 0:
            position = found + len(needle)
            yield begin + found, begin + position
        kept = max(position, len(window) - len(needle) + 1)
        begin, window = begin + kept, window[kept:]
        searched(begin)


def _matches(file: Reader, regex: re.Pattern[str], coding: Coding, searched: Callable[[int], None]) -> Iterator[Span]:
    begin = before = 0  # where the stretch starts, and how many of its characters have been searched already
    while True:
        file.seek(begin)
        data = file.read(_STRETCH + _OVERLAP)
        text = _Text(data, coding)
        last = len(data) < _STRETCH + _OVERLAP
        border = len(text.text) if last else max(before + 1, len(text.text) - _OVERLAP)
        position = before
        for found in regex.finditer(text.text, before):
            if found.start() >= border and not last:
                break
            position = found.end()
            if found.end() > found.start():
                yield begin + text.offset(found.start()), begin + text.offset(found.end())
        if last:
            return
        following = max(border, position)
        before = min(following, _BEFORE)
        begin += text.offset(following - before)
        searched(begin)


class _Text:
    """A stretch as text; ``offset`` tells where in its bytes a character starts."""

    def __init__(self, data: bytes, coding: Coding) -> None:
        self._ends: list[int] | None = None
        self._starts: list[int] = []
        self._known = 0, 0
        if coding.single_byte or coding.utf8:
            self.text = data.decode("utf-8", "surrogateescape") if coding.utf8 else data.decode(coding.name, "replace")
            self._same = len(self.text) == len(data)
            return
        self._same = False
        characters = ends(data, coding)
        self.text = "".join(text for text, _ in characters)
        self._ends = [0, *(end for _, end in characters)]
        self._starts = list(accumulate((len(text) for text, _ in characters), initial=0))

    def offset(self, index: int) -> int:
        """In bytes; quick when asked in ascending order."""
        if self._same:
            return index
        if self._ends is not None:
            return self._ends[bisect_right(self._starts, index) - 1]
        known, offset = self._known if self._known[0] <= index else (0, 0)
        offset += len(self.text[known:index].encode("utf-8", "surrogateescape"))
        self._known = index, offset
        return offset
