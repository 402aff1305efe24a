"""Replies and results to test with."""

from desktop.explorer.client import Reply
from desktop.explorer.http_file import Part, parse
from desktop.explorer.request import Request
from desktop.explorer.run import Result
from servers.exchange import Headers
from tests.servers.samples import exchange


def reply(status: int = 200, body: bytes = b"", headers: Headers = (), error: str | None = None) -> Reply:
    """A reply with this status and body to GET http://h/x."""
    record = exchange()._replace(status=status, response_headers=headers, error=error)
    return Reply(Request("GET", "http://h/x").prepare(), record, body)


def part(text: str = "### Read it\n# expect 200\nGET http://h/x") -> Part:
    """The one part of a file."""
    (only,) = parse(text).parts
    return only


def result(status: int = 200, text: str = "### Read it\n# expect 200\nGET http://h/x") -> Result:
    """How the request of a part went."""
    return Result(part(text), Request("GET", "http://h/x"), reply(status))
