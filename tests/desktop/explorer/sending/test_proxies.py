"""Tests of proxies: which one is taken, what it is asked, and what is said when it does not help."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.explorer.model.options import Options
from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.attempt import Sessions
from desktop.explorer.sending.fault import Fault
from desktop.explorer.sending.proxies import asks_system, proxy_for
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY
from tests.conftest import Run
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.misbehaving import answering, get, listening, send
from tests.desktop.explorer.sending.test_tls import Authority
from tests.desktop.explorer.servers import OK, RawServer

FAR = parse_url("http://far.example/x")


@pytest.mark.parametrize(
    ("wish", "place", "authorization"),
    [
        ("http://proxy.example:3128", "proxy.example port 3128", ""),
        ("proxy.example:3128", "proxy.example port 3128", ""),
        ("https://me:p%40ss@proxy.example", "proxy.example port 443", "Basic bWU6cEBzcw=="),
        ("http://me@[::1]:8080/", "::1 port 8080", "Basic bWU6"),
    ],
)
def test_urls(wish: str, place: str, authorization: str) -> None:
    proxy = proxy_for(Options(proxy=wish), FAR)
    assert proxy is not None
    assert (proxy.place, proxy.authorization) == (place, authorization)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("socks5://me:secret@h:1080", "The proxy “socks5://h:1080” is of a kind"),
        ("http://", "is not a URL"),
        ("http://h:port", "is not a URL"),
        ("http://[h", "is not a URL"),
        ("http://me:secret@", "“http://” is not a URL"),
    ],
)
def test_what_is_no_proxy_is_a_sentence_without_the_password(run: Run, wish: str, words: str) -> None:
    with pytest.raises(Fault, match=words) as caught:
        proxy_for(Options(proxy=wish), FAR)
    assert "secret" not in str(caught.value)

    async def scenario() -> None:
        reply = await send(get("http://127.0.0.1:1/", Options(proxy=wish)))
        assert reply.exchange.error == str(caught.value)

    run(scenario())


def test_the_systems_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", "http://proxy.example:1")
    monkeypatch.setenv("no_proxy", "near.example")
    system = Options(proxy=SYSTEM_PROXY)
    proxy = proxy_for(system, FAR)
    assert proxy is not None
    assert proxy.place == "proxy.example port 1"
    assert proxy_for(system, parse_url("https://far.example/")) is None
    assert proxy_for(system, parse_url("http://near.example/")) is None
    assert proxy_for(system, parse_url("http://localhost/")) is None
    assert proxy_for(Options(proxy=NO_PROXY), FAR) is None
    assert (asks_system(system, FAR), asks_system(Options(proxy="h:1"), FAR)) == (True, False)
    monkeypatch.setenv("http_proxy", "socks5://h")
    with pytest.raises(Fault, match="The system's proxy “socks5://h”"):
        proxy_for(system, FAR)


def test_http_goes_in_absolute_form(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK, OK).running() as server:
            options = Options(proxy=f"http://me:secret@127.0.0.1:{server.port}")
            sessions = Sessions()
            for _ in range(2):
                reply = await send(get("http://far.example/a%2Fb?c", options), sessions=sessions)
            await sessions.close()
        head = server.requests[1].decode()
        assert head.startswith("GET http://far.example/a%2Fb?c HTTP/1.1\r\nHost: far.example\r\n")
        assert "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in head
        assert (server.connections, server.requests[0]) == (1, server.requests[1])
        assert ("Proxy-Authorization", "Basic bWU6c2VjcmV0") in reply.exchange.request_headers
        assert (reply.exchange.status, reply.exchange.target) == (200, "/a%2Fb?c")
        assert reply.exchange.remote == ("127.0.0.1", server.port)

    run(scenario())


class TunnelProxy:
    """A proxy that joins both ends after CONNECT."""

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        self._port = port

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append(await reader.readuntil(b"\r\n\r\n"))
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
    writer.close()


@pytest.mark.parametrize("secure", [False, True])
def test_https_goes_through_a_tunnel(run: Run, tmp_path: Path, secure: bool) -> None:
    async def scenario() -> None:
        authority = Authority(tmp_path)
        async with listening(answering(OK, hold=True), authority.server("far.example")) as port:
            proxy = TunnelProxy(port)
            async with listening(proxy.serve, authority.server() if secure else None) as proxy_port:
                wish = f"{'https' if secure else 'http'}://me:secret@127.0.0.1:{proxy_port}"
                reply = await send(get("https://far.example/", replace(authority.options, proxy=wish)))
        assert proxy.heads == [
            b"CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\nUser-Agent: Portside\r\n"
            b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n"
        ]
        assert (reply.exchange.status, reply.exchange.error) == (200, None)
        assert "Proxy-Authorization" not in dict(reply.exchange.request_headers)
        assert min(reply.timing.connect, reply.timing.tls, reply.timing.send) > 0

    run(scenario())


@pytest.mark.parametrize(
    ("answer", "url", "words"),
    [
        (
            b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
            "https://far.example/",
            "asks for a user name and a password",
        ),
        (b"HTTP/1.1 403 Not Here\r\n\r\n", "https://far.example/", "refused a tunnel to far.example port 443: 403 Not"),
        (b"SSH-2.0\r\n", "https://far.example/", "The proxy 127.0.0.1 port {port}"),
        (b"", "https://far.example/", "The proxy 127.0.0.1 port {port}"),
        (b"", "http://far.example/", "The proxy 127.0.0.1 port {port}"),
    ],
)
def test_a_proxy_that_refuses_is_named(run: Run, answer: bytes, url: str, words: str) -> None:
    async def scenario() -> None:
        async with listening(answering(answer)) as port:
            reply = await send(get(url, Options(proxy=f"http://127.0.0.1:{port}")))
            assert words.format(port=port) in (reply.exchange.error or "")

    run(scenario())


def test_a_proxy_that_asks_for_a_password_with_http_is_noted(run: Run) -> None:
    async def scenario() -> None:
        async with listening(answering(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", hold=True)) as port:
            reply = await send(get("http://far.example/", Options(proxy=f"http://127.0.0.1:{port}")))
        assert reply.exchange.status == 407
        assert "asks for a user name and a password" in reply.notes[0]

    run(scenario())


@pytest.mark.parametrize("url", ["http://far.example/", "https://far.example/"])
def test_a_proxy_that_is_not_there_is_named(run: Run, url: str) -> None:
    async def scenario() -> None:
        port = free_port()
        reply = await send(get(url, Options(proxy=f"http://127.0.0.1:{port}")))
        assert reply.exchange.error == f"Nothing answers on the proxy 127.0.0.1 port {port}. Check the proxy."
        reply = await send(get(url, Options(proxy="http://no-such-proxy.invalid")))
        assert "The name no-such-proxy.invalid was not found" in (reply.exchange.error or "")

    run(scenario())


def test_a_proxy_whose_certificate_is_not_trusted_is_named(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        authority = Authority(tmp_path)
        async with listening(answering(), authority.server()) as port:
            reply = await send(get("http://far.example/", Options(proxy=f"https://127.0.0.1:{port}")))
        assert f"The certificate of the proxy 127.0.0.1 port {port} is not trusted" in (reply.exchange.error or "")

    run(scenario())
