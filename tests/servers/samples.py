"""Records to test with."""

from servers.exchange import End, Exchange, Headers, next_id


def exchange(
    *,
    body: bytes = b"",
    size: int | None = None,
    headers: Headers = (),
    started_ns: int = 1_000,
    source: str = "http",
    target: str = "/",
) -> Exchange:
    """A complete exchange, 2,000 ns long, whose response has this body."""
    return Exchange(
        source=source,
        end=End.SERVER,
        method="GET",
        target=target,
        version="1.1",
        request_headers=headers,
        request_body=b"",
        request_size=0,
        status=200,
        reason="OK",
        response_headers=(),
        response_body=body,
        response_size=len(body) if size is None else size,
        started_ns=started_ns,
        responded_ns=started_ns + 1_000,
        finished_ns=started_ns + 2_000,
        local=("127.0.0.1", 8001),
        remote=("127.0.0.1", 50_000),
        id=next_id(),
    )
