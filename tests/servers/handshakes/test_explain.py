"""Tests of the whole explanation: complete, in order, and safe to show whatever came."""

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from servers.handshakes.explain import explain
from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import accepted, refused

NAMES = ["Host", "Upgrade", "Connection", "Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Accept", "X"]
NAMES += ["Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"]
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=20).map(tuple)


def test_every_part_of_a_good_handshake_is_in_order() -> None:
    points = explain(accepted())
    assert [one.title for one in points] == [
        "101 Switching Protocols",
        "Request line",
        "Host",
        "Upgrade and Connection",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Accept",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Origin",
    ]
    assert Verdict.FAULT not in {one.verdict for one in points}


def test_a_refused_handshake_has_no_answer_to_its_key() -> None:
    titles = [one.title for one in explain(refused(503, "Service Unavailable"))]
    assert titles[0] == "Refused with 503 Service Unavailable"
    assert "Sec-WebSocket-Accept" not in titles


def test_what_never_was_a_request_has_one_point() -> None:
    (only,) = explain(refused(400, "Bad Request")._replace(request_headers=(), method="", target="", error="No HTTP."))
    assert only.verdict is Verdict.FAULT
    assert only.text.startswith("No HTTP. ")


@given(FIELDS, FIELDS, st.sampled_from([0, 101, 200, 302, 400, 403, 421, 599]), st.binary(max_size=50), st.text())
def test_nothing_from_the_wire_can_fool_or_break_the_explanation(
    request: tuple[tuple[str, str], ...],
    response: tuple[tuple[str, str], ...],
    status: int,
    body: bytes,
    target: str,
) -> None:
    hostile = accepted()._replace(
        request_headers=request, response_headers=response, status=status, response_body=body, target=target
    )
    for one in explain(hostile):
        shown = (one.title + one.text).replace("\n", "")
        assert not {category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
