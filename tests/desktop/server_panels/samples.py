"""Records for the tests of the panels."""

from servers.exchange import Direction, End, Exchange, Kind, Message, next_id

GET = Exchange(
    source="http",
    end=End.SERVER,
    method="GET",
    target="/a.zzz",
    version="1.1",
    request_headers=(("Host", "localhost"),),
    request_body=b"",
    request_size=0,
    status=200,
    reason="OK",
    response_headers=(("Content-Type", "text/html; charset=utf-8"),),
    response_body=b"<p>Ahoy</p>",
    response_size=11,
    started_ns=1_000_000,
    responded_ns=2_000_000,
    finished_ns=3_500_000,
    local=("127.0.0.1", 8001),
    remote=("127.0.0.1", 50000),
    id=next_id(),
)
UPGRADE = GET._replace(source="ws", target="/", status=101, reason="Switching Protocols", response_body=b"")
TEXT = Message(UPGRADE, Direction.RECEIVED, Kind.TEXT, b"Ahoy", 4, 5_000_000)
CLOSE = Message(UPGRADE, Direction.SENT, Kind.CLOSE, b"\x03\xe9going", 7, 6_000_000)
