"""The processes of the explorer's benchmarks: `explorer_child.py KIND FOLDER ARGUMENTS`, each says JSON lines.

`aiohttp`, `sender` and `app-sender` send to a URL, as often as each line that they read says, and tell the time.
`run` runs a file of requests, as the app does it, from the start of its process to the end.
`ticks` is an empty window; `opening`, `typing` and `bodies` measure the explorer's widgets.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.benchmarks.child import say


def main() -> None:
    kinds: dict[str, Callable[..., None]] = {
        "aiohttp": send_with_aiohttp,
        "sender": send,
        "app-sender": send_in_app,
        "run": run_file,
        "app-run": run_file_in_app,
        "ticks": ticks,
        "opening": opening,
        "typing": typing,
        "bodies": bodies,
    }
    kind, folder, *arguments = sys.argv[1:]
    kinds[kind](Path(folder), *arguments)


async def at_command(send_one: Callable[[], Awaitable[object]]) -> None:
    """Send as many requests as each line says, one after another; tell the seconds, and those at work."""
    await send_one()
    say("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        begin, worked = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            await send_one()
        say([time.perf_counter() - begin, time.process_time() - worked])


def send_with_aiohttp(_folder: Path, url: str) -> None:
    """Plain aiohttp on plain asyncio."""
    from aiohttp import ClientSession

    async def life() -> None:
        async with ClientSession() as session:

            async def send_one() -> None:
                async with session.get(url) as response:
                    await response.read()

            await at_command(send_one)

    asyncio.run(life())


def send(folder: Path, url: str) -> None:
    """The app's sender on the app's loop, recording, with a jar for cookies."""
    from desktop.explorer.model.request import Request
    from desktop.explorer.sending.client import Client
    from desktop.explorer.sending.cookies import CookieJar
    from servers.recorder import Recorder
    from tests.benchmarks.gui import on_the_loop

    async def life() -> None:
        client = Client(Recorder(), folder, jar=CookieJar(folder / "cookies.json"))
        prepared = Request("GET", url).prepare(folder)
        await at_command(lambda: client.send(prepared))

    on_the_loop(life)


def send_in_app(folder: Path, url: str) -> None:
    """The same in the whole application, whose window shows the traffic; each request is prepared anew."""
    from desktop.explorer.model.request import Request
    from tests.benchmarks.gui import InApp, in_app

    async def life(window: InApp) -> None:
        client = window.explorer.session.client
        await at_command(lambda: client.send(Request("GET", url).prepare(folder)))

    in_app(folder, life)


def run_file(folder: Path, path: str) -> None:
    """The app's runner without its window."""
    from desktop.explorer.runs.run import Result, run
    from desktop.explorer.sending.client import Client
    from desktop.explorer.sending.cookies import CookieJar
    from desktop.explorer.session import Session
    from servers.recorder import Recorder
    from tests.benchmarks.gui import on_the_loop
    from tests.benchmarks.requests_on_disk import steps

    results: list[Result] = []

    async def life() -> None:
        client = Client(Recorder(), folder, jar=CookieJar(folder / "cookies.json"))
        await run(steps(Path(path)), Session(client, folder), {}, results.append)
        await client.close()

    on_the_loop(life)
    say(sum(one.as_expected for one in results))


def run_file_in_app(folder: Path, path: str) -> None:
    """The same run in a tab of the whole application, which keeps its history."""
    from tests.benchmarks.gui import InApp, Lateness, in_app
    from tests.benchmarks.requests_on_disk import steps
    from tests.conftest import until

    async def life(window: InApp) -> None:
        late = Lateness(window.explorer)
        begin = time.perf_counter()
        tab = window.explorer.tabs.open_run("Benchmark", steps(Path(path)), {}, Path(path))
        await until(lambda: not tab.running)
        seconds = time.perf_counter() - begin
        right = sum(one.as_expected for one in tab.runs.results)
        say({"seconds": seconds, "right": right, "late": late.values})

    in_app(folder, life)


def ticks(_folder: Path) -> None:
    """An empty window: how late its ticks come is what the machine does to all; tells it at each line that it reads."""
    from PySide6.QtWidgets import QWidget

    from tests.benchmarks.gui import Lateness, on_the_loop

    async def life() -> None:
        window = QWidget()
        window.show()
        late = Lateness(window)
        say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            say(late.worst()[0])
            late.begin()

    on_the_loop(life)


def opening(folder: Path) -> None:
    """A collection of many files is opened and filtered."""
    from tests.benchmarks.explorer_widgets import opening

    opening(folder)


def typing(folder: Path) -> None:
    """Keys are typed into the body of a request."""
    from tests.benchmarks.explorer_widgets import typing

    typing(folder)


def bodies(folder: Path, base_url: str, mebibytes: str) -> None:
    """A large response is received, shown, searched and saved."""
    from tests.benchmarks.explorer_bodies import bodies

    bodies(folder, base_url, mebibytes)


if __name__ == "__main__":
    main()
