"""The pages that list folders: what is in them, in which order, and nothing that is not to be seen."""

import asyncio
import os
import re
import threading
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.http import listing
from servers.http.listing import listing_page
from servers.http.site import decode_path
from tests.conftest import Run, until
from tests.servers.http.site import make_folder, serving
from tests.servers.wire import ask


class Links(HTMLParser):
    """The targets and the texts of the links to entries."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._target = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "a" and target.startswith("./"):
            self._target = target

    def handle_data(self, data: str) -> None:
        if self._target:
            self.found.append((self._target, data))
            self._target = ""


def names(page: str) -> list[str]:
    return [name for _, name in Links(page).found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    for name, size, changed in (("b.txt", 10, 300), ("A.txt", 2_500, 100), ("c #1%.txt", 3, 200)):
        (root / name).write_bytes(bytes(size))
        os.utime(root / name, (changed, changed))
    return root


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["sub/", "A.txt", "b.txt", "c #1%.txt"]),
        ("-name", ["c #1%.txt", "b.txt", "A.txt", "sub/"]),
        ("size", ["sub/", "c #1%.txt", "b.txt", "A.txt"]),
        ("-size", ["A.txt", "b.txt", "c #1%.txt", "sub/"]),
        ("nonsense", ["sub/", "A.txt", "b.txt", "c #1%.txt"]),
    ],
)
def test_it_is_sorted_as_wanted(folder: Path, sort: str, order: list[str]) -> None:
    assert names(listing_page(folder, folder, "/", sort)) == order


def test_it_is_sorted_by_time(folder: Path) -> None:
    found = names(listing_page(folder, folder, "/", "changed"))
    assert [name for name in found if name != "sub/"] == ["A.txt", "c #1%.txt", "b.txt"]


def test_sizes_are_for_people(folder: Path) -> None:
    page = listing_page(folder, folder, "/", "name")
    assert "<td>10 bytes</td>" in page
    assert "<td>2.5 kB</td>" in page


def test_what_is_not_served_is_not_listed(folder: Path, tmp_path: Path) -> None:
    (folder / ".hidden").write_text("")
    (tmp_path / "outside").write_text("")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "nowhere").symlink_to(folder / "missing")
    (folder / "in").symlink_to(folder / "b.txt")
    os.mkfifo(folder / "pipe")
    (folder / "to pipe").symlink_to(folder / "pipe")
    found = names(listing_page(folder, folder, "/", "name"))
    assert "in" in found
    assert not {".hidden", "out", "nowhere", "pipe", "to pipe"} & set(found)


def test_the_rest_of_a_huge_folder_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 3)
    page = listing_page(folder, folder, "/", "name")
    assert len(names(page)) == 3
    assert "1 folder, 3 files; 1 more are not shown." in page


@pytest.mark.parametrize("is_empty", [False, True])
def test_files_can_be_added_where_uploads_are_on(folder: Path, is_empty: bool) -> None:
    shown = folder / "sub" if is_empty else folder
    assert "<form" not in listing_page(folder, shown, "/sub/", "name")
    page = listing_page(folder, shown, "/sub/", "name", uploads=True)
    assert '<form class="panel" method="post" enctype="multipart/form-data" action="./"' in page
    assert page.index('name="overwrite"') < page.index('type="file"')
    assert ("This folder is empty." in page) == is_empty


@pytest.mark.parametrize(
    ("sort", "heads"),
    [
        ("name", [("ascending", "?sort=-name"), (None, "?sort=size"), (None, "?sort=changed")]),
        ("-size", [(None, "?sort=name"), ("descending", "?sort=size"), (None, "?sort=changed")]),
    ],
)
def test_heads_say_how_it_is_sorted(folder: Path, sort: str, heads: list[tuple[str | None, str]]) -> None:
    found = re.findall(
        r'<th scope="col"(?: aria-sort="(\w+)")?><a href="([^"]+)">', listing_page(folder, folder, "/", sort)
    )
    assert [(order or None, target) for order, target in found] == heads


@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda one: not {"/", "\0"} & set(one))
)
def test_every_name_leads_to_its_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    root = tmp_path_factory.mktemp("names")
    try:
        (root / name).write_text("")
    except OSError:  # too long in bytes, or taken by the system
        return
    page = listing_page(root, root, "/", "name")
    for target, shown in Links(page).found:
        assert decode_path(target.removeprefix(".")) == f"/{name}"
        assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cf", "Zl", "Zp"}
    assert not re.search(
        r"<(?!/?(html|head|meta|title|style|body|main|h1|p|a|table|thead|tbody|tr|th|td|span|!DOCTYPE)\b)", page
    )


def test_the_server_lists_folders_unless_told_not_to(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        root = make_folder(tmp_path)
        (root / "empty").mkdir()
        (root / "sub" / "index.html").unlink()
        async with serving(root) as server, aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as client:
            async with client.get("/sub/?sort=-size") as answer:
                assert (answer.status, answer.headers["Content-Security-Policy"][:18]) == (200, "default-src 'none'")
                assert names(await answer.text()) == ["page.html"]
            async with client.get("/empty/") as answer:
                assert "This folder is empty." in await answer.text()
            async with client.head("/sub/") as answer:
                assert (answer.status, await answer.read()) == (200, b"")
            server.settings = replace(server.settings, listing=False)
            async with client.get("/sub/") as answer:
                assert answer.status == 404

    run(scenario())


def test_many_who_list_leave_threads_for_others(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going, at_most, free = [0], [0], threading.Event()

    def slow(*_: object, **__: object) -> str:
        going[0] += 1
        at_most[0] = max(at_most[0], going[0])
        free.wait(20)
        going[0] -= 1
        return "listed"

    monkeypatch.setattr("servers.http.server.listing_page", slow)
    root = make_folder(tmp_path)
    (root / "empty").mkdir()
    (root / "sub" / "page.html").write_text("x" * 5000)

    async def scenario() -> None:
        async with serving(root) as server:
            listings = asyncio.gather(*(ask(server.port, "GET", "/empty/") for _ in range(50)))
            await until(lambda: going[0] == 2)
            packed = await ask(server.port, "GET", "/sub/page.html", "Accept-Encoding: gzip")
            assert packed.headers["content-encoding"] == "gzip"
            free.set()
            assert {reply.text for reply in await listings} == {"listed"}
        assert at_most == [2]

    run(scenario())
