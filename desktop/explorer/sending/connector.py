"""Makes connections, and measures the steps of making them."""

from functools import partial
from typing import Any

from aiohttp import ClientRequest, ClientTimeout, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from desktop.explorer.sending.exact import ExactRequest
from desktop.explorer.sending.timing import CONNECT, DNS, SEND, TLS, Stopwatch
from desktop.explorer.sending.wire import Wire


class TunnelRequest(ClientRequest):
    """What a proxy is asked before TLS starts (RFC 9110, section 9.3.6)."""

    stopwatch: Stopwatch


class Connector(TCPConnector):
    """TCP connections of class Wire, to servers and proxies; each request may wait for its own one."""

    def __init__(self, *, keep: bool) -> None:
        super().__init__(force_close=not keep, limit=0)
        self._factory = partial(Wire, loop=self._loop)  # type: ignore[assignment] # a Wire is a ResponseHandler

    async def _create_connection(
        self, req: ClientRequest, traces: list[Trace], timeout: ClientTimeout
    ) -> ResponseHandler:
        if isinstance(req, ExactRequest):
            req.trip.reused = False
            req.stopwatch.turn(DNS)
        return await super()._create_connection(req, traces, timeout)

    async def _wrap_create_connection(self, *args: Any, req: ClientRequest, **kwargs: Any) -> Any:
        make, *rest = args
        stopwatch = _stopwatch(req)
        stopwatch.turn(CONNECT)

        def connected() -> ResponseHandler:
            stopwatch.turn(TLS)
            made: ResponseHandler = make()
            return made

        made = await super()._wrap_create_connection(connected if kwargs.get("ssl") else make, *rest, req=req, **kwargs)
        stopwatch.turn(SEND if isinstance(req, ExactRequest) else CONNECT)
        return made

    async def _start_tls_connection(
        self, underlying_transport: Any, req: ClientRequest, *args: Any, **kwargs: Any
    ) -> Any:
        _stopwatch(req).turn(TLS)
        made = await super()._start_tls_connection(underlying_transport, req, *args, **kwargs)
        _stopwatch(req).turn(SEND)
        return made

    def _update_proxy_auth_header_and_build_proxy_req(self, req: ClientRequest) -> ClientRequest:
        """Ask for the tunnel in the explorer's name; a request that needs none carries its authorization itself."""
        if req.proxy is None:
            raise TypeError("there is no proxy to ask")
        target = req.url
        tunnel = TunnelRequest(
            "GET",
            req.proxy,
            headers={
                "Host": f"{target.host_subcomponent}:{target.port}",
                "User-Agent": "Portside",
                **(req.proxy_headers or {}),
            },
            skip_auto_headers=("Accept", "Accept-Encoding"),
            loop=self._loop,
            ssl=req.ssl,
        )
        tunnel.stopwatch = _stopwatch(req)
        return tunnel


def _stopwatch(request: ClientRequest) -> Stopwatch:
    if isinstance(request, ExactRequest | TunnelRequest):
        return request.stopwatch
    raise TypeError("all requests are measured")
