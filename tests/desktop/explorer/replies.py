"""Replies and results to test with."""

from desktop.explorer.http_files.http_file import Part, parse
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Result
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Reply
from servers.exchange import Headers
from tests.servers.samples import exchange


def reply(
    status: int = 200,
    body: bytes = b"",
    headers: Headers = (),
    error: str | None = None,
    *,
    decoded: bytes | None = None,
    request: Request | None = None,
    finished: bool = True,
) -> Reply:
    """A reply with this status and body to GET http://h/x; ``decoded`` is the body without its content codings."""
    sent = (request or Request("GET", "http://h/x")).prepare()
    record = exchange()._replace(
        method=sent.method,
        target=sent.target.path,
        request_headers=sent.headers,
        status=status,
        response_headers=headers,
        response_size=len(body),
        error=error,
    )
    blob = Blob(body)
    return Reply(sent, record, blob, blob if decoded is None else Blob(decoded), finished=finished)


def part(text: str = "### Read it\n# expect 200\nGET http://h/x") -> Part:
    """The one part of a file."""
    (only,) = parse(text).parts
    return only


def result(status: int = 200, text: str = "### Read it\n# expect 200\nGET http://h/x") -> Result:
    """How the request of a part went."""
    return Result(part(text), Request("GET", "http://h/x"), reply(status))
