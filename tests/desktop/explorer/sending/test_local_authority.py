"""Tests of how the explorer trusts the local authority, and that nothing else about trust has changed."""

from dataclasses import replace
from pathlib import Path

from desktop.explorer.model.options import Options
from desktop.explorer.sending.attempt import Sessions
from desktop.explorer.sending.client import Client
from desktop.explorer.sending.reply import Reply
from desktop.explorer.session import new_session
from desktop.widgets.proxy_choice import NO_PROXY
from servers.recorder import Recorder
from servers.tls import LocalAuthority, certificate_path
from tests.conftest import Run
from tests.desktop.explorer.sending.misbehaving import answering, get, listening, send
from tests.desktop.explorer.servers import OK

OPTIONS = Options(proxy=NO_PROXY)
NOT_TRUSTED = "unable to get local issuer certificate"


async def _ask(folder: Path, sessions: Sessions, options: Options = OPTIONS, host: str = "localhost") -> Reply:
    """GET from a server under the authority in ``folder``."""
    context = await LocalAuthority(folder).context()
    async with listening(answering(OK, hold=True), context) as port:
        return await send(get(f"https://{host}:{port}/", options), sessions=sessions)


def test_it_is_trusted_without_being_asked(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        sessions = Sessions(tmp_path / "authority.pem")
        for host in ("localhost", "127.0.0.1"):
            assert (await _ask(tmp_path, sessions, host=host)).exchange.status == 200
        await sessions.close()

    run(scenario())


def test_it_is_trusted_from_when_it_is_there(run: Run, tmp_path: Path) -> None:
    """Also when it has come after the first request, and when it is replaced."""

    async def scenario() -> None:
        elsewhere, path = tmp_path / "elsewhere", tmp_path / "authority.pem"
        sessions = Sessions(path)
        assert NOT_TRUSTED in ((await _ask(elsewhere, sessions)).exchange.error or "")
        path.write_bytes((elsewhere / "authority.pem").read_bytes())
        assert (await _ask(elsewhere, sessions)).exchange.status == 200
        other = tmp_path / "other"
        assert (await _ask(other, sessions)).exchange.status == 0
        path.write_bytes((other / "authority.pem").read_bytes())
        assert (await _ask(other, sessions)).exchange.status == 200
        await sessions.close()

    run(scenario())


def test_others_are_not_trusted_with_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await LocalAuthority(tmp_path / "mine").certificate()
        for sessions in (Sessions(tmp_path / "mine" / "authority.pem"), Sessions()):
            reply = await _ask(tmp_path / "other", sessions)
            assert NOT_TRUSTED in (reply.exchange.error or "")
            unchecked = await _ask(tmp_path / "other", sessions, replace(OPTIONS, verify=False))
            assert unchecked.exchange.status == 200
            await sessions.close()

    run(scenario())


def test_it_is_trusted_beside_an_authority_of_the_user_s_choice(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await LocalAuthority(tmp_path / "chosen").certificate()
        sessions = Sessions(tmp_path / "authority.pem")
        options = replace(OPTIONS, ca_file=str(tmp_path / "chosen" / "authority.pem"))
        assert (await _ask(tmp_path, sessions, options)).exchange.status == 200
        assert (await _ask(tmp_path / "chosen", sessions, options)).exchange.status == 200
        await sessions.close()

    run(scenario())


def test_a_damaged_one_does_not_keep_requests_from_others(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        damaged = tmp_path / "damaged.pem"
        damaged.write_text("damaged")
        sessions = Sessions(damaged)
        options = replace(OPTIONS, ca_file=str(tmp_path / "authority.pem"))
        assert (await _ask(tmp_path, sessions)).exchange.status == 0
        assert (await _ask(tmp_path, sessions, options)).exchange.status == 200
        await sessions.close()

    run(scenario())


def test_a_session_trusts_that_of_its_data_directory(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        context = await LocalAuthority(certificate_path(tmp_path).parent).context()
        session = new_session(Recorder(), tmp_path, lambda _: None)
        clients: list[tuple[Client, int]] = [(session.client, 200), (Client(Recorder()), 0)]
        async with listening(answering(OK, hold=True), context) as port:
            for client, status in clients:
                reply = await client.send(get(f"https://localhost:{port}/", OPTIONS))
                assert reply.exchange.status == status
                await client.close()
        assert session.home == tmp_path / "collections"

    run(scenario())
