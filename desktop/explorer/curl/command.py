"""Reads curl commands, as people and browsers write them, as the requests that curl would send."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop.explorer.curl import bash, cmd
from desktop.explorer.curl.arguments import Operation, operations
from desktop.explorer.curl.bodies import content_of
from desktop.explorer.curl.connection import options_of
from desktop.explorer.curl.files import Files
from desktop.explorer.curl.header_rows import added, named
from desktop.explorer.curl.piped import input_of
from desktop.explorer.curl.proof import auth_of
from desktop.explorer.curl.shell_words import Command
from desktop.explorer.curl.target import Destination, destinations
from desktop.explorer.curl.values import NotCurl, Pasted
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request

__all__ = ["NotCurl", "Pasted", "read"]

_NOT_CURL = "This is not a curl command: one begins with the word curl."


def read(text: str, folder: Path | None = None) -> Pasted:
    """The requests of every curl command in a text for bash, or for the command prompt of Windows.

    ``folder`` is where file names start. Raises NotCurl for a text without one, and for what curl itself refuses.
    """
    script = cmd.read(text) if cmd.is_cmd(text) else bash.read(text)
    commands = [command for command in script.commands if bash.is_curl(command)]
    if not commands:
        raise NotCurl(_NOT_CURL)
    warnings = [*script.warnings, *_left_out(script.commands)]
    requests = tuple(request for command in commands for request in _requests(command, folder, warnings))
    if not requests:
        raise NotCurl("The command names no URL.")
    return Pasted(requests, tuple(dict.fromkeys(warnings)))


def _left_out(commands: tuple[Command, ...]) -> Iterator[str]:
    """Sentences on commands that are not curl and do not stand in a pipe with it."""
    sources = [id(one.source) for one in commands if bash.is_curl(one)]
    for command in commands:
        if not (bash.is_curl(command) or command.source is not None or id(command) in sources):
            yield f"“{command.words[0]}” is not curl; that command is left out."


def _requests(command: Command, folder: Path | None, warnings: list[str]) -> Iterator[Request]:
    given = input_of(command)
    for operation in operations(command.words[1:], warnings):
        _check(operation)
        files = Files(folder, given, warnings)
        for destination in destinations(operation, files):
            yield _request(operation, destination, files)


def _check(operation: Operation) -> None:
    """Refuse what curl refuses: a request has one method."""
    sends_data = bool(operation.data) and not operation.on("get")
    ways = [
        (sends_data, "-d (data)"),
        (bool(operation.form), "-F (form)"),
        (bool(operation.uploads), "-T (upload)"),
        (operation.on("head"), "-I (head)"),
    ]
    used = [name for is_used, name in ways if is_used]
    if len(used) > 1:
        raise NotCurl(f"curl refuses {used[0]} together with {used[1]}: a request has one method and one body.")


def _request(operation: Operation, destination: Destination, files: Files) -> Request:
    url = destination.url
    given = named(operation, files)
    content = content_of(operation, destination.upload, given, files)
    present = {row.name.lower() for row in content.headers}
    rows = (*content.headers, *(row for row in added(operation, given, url, files) if row.name.lower() not in present))
    request = Request(
        _method(operation, destination),
        url,
        rows,
        content.body,
        content.kind,
        auth_of(operation, files.warnings, removed="authorization" in given.removed),
        options_of(operation, url, given.without, files),
    )
    return replace(request, headers=_with_fitting_length(request, files.warnings))


def _method(operation: Operation, destination: Destination) -> str:
    if method := operation.texts.get("request"):
        return method
    if operation.on("head"):
        return "HEAD"
    if destination.upload:
        return "PUT"
    return "POST" if operation.form or (operation.data and not operation.on("get")) else "GET"


def _with_fitting_length(request: Request, warnings: list[str]) -> tuple[Header, ...]:
    """The headers without a Content-Length that is not that of the body: it is added by itself."""
    length = _length(request)
    kept = tuple(row for row in request.headers if row.name.lower() != "content-length" or row.value == length)
    if length and len(kept) < len(request.headers):
        warnings.append(f"The Content-Length of the command is left out: the body has {length} bytes.")
    return kept


def _length(request: Request) -> str:
    """That of a body in memory; empty for one in files or with variables."""
    body = request.body
    if request.kind in (BodyKind.FILE, BodyKind.MULTIPART) or (isinstance(body, str) and "{{" in body):
        return ""
    return str(len(body.encode() if isinstance(body, str) else body))
