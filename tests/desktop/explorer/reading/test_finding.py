"""Tests of searching in bodies of any size."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading import finding
from desktop.explorer.reading.finding import Pattern, find_all, search
from desktop.explorer.reading.source import Source
from desktop.explorer.sending.blob import Blob
from desktop.tasks import TaskSet
from tests.conftest import Run, until

Span = tuple[int, int]


def small_stretches() -> pytest.MonkeyPatch:
    """Stretches of a few bytes, so that everything lies on a border."""
    patch = pytest.MonkeyPatch()
    patch.setattr(finding, "_STRETCH", 40)
    patch.setattr(finding, "_OVERLAP", 12)
    patch.setattr(finding, "_BEFORE", 3)
    return patch


def spans(data: bytes, pattern: Pattern, charset: str = "utf-8", limit: int = 1000) -> list[Span]:
    found: list[Span] = []
    search(Source(data), pattern, charset, limit, lambda news: found.extend(news) if isinstance(news, list) else None)
    return found


def expected(text: str, pattern: Pattern, charset: str = "utf-8") -> list[Span]:
    def offset(index: int) -> int:
        return len(text[:index].encode(charset))

    return [(offset(one.start()), offset(one.end())) for one in pattern.compiled().finditer(text) if one[0]]


PATTERNS = [
    Pattern("aB"),
    Pattern("aB", match_case=True),
    Pattern("ÄB"),
    Pattern("😀a"),
    Pattern("."),
    Pattern(r"^a", regex=True),
    Pattern(r"b$", regex=True),
    Pattern(r"(?<=ab)\w", regex=True),
    Pattern(r"a.{1,5}b", regex=True),
    Pattern(r"x*", regex=True),
    Pattern(r"\b\w{2}\b", regex=True, match_case=True),
]


@given(st.text(alphabet="aAbBäÄ.x😀\n ", max_size=300), st.sampled_from(PATTERNS))
def test_across_borders_as_in_the_whole_text(text: str, pattern: Pattern) -> None:
    patch = small_stretches()
    try:
        for charset in ("utf-8", "utf-16-le"):
            assert spans(text.encode(charset), pattern, charset) == expected(text, pattern, charset)
    finally:
        patch.undo()


@pytest.mark.parametrize("charset", ["latin-1", "shift_jis", "utf-16", "gb18030"])
def test_in_other_charsets(charset: str) -> None:
    text = "日本aÄ" if charset in ("shift_jis", "gb18030", "utf-16") else "aÄ"
    text = "".join(char for char in text if char.encode(charset, "ignore"))
    data = (text * 3).encode(charset)
    (one, *_), needle = spans(data, Pattern("a"), charset), "a".encode(charset)[-2:]
    assert data[one[0] : one[1]].strip(b"\0") == needle.strip(b"\0\xfe\xff")
    assert len(spans(data, Pattern(text), charset)) == 3


def test_a_text_that_the_charset_does_not_have() -> None:
    assert spans(b"abc", Pattern("日"), "latin-1") == []


def test_bytes_that_are_not_text() -> None:
    assert spans(b"\xff\xfe ab \xffab\xc3", Pattern("ab", regex=True)) == [(3, 5), (7, 9)]


def test_an_invalid_expression_is_a_sentence(run: Run) -> None:
    with pytest.raises(ValueError, match="This is not a regular expression: unterminated character set"):
        run(find_all(Blob(b"a"), Pattern("[", regex=True), "utf-8", print))


def test_a_small_body_is_searched_at_once(run: Run) -> None:
    found: list[list[Span]] = []
    assert run(find_all(Blob(b"abcabc"), Pattern("C"), "utf-8", found.append)) is True
    assert run(find_all(Blob(b"abcabc"), Pattern("C"), "utf-8", found.append, limit=1)) is False
    assert run(find_all(Blob(b"abcabc"), Pattern(""), "utf-8", found.append)) is True
    assert found == [[(2, 3), (5, 6)], [(2, 3)]]


async def search_large(pattern: Pattern, limit: int) -> tuple[bool, list[Span], list[int]]:
    blob, found, heard = Blob(), list[Span](), list[int]()
    for _ in range(70):
        await blob.append(b"x" * 99_999 + b"\xc3\xa4")
    assert blob.path is not None
    return await find_all(blob, pattern, "utf-8", found.extend, limit, heard.append), found, heard


@pytest.mark.parametrize("pattern", [Pattern("ä", match_case=True), Pattern("xÄ"), Pattern("(?<=x)ä", regex=True)])
def test_a_large_body_is_searched_elsewhere(run: Run, pattern: Pattern) -> None:
    complete, found, heard = run(search_large(pattern, 100))
    assert complete
    assert [end for _, end in found] == [number * 100_001 for number in range(1, 71)]
    assert heard == sorted(heard)
    assert len(heard) > 3


def test_searching_ends_at_the_limit(run: Run) -> None:
    complete, found, _ = run(search_large(Pattern("x"), 1_234))
    assert not complete
    assert found == [(at, at + 1) for at in range(1_234)]


def test_an_expression_that_never_ends_is_given_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PATIENCE", 1.0)
    with pytest.raises(TimeoutError, match="The search was given up: it was stuck at one place for 1 s"):
        run(find_all(Blob(b"a" * 100), Pattern("(a+)+b", regex=True), "utf-8", print))


def test_an_expression_that_never_ends_can_be_cancelled(run: Run) -> None:
    async def cancel() -> None:
        tasks = TaskSet(lambda error, where: pytest.fail(f"{where}: {error}"))
        heard: list[int] = []
        data = b"b" * (3 << 20) + b"a" * 100
        task = find_all(Blob(data), Pattern("(a+)+$(?!)", regex=True), "utf-8", print, on_progress=heard.append)
        tasks.spawn(task, name="search")
        await until(lambda: heard)
        await tasks.close()

    run(cancel())


def test_compiled_without_regard_to_case() -> None:
    assert Pattern("a.c").compiled().flags & re.IGNORECASE
    assert Pattern("a.c").compiled().search("ABC") is None
