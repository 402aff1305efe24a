"""What a request becomes before it is sent: auth from its folder, files with whole paths, values in their places."""

from pathlib import Path

import pytest

from desktop.explorer.model.auth import Bearer, Inherit, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Request
from desktop.explorer.sending.reply import Reply
from desktop.explorer.session import Spot
from tests.conftest import Run
from tests.desktop.explorer.servers import OK, RawServer
from tests.desktop.explorer.sessions import session


@pytest.fixture
def spot(tmp_path: Path) -> Spot:
    path = tmp_path / "c" / "a.http"
    path.parent.mkdir()
    path.write_text("@token = abc\n@name = body\n### One\nGET http://h/\n")
    return Spot(path, path.parent, "One")


def test_names_of_files_start_at_the_collection(run: Run, spot: Spot, tmp_path: Path) -> None:
    options = Options(ca_file="{{name}}.pem", client_cert="/abs/c.pem", client_key="k.pem")

    async def scenario() -> None:
        async with session() as one:
            placed = one.resolved(Request("GET", "http://h/", options=options), spot).options
            folder = tmp_path / "c"
            expected = (str(folder / "body.pem"), "/abs/c.pem", str(folder / "k.pem"))
            assert (placed.ca_file, placed.client_cert, placed.client_key) == expected
            assert one.resolved(Request("GET", "http://h/"), spot).options == Options()
            assert one.folder(Spot()) == one.home
            at_home = one.resolved(Request("GET", "http://h/", options=options), Spot()).options
            assert at_home.client_key == str(one.home / "k.pem")

    run(scenario())


def test_variables_in_a_file_are_replaced_where_it_is_asked_for(run: Run, spot: Spot, tmp_path: Path) -> None:
    (tmp_path / "c" / "body.txt").write_text("token={{token}}")

    async def scenario() -> None:
        async with session() as one:
            request = Request("POST", "http://h/", (), "<@ ./body.txt", BodyKind.FILE)
            resolved = one.resolved(request, spot)
            assert resolved.prepare(tmp_path / "c").body == b"token=abc"
            plain = one.resolved(Request("POST", "http://h/", (), "< ./body.txt", BodyKind.FILE), spot)
            assert plain.body == "< ./body.txt"
            missing = Request("POST", "http://h/", (), "<@ ./none.txt", BodyKind.FILE)
            assert one.resolved(missing, spot).body == "<@ ./none.txt"

    run(scenario())


@pytest.mark.parametrize(
    ("top", "auth"),
    [
        ("# @auth bearer {{token}}\n", Bearer("abc")),
        ("\ufeff# @auth bearer {{token}}\r\n", Bearer("abc")),
        ("### Only a title\n# @auth bearer {{token}}\n", Bearer("abc")),
        ("GET http://h/first\n# @auth bearer x\n", NoAuth()),
        (f"GET http://h/first\n\n{'x' * 200_000}\n", NoAuth()),
        (f"# @auth bearer {{{{token}}}}\n# {'é' * 100_000}\n", Bearer("abc")),
        ("", NoAuth()),
    ],
)
def test_what_the_top_of_the_file_says_is_inherited(run: Run, spot: Spot, top: str, auth: object) -> None:
    assert spot.path is not None
    spot.path.write_text(f"{top}\n### One\n@token = abc\nGET http://h/\n", newline="")

    async def scenario() -> None:
        async with session() as one:
            assert one.resolved(Request("GET", "http://h/"), spot).auth == auth
            assert one.resolved(Request("GET", "http://h/", auth=NoAuth()), spot).auth == NoAuth()
            typed = one.with_auth(Request("GET", "http://h/"), spot).auth
            assert not isinstance(typed, Inherit)

    run(scenario())


def test_a_file_that_is_gone_leaves_the_folder_to_say_it(run: Run, spot: Spot, tmp_path: Path) -> None:
    assert spot.path is not None
    spot.path.unlink()
    (tmp_path / "c" / "_folder.http").write_text("# @auth bearer folder\n")

    async def scenario() -> None:
        async with session() as one:
            assert one.inherited(spot) == Bearer("folder")
            assert one.inherited(Spot()) == NoAuth()

    run(scenario())


def test_replies_are_known_by_name_and_told_with_the_secrets(run: Run, spot: Spot, tmp_path: Path) -> None:
    (tmp_path / "c" / "http-client.private.env.json").write_text('{"$shared": {"key": "s3cret"}}')
    told: list[tuple[Request, frozenset[str]]] = []

    def tell(typed: Request, _: Reply, secrets: frozenset[str]) -> None:
        told.append((typed, secrets))

    async def scenario() -> None:
        async with session() as one, RawServer(OK).running() as server:
            one.on_reply = tell
            typed = Request("GET", server.url)
            await one.send(typed, one.resolved(typed, spot).prepare(), spot, None, frozenset({"asked"}))
            assert told == [(typed, frozenset({"asked", "s3cret"}))]
            assert one.scope(spot).get("One.response.body.*") == "ok"
            one.forget(spot)
            assert one.scope(spot).get("One.response.body.*") is None
            assert one.scope(spot, {"token": "given"}).get("token") == "given"

    run(scenario())


def test_a_request_without_a_file_has_the_chosen_environment_of_an_opened_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "http-client.env.json").write_text('{"own": {"host": "x"}, "dev": {"host": "d"}}')

    async def scenario() -> None:
        async with session() as one:
            (one.home / "http-client.env.json").write_text('{"own": {"host": "h"}}')
            one.environment = "dev"
            assert one.scope(Spot()).get("host") is None
            one.folders = (tmp_path, folder)
            assert one.scope(Spot()).get("host") == "d"
            one.environment = "own"
            assert one.scope(Spot()).get("host") == "h"

    run(scenario())
