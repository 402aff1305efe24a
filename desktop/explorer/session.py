"""What all open requests share: the client, the chosen environment, the replies that others refer to."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.explorer.http_files.disk import from_bytes
from desktop.explorer.http_files.folder_auth import inherited
from desktop.explorer.http_files.http_file import HttpFile
from desktop.explorer.model.auth import Auth, Inherit
from desktop.explorer.model.options import Options
from desktop.explorer.model.payload import with_files_filled_in
from desktop.explorer.model.prepared import InvalidRequest, PreparedRequest
from desktop.explorer.model.request import Request
from desktop.explorer.sending.client import Client
from desktop.explorer.sending.cookies import CookieJar
from desktop.explorer.sending.reply import Reply, Watch
from desktop.explorer.variables.cached import Cached
from desktop.explorer.variables.environments import environments_at
from desktop.explorer.variables.scope import Scope, scope_at
from servers.recorder import Recorder
from servers.tls import certificate_path

_NOTHING: Mapping[str, str] = {}
_TOP = 64 * 1024  # bytes in which the first part of a file has come to its request


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a request belongs: its file, and the opened folder that has it; ``name`` is what others call it by."""

    path: Path | None = None
    root: Path | None = None
    name: str = ""


class Session:
    """``home`` is where requests without a file look for environments and for files.

    ``folders`` are the opened ones: a request without a file has the chosen environment of the first that has it, if
    ``home`` does not. ``share`` is how much of the height requests have where their responses stand below them.

    ``on_reply`` takes every request as typed with its reply, and the values that are secret where it was sent from.
    """

    def __init__(self, client: Client, home: Path) -> None:
        self.environment = ""
        self.share = 0.4
        self.folders: tuple[Path, ...] = ()
        self.on_reply: Callable[[Request, Reply, frozenset[str]], None] | None = None
        self.client = client
        self.home = home
        self._replies: dict[Path | None, dict[str, Reply]] = {}

    def forget(self, spot: Spot) -> None:
        """The replies to the requests of this file are of no account any more."""
        self._replies.pop(spot.path, None)

    def folder(self, spot: Spot) -> Path:
        """Where the file names of a request start."""
        return self.home if spot.path is None else spot.path.parent

    def scope(self, spot: Spot, extra: Mapping[str, str] = _NOTHING) -> Scope:
        """What stands for ``{{names}}`` in a request; ``extra`` goes before everything else."""
        replies = self._replies.get(spot.path, {})
        if spot.path is None:
            return scope_at(None, self._folder_of_environment(), self.environment, replies, extra)
        return scope_at(spot.path, spot.root, self.environment, replies, extra)

    def _folder_of_environment(self) -> Path:
        having = (one for one in (self.home, *self.folders) if self.environment in environments_at(None, one))
        return next(having, self.home)

    def inherited(self, spot: Spot) -> Auth:
        """How a request proves who sends it where it says nothing itself."""
        path = spot.path
        if path is None:
            return inherited(self.home, self.home, None)
        return inherited(path.parent, spot.root or path.parent, _tops.get(path))

    def with_auth(self, request: Request, spot: Spot) -> Request:
        """The request with what it inherits in its place."""
        return replace(request, auth=self.inherited(spot)) if isinstance(request.auth, Inherit) else request

    def resolved(self, request: Request, spot: Spot, extra: Mapping[str, str] = _NOTHING) -> Request:
        """The request with everything filled in that has a value, and the places of its files as whole paths."""
        folder = self.folder(spot)
        request = self.with_auth(request, spot)
        with suppress(InvalidRequest):  # it is said when the request is prepared
            kind, body = with_files_filled_in(request.kind, request.body, folder)
            request = replace(request, kind=kind, body=body)
        request = request.resolve(self.scope(spot, extra))
        return replace(request, options=_placed(request.options, folder))

    async def send(
        self,
        typed: Request,
        prepared: PreparedRequest,
        spot: Spot,
        watch: Watch | None = None,
        secrets: frozenset[str] = frozenset(),
    ) -> Reply:
        """Send, and remember the reply under the request's name; ``secrets`` are values that no variable has."""
        reply = await self.client.send(prepared, watch)
        if spot.name:
            self._replies.setdefault(spot.path, {})[spot.name] = reply
        if self.on_reply is not None:
            self.on_reply(typed, reply, secrets | self.scope(spot).secrets())
        return reply


def new_session(recorder: Recorder, data_dir: Path, open_url: Callable[[str], None]) -> Session:
    """A session with all that it keeps in ``data_dir``; ``open_url`` shows a page, to sign in.

    The certificate of the local authority of ``data_dir`` is trusted from when it is there.
    """
    folder = data_dir / "explorer"
    jar, authority = CookieJar(folder / "cookies.json"), certificate_path(data_dir)
    client = Client(recorder, folder / "bodies", jar=jar, open_url=open_url, authority=authority)
    return Session(client, data_dir / "collections")


def _placed(options: Options, folder: Path) -> Options:
    """The options with whole paths: what opens the files does not know where their names start."""
    names = (options.ca_file, options.client_cert, options.client_key)
    if not any(names):
        return options
    ca_file, cert, key = (str(folder / name) if name else "" for name in names)
    return replace(options, ca_file=ca_file, client_cert=cert, client_key=key)


def _top(path: Path) -> HttpFile | None:
    """The first part of a file, which speaks for the others; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_TOP)
    except OSError:
        return None
    part = data[:3] + data[3:].partition(b"\n###")[0]
    return from_bytes(part if len(data) < _TOP else part.rpartition(b"\n")[0])


_tops = Cached(_top)
