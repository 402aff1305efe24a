"""Words find entries by all that is in them."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.explorer.history import tables
from desktop.explorer.history.store import History
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request
from tests.conftest import Run
from tests.desktop.explorer.history.entries import JSON, entry
from tests.desktop.explorer.replies import reply

SENT = Request("POST", "http://h/make", (Header("X-Trace", "Abc_9%"),), '{"name": "Größe"}', BodyKind.JSON)
ENTRIES = (
    entry("http://h/players/7", 200, b'{"found": "4xx and \xc3\x9cber"}', JSON),
    entry(SENT, 201, b"<a>404</a>", (("Content-Type", "text/xml"), ("ETag", '"v1"'))),
    entry("http://h/none", 404, b"\x89PNG binaryword", (("Content-Type", "image/png"),)),
    entry("http://h/late", 0),
    entry("http://h/far", 500, b"x" * 1_000_000 + b"beyond"),
)
NAMES = ("players/7", "make", "none", "late", "far")
CASES = [
    ("", "far late none make players/7"),
    ("  ", "far late none make players/7"),
    ("PLAYERS", "players/7"),
    ("s/", "players/7"),
    ("404", "none"),
    ('"404"', "none make"),
    ("4xx", "none"),
    ("5XX", "far"),
    ("POST", "make"),
    ("post", "make"),
    ("abc_9%", "make"),
    ("abcx9", ""),
    ("etag make", "make"),
    ("größe", "make"),
    ("Über", "players/7"),
    ("found GET 2xx", "players/7"),
    ("found POST", ""),
    ('"and Ü', "players/7"),
    ("binaryword", ""),
    ("beyond", ""),
    ("xxxxxxxxxxxx", "far"),
    ("answered", "late"),
    ("'\" OR 1=1 --", ""),
    ("\x01404", "none"),
    ("a" * 100_000, ""),
]


@pytest.mark.parametrize("indexed", [True, False])
def test_words_find_entries(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, indexed: bool) -> None:
    if not indexed:
        monkeypatch.setattr(
            tables, "_SEARCHED", ("CREATE VIRTUAL TABLE words USING nothing(text)", tables._SEARCHED[1])
        )

    async def scenario() -> None:
        history = History(tmp_path / "history.sqlite")
        for one in ENTRIES:
            await history.add(one)
        for text, names in CASES:
            found = [one.url.removeprefix("http://h/") for one in await history.search(text)]
            assert (text, found) == (text, names.split())
        await history.close()

    run(scenario())


def test_the_first_of_several_requests_is_shown_and_all_are_found(run: Run, tmp_path: Path) -> None:
    hop = reply(302, headers=(("Location", "/there"),), request=Request("POST", "http://h/here"))
    last = replace(reply(200, b"welcome", request=Request("GET", "http://h/there")), hops=(hop,))

    async def scenario() -> None:
        history = History(tmp_path / "history.sqlite")
        await history.add(replace(entry(), reply=last))
        for text in ("here", "there", "welcome", "POST", "200"):
            (found,) = await history.search(text)
            assert (found.method, found.url, found.status) == ("POST", "http://h/here", 200)
        assert await history.search("302 ") == ()
        await history.close()

    run(scenario())
