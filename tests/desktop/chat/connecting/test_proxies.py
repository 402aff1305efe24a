"""Tests of handshakes through a proxy: which one is taken, what it is asked, and what is said when it does not help."""

import asyncio
from dataclasses import replace

import pytest

from desktop.chat.connecting import handshake
from desktop.chat.target import ChatWish, Target
from desktop.widgets.proxy_choice import NO_PROXY
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import failure, opened
from tests.desktop.chat.peers import accept
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.misbehaving import answering, listening
from tests.desktop.explorer.sending.test_proxies import TunnelProxy
from tests.desktop.explorer.sending.test_tls import Authority

pytestmark = pytest.mark.without_qt

FAR = Target("ws://far.example/x", "Ann")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The system's proxies, of which there are none."""
    for name in ("ws", "wss", "http", "https", "all", "socks", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)
    return monkeypatch


async def _take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await accept(reader, writer)
    await reader.read()


async def _plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1024)
    writer.write(b"HTTP/1.1 400 No\r\n\r\n")


@pytest.mark.parametrize("secure_proxy", [False, True])
@pytest.mark.parametrize("secure", [False, True])
def test_a_tunnel(run: Run, authority: Authority, secure: bool, secure_proxy: bool) -> None:
    async def scenario() -> None:
        async with listening(_take, authority.server("far.example") if secure else None) as port:
            proxy = TunnelProxy(port)
            async with listening(proxy.serve, authority.server() if secure_proxy else None) as proxy_port:
                wish = f"{'https' if secure_proxy else 'http'}://me:secret@127.0.0.1:{proxy_port}"
                url = f"{'wss' if secure else 'ws'}://far.example/x"
                target = Target(url, proxy=wish, ca_file=authority.options.ca_file)
                async with opened(target) as connection:
                    exchange = connection.exchange
        assert (exchange.status, exchange.target) == (101, "/x")
        assert exchange.remote == ("127.0.0.1", proxy_port)
        assert dict(exchange.request_headers)["Host"] == "far.example"
        assert "Proxy-Authorization" not in dict(exchange.request_headers)
        (head,) = proxy.heads
        assert head.startswith(f"CONNECT far.example:{443 if secure else 80} HTTP/1.1\r\n".encode())
        assert b"\r\nUser-Agent: Portside\r\n" in head
        assert b"\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n" in head

    run(scenario())


@pytest.mark.parametrize("secure_proxy", [False, True])
def test_a_tunnel_to_a_server_that_is_not_trusted(run: Run, authority: Authority, secure_proxy: bool) -> None:
    async def scenario() -> None:
        async with (
            listening(_take, authority.server("near.example")) as port,
            listening(TunnelProxy(port).serve, authority.server() if secure_proxy else None) as proxy_port,
        ):
            wish = f"{'https' if secure_proxy else 'http'}://127.0.0.1:{proxy_port}"
            failed = await failure(Target("wss://far.example", proxy=wish, ca_file=authority.options.ca_file))
        assert "The certificate of far.example port 443 is not trusted: Hostname mismatch" in str(failed)
        assert not failed.retryable

    run(scenario())


def test_the_systems_proxy_is_asked_but_not_for_this_computer(run: Run, environment: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with listening(_take) as port:
            proxy = TunnelProxy(port)
            async with listening(proxy.serve) as proxy_port:
                environment.setenv("http_proxy", f"http://127.0.0.1:{proxy_port}")
                async with opened(FAR):
                    pass
                async with opened(Target(f"ws://127.0.0.1:{port}")):
                    pass
                environment.setenv("ws_proxy", "socks5://h")
                assert "The system's proxy “socks5://h” is of a kind" in str(await failure(FAR))
                environment.setenv("no_proxy", "far.example,far.invalid")
                failed = await failure(Target("ws://far.invalid"))
        assert len(proxy.heads) == 1
        assert "There is no computer named “far.invalid”." in str(failed)

    run(scenario())


def test_no_proxy_is_no_proxy(run: Run, environment: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        environment.setenv("http_proxy", "http://127.0.0.1:1")
        failed = await failure(Target("ws://far.invalid", proxy=NO_PROXY))
        assert "There is no computer named “far.invalid”." in str(failed)

    run(scenario())


@pytest.mark.parametrize(
    ("answer", "words", "retryable"),
    [
        (b"HTTP/1.1 407 No\r\n\r\n", "asks for a user name and a password: http://user:password@host:port.", False),
        (b"HTTP/1.1 403 Not Here\r\n\r\n", "refused a tunnel to far.example port 80: 403 Not Here.", False),
        (b"HTTP/1.1 502 \r\n\r\n", "refused a tunnel to far.example port 80: 502.", True),
        (b"SSH-2.0\r\n", "What answers on 127.0.0.1 port {port} is not a proxy: it does not speak HTTP.", False),
        (b"", "The proxy 127.0.0.1 port {port} closed the connection without an answer. It may not be a proxy.", True),
    ],
)
def test_a_proxy_that_refuses_is_named(run: Run, answer: bytes, words: str, retryable: bool) -> None:
    async def scenario() -> None:
        async with listening(answering(answer)) as port:
            failed = await failure(replace(FAR, proxy=f"http://127.0.0.1:{port}", chat=ChatWish.ALWAYS))
            assert words.format(port=port) in str(failed)
            assert failed.retryable is retryable
            assert failed.exchange
            assert (failed.exchange.status, failed.exchange.target) == (0, "/x?name=Ann")

    run(scenario())


def test_a_wrong_password_for_a_proxy(run: Run) -> None:
    async def scenario() -> None:
        async with listening(answering(b"HTTP/1.1 407 No\r\n\r\n")) as port:
            failed = await failure(replace(FAR, proxy=f"me:secret@127.0.0.1:{port}"))
        assert "did not accept the user name and the password in its URL." in str(failed)
        assert "secret" not in str(failed)

    run(scenario())


def test_a_proxy_that_is_not_there_is_named(run: Run) -> None:
    async def scenario() -> None:
        port = free_port()
        failed = await failure(replace(FAR, proxy=f"127.0.0.1:{port}"))
        assert str(failed) == f"Nothing answers on the proxy 127.0.0.1 port {port}. Check the proxy."
        assert failed.retryable
        failed = await failure(replace(FAR, proxy="no-such-proxy.invalid"))
        wanted = "There is no computer named “no-such-proxy.invalid”. Check the spelling of the proxy, or the network."
        assert str(failed) == wanted

    run(scenario())


def test_a_proxy_that_is_not_trusted_or_speaks_no_tls_is_named(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        async with listening(answering(), authority.server()) as port:
            failed = await failure(replace(FAR, proxy=f"https://127.0.0.1:{port}"))
        assert f"The certificate of the proxy 127.0.0.1 port {port} is not trusted" in str(failed)
        async with listening(_plain) as port:
            failed = await failure(replace(FAR, proxy=f"https://127.0.0.1:{port}"))
        wanted = f"The proxy 127.0.0.1 port {port} does not speak TLS as https needs it. Is it an http:// server?"
        assert str(failed) == wanted

    run(scenario())


def test_a_silent_proxy_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 0.2)

    async def scenario() -> None:
        async with listening(answering(hold=True)) as port:
            failed = await failure(replace(FAR, proxy=f"http://127.0.0.1:{port}"))
        wanted = f"The proxy 127.0.0.1 port {port} did not answer in time. Check that it is a proxy, and"
        assert wanted in str(failed)
        assert failed.retryable

    run(scenario())


def test_a_tunnel_that_ends_at_once(run: Run) -> None:
    async def scenario() -> None:
        async with listening(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as port:
            failed = await failure(replace(FAR, proxy=f"http://127.0.0.1:{port}"))
        assert "far.example port 80 closed the connection without an answer." in str(failed)
        assert failed.retryable

    run(scenario())
