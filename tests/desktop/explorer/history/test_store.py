"""The history keeps what was sent, finds it, gives it back, and forgets the oldest."""

import asyncio
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.explorer.history.entry import Entry, NewEntry, Summary
from desktop.explorer.history.limits import Choice
from desktop.explorer.history.record import BIG
from desktop.explorer.history.store import History, HistoryError, Limits
from desktop.explorer.model.auth import Basic, NoAuth
from desktop.explorer.model.body import BodyKind, FilePart, Upload
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.blob import MEMORY, Blob
from desktop.explorer.sending.reply import Timing
from servers.exchange import End
from tests.conftest import Run
from tests.desktop.explorer.history.entries import JSON, entry
from tests.desktop.explorer.replies import reply

TYPED = Request(
    "POST",
    "http://h/{{path}}?a=1",
    (Header("X-A", "ü"), Header("Off", "1", enabled=False)),
    '{"n": 1736184243098437392.0}',
    BodyKind.JSON,
    Basic("me", "{{password}}"),
    Options(timeout=5, without=frozenset({"accept"})),
    ((1, "b=2"),),
    (("id", "5"),),
)


def history(tmp_path: Path, limits: Limits | None = None) -> History:
    """One in a folder of its own."""
    return History(tmp_path / "data" / "history.sqlite", limits=limits)


def big_files(tmp_path: Path) -> list[Path]:
    """The files of the bodies that are too long for the database."""
    return sorted((tmp_path / "data" / "history-bodies").glob("*"))


async def urls(one: History, text: str = "") -> list[str]:
    """The paths of the entries that are found."""
    return [found.url.removeprefix("http://h") for found in await one.search(text)]


def test_an_entry_comes_back_as_it_was(run: Run, tmp_path: Path) -> None:
    sent = replace(TYPED, url="http://h/p?a=1", auth=NoAuth())
    hop = reply(302, b"moved", (("Location", "/y"),), request=sent)
    last = reply(404, b"\x1f\x8bcoded", (*JSON, ("X-Odd", "\udcff")), decoded=b'{"a":1}', request=sent)
    now = 5_000_000_000  # which is long ago
    exchange = last.exchange._replace(started_ns=now, responded_ns=now + 7, finished_ns=now + 9, end=End.CLIENT)
    body = TYPED.body.encode() if isinstance(TYPED.body, str) else TYPED.body
    exchange = exchange._replace(source="explorer", response_body=b"\x1f\x8bcoded", request_body=body)
    last = replace(last, exchange=exchange, timing=Timing(1, 2, 3, 4, 5, 6), fault="odd", hops=(hop,), notes=("n",))

    async def scenario() -> Entry:
        one = history(tmp_path, Limits(age_days=10_000))
        await one.add(NewEntry(TYPED, last))
        await one.close()  # what comes now opens it again
        (found,) = await one.search()
        assert (found.method, found.url, found.status, found.size) == ("POST", "http://h/p?a=1", 404, 7)
        loaded = await one.load(found.id)
        await one.close()
        return loaded

    loaded = run(scenario())
    assert loaded.request == TYPED
    assert loaded.note == ""
    got = loaded.reply
    assert got.request == last.request
    assert got.exchange._replace(id=0) == exchange._replace(id=0)
    assert (got.body.read(), got.decoded.read()) == (b"\x1f\x8bcoded", b'{"a":1}')
    assert (got.timing, got.fault, got.finished, got.notes) == (last.timing, "odd", True, ("n",))
    assert (got.hops[0].exchange.status, got.hops[0].decoded) == (302, got.hops[0].body)
    assert got.hops[0].body.read() == b"moved"


def test_a_body_of_bytes_and_one_of_files_come_back(run: Run, tmp_path: Path) -> None:
    binary = Request("PUT", "http://h/b", body=b"\xff\x00", kind=BodyKind.FILE)
    upload = Upload((b"--x\r\n", FilePart(tmp_path / "gone.bin", 7)))
    came = reply(request=Request("PUT", "http://h/b"))
    came = replace(came, request=replace(came.request, body=upload))

    async def scenario() -> None:
        one = history(tmp_path)
        await one.add(NewEntry(binary, came))
        loaded = await one.load(1)
        assert loaded.request == binary
        assert loaded.reply.request.body == upload
        assert loaded.reply.exchange.request_body == b"--x\r\n<gone.bin, 7 bytes>"
        await one.close()

    run(scenario())


def test_the_newest_come_first_and_in_pages(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path)
        for number in range(7):
            await one.add(entry(f"http://h/{number}"))
        first = await one.search(limit=3)
        assert [found.url[-1] for found in first] == ["6", "5", "4"]
        assert [found.url[-1] for found in await one.search(limit=3, before=first[-1].id)] == ["3", "2", "1"]
        assert [found.url[-1] for found in await one.search("http", limit=1, before=first[0].id)] == ["5"]
        await one.close()

    run(scenario())


def test_it_is_written_even_if_the_task_is_cancelled(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path)
        adding = asyncio.gather(one.add(entry("http://h/last")))
        await asyncio.sleep(0)
        adding.cancel()
        await asyncio.gather(adding, return_exceptions=True)
        await one.close()
        assert await urls(one) == ["/last"]
        await one.close()

    run(scenario())


@pytest.mark.parametrize("is_on_disk", [True, False])
def test_a_big_body_is_a_file_that_is_not_copied(run: Run, tmp_path: Path, is_on_disk: bool) -> None:
    data = b"x" * ((MEMORY if is_on_disk else BIG) + 1)

    async def scenario() -> None:
        one = history(tmp_path)
        blob = Blob(folder=tmp_path)
        await blob.append(data)
        await blob.flush()
        path = blob.path
        new = entry("http://h/big")
        await one.add(replace(new, reply=replace(new.reply, body=blob, decoded=blob)))
        (file,) = big_files(tmp_path)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_nlink == (2 if path is not None else 1)
        del blob, new
        assert path is None or not path.exists()
        loaded = await one.load(1)
        assert loaded.reply.body.path == file
        assert loaded.reply.body.read() == data
        assert loaded.reply.decoded is loaded.reply.body
        await one.remove([1])
        assert loaded.reply.body.read(5, 3) == b"xxx"  # it is shown, so it stays
        del loaded
        await one.close()
        assert await one.search() == ()
        assert big_files(tmp_path) == []
        await one.close()

    run(scenario())


def test_a_file_that_is_gone_is_told(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path)
        await one.add(entry("http://h/", body=b"x" * (BIG + 1)))
        (file,) = big_files(tmp_path)
        file.unlink()
        loaded = await one.load(1)
        assert loaded.note == "A body of it is not there any more."
        assert loaded.reply.body.size == 0
        await one.close()

    run(scenario())


def test_a_body_that_would_push_out_the_others_is_cut(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path, Limits(bytes=40_000))
        await one.add(entry("http://h/", body=b"\0" * 10_001))
        loaded = await one.load(1)
        assert loaded.reply.body.read() == b"\0" * 10_000
        assert loaded.note == (
            "The body of the response was too long for the history: its first 10,000 of 10,001 bytes were kept."
        )
        await one.close()

    run(scenario())


def test_nobody_else_may_read_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path)
        await one.add(entry("http://h/", body=b"x" * (BIG + 1)))
        await one.choose(Choice())
        files = [path for path in (tmp_path / "data").iterdir() if path.is_file()]
        assert {path.suffix for path in files} >= {".sqlite", ".sqlite-wal", ".json"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "data" / "history-bodies").stat().st_mode) == 0o700
        await one.close()

    run(scenario())


@pytest.mark.parametrize("is_typed", [True, False])
def test_what_says_no_is_not_kept(run: Run, tmp_path: Path, is_typed: bool) -> None:
    async def scenario() -> None:
        one, new = history(tmp_path), entry()
        quiet = Options(log=False)
        if is_typed:
            new = replace(new, request=replace(new.request, options=quiet))
        else:
            new = replace(new, reply=replace(new.reply, request=replace(new.reply.request, options=quiet)))
        await one.add(new)
        assert not (tmp_path / "data").exists()
        await one.close()

    run(scenario())


def test_the_oldest_go_first(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path, Limits(entries=3))
        for number in range(5):
            await one.add(entry(f"http://h/{number}"))
        assert await urls(one) == ["/4", "/3", "/2"]
        await one.choose(Choice(Limits(entries=1)))
        assert await urls(one) == ["/4"]
        assert await urls(one, "h/3") == []
        await one.close()

    run(scenario())


def test_it_takes_no_more_room_than_it_may(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path, Limits(bytes=8 * BIG))
        for number in range(8):
            await one.add(entry(f"http://h/{number}", body=b"\0" * (BIG + 1)))
        assert await urls(one) == ["/7", "/6", "/5", "/4", "/3", "/2", "/1"]
        assert len(big_files(tmp_path)) == 7
        await one.close()

    run(scenario())


def test_what_is_too_old_goes(run: Run, tmp_path: Path) -> None:
    old = entry("http://h/old")
    days = 2 * 86_400 * 10**9 + 1
    exchange = old.reply.exchange
    exchange = exchange._replace(started_ns=exchange.started_ns - days)
    old = replace(old, reply=replace(old.reply, exchange=exchange))

    async def scenario() -> None:
        one = history(tmp_path)
        await one.add(old)
        await one.add(entry("http://h/new"))
        assert await urls(one) == ["/new", "/old"]
        await one.choose(Choice(Limits(age_days=2)))
        assert await urls(one) == ["/new"]
        await one.close()

    run(scenario())


def test_what_was_chosen_is_remembered(run: Run, tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.explorer: The limits of the history")

    async def scenario() -> None:
        one, off = history(tmp_path), Choice(Limits(1, 2, 3), enabled=False)
        assert await one.choice() == Choice()
        await one.choose(off)
        await one.add(entry())
        assert await one.search() == ()
        await one.close()
        again = history(tmp_path)
        assert await again.choice() == off
        await again.close()
        (tmp_path / "data" / "history.json").write_text("[")
        damaged = history(tmp_path)
        assert await damaged.choice() == Choice()
        await damaged.close()

    run(scenario())


def test_remove_and_clear(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = history(tmp_path)
        for number in range(60):
            await one.add(entry(f"http://h/{number}", body=b"x" * 10_000))
        await one.remove([1, 2, *range(4, 60), 999])
        assert await urls(one) == ["/59", "/2"]
        assert await urls(one, "h/59") == ["/59"]
        await one.clear()
        assert await one.search() == ()
        with pytest.raises(HistoryError, match="not in the history any more"):
            await one.load(3)
        await one.add(entry("http://h/again"))
        assert await urls(one, "again") == ["/again"]
        await one.close()

    run(scenario())
    assert (tmp_path / "data" / "history.sqlite").stat().st_size < 200_000


def test_a_failure_is_kept_too(run: Run, tmp_path: Path) -> None:
    async def scenario() -> Summary:
        one = history(tmp_path)
        await one.add(entry("http://h/down", 0))
        (found,) = await one.search("answered")
        await one.close()
        return found

    found = run(scenario())
    assert (found.status, found.error, found.duration_ns) == (0, "Nobody answered.", 2000)
