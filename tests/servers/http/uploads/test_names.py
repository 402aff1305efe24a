"""The names that files get: whatever is sent, a plain file in the folder comes of it, or none."""

import asyncio
import unicodedata
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.guard import Refusal
from servers.http.site import is_plain
from servers.http.uploads.names import LONGEST, clean_name
from servers.logs import visible
from tests.conftest import DEADLINE, Run, run_on
from tests.servers.http.uploads.harness import UploadSite, content, post, put, serve

T = TypeVar("T")
LONG = "x" * 300
_NASTY = st.text(st.sampled_from("./\\:~1 CONcon\0\r\n\"'%?*<>|\u202e\u200dé\u0301Å😀aa"), max_size=12)
NAMES = st.one_of(st.text(max_size=300), _NASTY, st.text(st.sampled_from("ä😀x."), min_size=120, max_size=400))


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a.txt", "a.txt"),
        ("../../x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\x", "x"),
        ("C:x", "x"),
        ("C:\\Users\\me\\photo 1.JPG", "photo 1.JPG"),
        ("..\\..\\x.txt", "x.txt"),
        (".htaccess", "htaccess"),
        ("...a", "a"),
        (".well-known", "well-known"),
        ("a. . ", "a"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM¹", "_COM¹"),
        ("ab:stream", "ab_stream"),
        ("a\r\nX-Evil: 1", "aX-Evil_ 1"),
        ("a\0.txt", "a.txt"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("e\u0301.txt", "é.txt"),
        ("e\u200b\u0301.txt", "é.txt"),
        ("\ud800a", "a"),
        ("ÄÖ 😀 %41.txt", "ÄÖ 😀 %41.txt"),
        (f"{LONG}.tar.gz", "x" * 252 + ".gz"),
        (f"{'ä' * 200}.txt", "ä" * 125 + ".txt"),
        ("😀" * 100, "😀" * 63),
        (f"a.{LONG}", f"a.{'x' * 253}"),
    ],
)
def test_names_are_cleaned(sent: str, stored: str) -> None:
    assert clean_name(sent) == stored


@pytest.mark.parametrize("sent", ["", ".", "..", " ", "../", "/", "\\", ". .", "\0", "\u202e"])
def test_where_nothing_is_left_there_is_no_name(sent: str) -> None:
    with pytest.raises(Refusal) as refusal:
        clean_name(sent)
    assert refusal.value.status == 400


@given(NAMES)
def test_a_clean_name_is_plain_and_stays_as_it_is(sent: str) -> None:
    try:
        name = clean_name(sent)
    except Refusal:
        return
    assert name
    assert is_plain(name)
    assert not set(name) & set("/\\\0")
    assert visible(name) == name
    assert len(name.encode()) <= LONGEST
    assert unicodedata.is_normalized("NFC", name)
    assert clean_name(name) == name


@pytest.mark.parametrize("name", ["../../x", "C:/x", "C:\\x", "CON", LONG, ".env", "..", "a%2f..%2fb", "~/x", "sub"])
def test_no_name_leads_out_of_the_folder(run: Run, tmp_path: Path, name: str) -> None:
    root = tmp_path / "a" / "root"
    (root / "sub").mkdir(parents=True)

    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "/", ("f", name, b"content"))
        assert reply.status == (400 if name == ".." else 409 if name == "sub" else 201)

    serve(run, root, scenario)
    stored = content(tmp_path)
    assert set(stored.values()) <= {b"content"}
    assert all(Path(one).parent == Path("a/root") and is_plain(Path(one).name) for one in stored)


def fresh(coroutine: Coroutine[Any, Any, T], deadline: float = DEADLINE) -> T:
    """What the fixture ``run`` does; hypothesis makes many examples of one fixture."""
    return run_on(asyncio.new_event_loop, coroutine, deadline)


@settings(max_examples=50)
@given(st.lists(st.tuples(NAMES, st.binary(max_size=20)), min_size=1, max_size=4))
def test_any_names_are_refused_or_stored_as_plain_files(
    tmp_path_factory: pytest.TempPathFactory, sent: list[tuple[str, bytes]]
) -> None:
    around = tmp_path_factory.mktemp("around")
    root = around / "root"
    root.mkdir()

    async def scenario(server: UploadSite) -> None:
        for name, path in sent:
            posted = name.replace('"', "'").encode(errors="replace").decode()
            assert (await post(server, "/", ("f", posted, b"content"))).status in (201, 400, 409)
            for target in (quote(name.encode(errors="replace"), safe="/"), quote(path)):
                assert (await put(server, f"/{target}", b"content")).status in (201, 400, 404, 405, 409)

    serve(fresh, root, scenario)
    for one in around.rglob("*"):
        assert one == root or (one.parent == root and one.is_file() and is_plain(one.name))
