"""What connections use of aiohttp that it does not promise: renamed, some of it would be missed by no other test."""

import inspect

import pytest
from aiohttp import web, web_protocol

from servers.connections.connection import Connection
from tests.conftest import Run
from tests.servers.probe_web import running

OVERRIDDEN = ("_process_keepalive", "handle_error", "log_exception")
USED = (
    "_close", "_current_request", "_force_close", "_keepalive_timeout", "_loop", "_messages",
    "_next_keepalive_close_time", "_parser", "_paused", "_request_count", "_request_handler", "_upgraded", "_waiter",
)  # fmt: skip


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_what_is_overridden_is_there_and_called(name: str) -> None:
    assert name in vars(Connection)
    assert name in vars(web.RequestHandler)
    assert f"self.{name}" in inspect.getsource(web_protocol)


@pytest.mark.parametrize("name", USED)
def test_what_is_read_or_set_is_there(name: str) -> None:
    assert name in {slot for kind in web.RequestHandler.__mro__ for slot in getattr(kind, "__slots__", ())}


def test_a_misspelt_attribute_is_an_error(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            assert server._manager is not None
            assert not hasattr(server._manager(), "__dict__")

    run(scenario())
