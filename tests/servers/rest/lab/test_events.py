"""Server-sent events."""

import pytest

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import Running, running


async def _events(lab: Running, path: str, last: str | None = None) -> tuple[int, str]:
    headers = {} if last is None else {"Last-Event-ID": last}
    async with lab.client.get(f"/lab/{path}", headers=headers) as response:
        return response.status, await response.text()


def test_events_have_id_name_data_and_a_time_to_come_again(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/sse?count=2&interval=0.01") as response:
                assert response.content_type == "text/event-stream"
                retry, first, second, rest = (await response.text()).split("\n\n")
            assert (retry, rest) == ("retry: 2000", "")
            assert first.startswith('id: 1\nevent: tick\ndata: {"number": 1, "of": 2, "time": ')
            assert second.startswith("id: 2\n")

    run(scenario())


@pytest.mark.parametrize(("last", "count"), [("1", 2), ("0", 3), ("x", 3), ("-1", 3), ("9" * 30, 3)])
def test_they_go_on_after_the_last_that_was_had(run: Run, last: str, count: int) -> None:
    async def scenario() -> None:
        async with running() as lab:
            status, text = await _events(lab, "sse?count=3&interval=0", last)
            assert (status, text.count("id: ")) == (200, count)

    run(scenario())


def test_who_had_all_need_not_come_again(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert await _events(lab, "sse?count=3", "3") == (204, "")

    run(scenario())


@pytest.mark.parametrize("query", ["count=0", "count=x", "interval=61", "interval=-1"])
def test_nonsense_is_refused(run: Run, query: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused(f"sse?{query}"))[0] == 400

    run(scenario())
