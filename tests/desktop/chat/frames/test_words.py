"""What is said of a frame: its row, its header bit by bit, its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from desktop.chat.frames.columns import COLUMNS, TIPS
from desktop.chat.frames.wire import WireFrame
from desktop.chat.frames.words import content_line, content_text, header_bytes, header_text, kept_text
from tests.desktop.chat.frames.samples import BAD, CLOSE, PING, SENT, TEXT
from tests.desktop.chat.frames.wired import Wired


def row(frame: WireFrame) -> dict[str, str]:
    return {column.title: column.text(frame) for column in COLUMNS if column.title != "Time"}


def test_a_frame_in_a_row() -> None:
    assert row(SENT) == {
        "Direction": "→ sent",
        "Opcode": "0x1 text",
        "Content": "Ahoy",
        "FIN": "1",
        "RSV": "compressed",
        "Mask": "3fa10c9d",
        "Fragment": "",
        "Header": "6",
        "Wire": "3",
        "Inflated": "4",
    }
    received = row(TEXT._replace(fragment=2, fin=False, opcode=0))
    assert [received[one] for one in ("Direction", "Opcode", "FIN", "RSV", "Mask", "Fragment")] == [
        "← received",
        "0x0 continuation",
        "0",
        "",
        "no",
        "2",
    ]
    assert len(TIPS) == len(COLUMNS)


def test_a_faulty_frame_says_so_first() -> None:
    assert row(BAD)["Content"] == "⚠ The opcode 0x3 is reserved (RFC 6455, section 5.2). 41 68 6f 79"
    assert row(BAD)["Opcode"] == "0x3 reserved"
    assert row(BAD)["Inflated"] == "?"
    assert row(BAD._replace(rsv1=True, rsv3=True))["RSV"] == "RSV1, RSV3"


@pytest.mark.parametrize(
    ("frame", "line"),
    [
        (PING, "00 ff"),
        (CLOSE, "1001 going away: going"),
        (TEXT._replace(data=b"a\nb\xe2\x80\xae"), "a\\nb\\u202e"),
        (TEXT._replace(data=b"h\xff"), "h\ufffd"),
        (TEXT._replace(opcode=0), "Ahoy"),
        (TEXT._replace(opcode=0, data=b"cut \xc3"), "cut "),
        (TEXT._replace(opcode=0, data=b"\xa9"), "a9"),
        (TEXT._replace(rsv1=True, size=None), "41 68 6f 79"),
        (TEXT._replace(data=b"x" * 900), "x" * 200),
    ],
)
def test_the_content_in_one_line(frame: WireFrame, line: str) -> None:
    assert content_line(frame) == line


def test_the_content_as_text() -> None:
    assert content_text(TEXT._replace(data=b"one\r\ntw\xff\x1bo", size=9)) == "one\\r\ntw\\xff\\x1bo"
    assert content_text(TEXT._replace(data=b"cut \xc3", size=4000)) == "cut "
    assert content_text(CLOSE) == "Code: 1001, going away\nReason: going"


def test_how_much_is_kept() -> None:
    assert kept_text(TEXT) == ""
    assert kept_text(TEXT._replace(size=4000)) == "Only the first 4 of 4,000 bytes are kept."
    assert kept_text(BAD._replace(data=b"")) == "Its content is not kept."


def test_the_header_bit_by_bit() -> None:
    assert header_text(SENT).split("\n") == [
        "c1 83 3f a1 0c 9d",
        "",
        "c1           1... ....  FIN     1, the whole message",
        "             .1.. ....  RSV1    1, compressed",
        "             ..0. ....  RSV2    0",
        "             ...0 ....  RSV3    0",
        "             .... 0001  Opcode  0x1 text",
        "83           1... ....  Mask    1, the payload is masked",
        "             .000 0011  Length  3 bytes of payload",
        "3f a1 0c 9d             Key     what the payload is masked with",
        "",
        "After the header: 3 bytes of payload, 4 bytes when inflated.",
    ]


@pytest.mark.parametrize(
    ("frame", "line"),
    [
        (TEXT._replace(fin=False, fragment=1), "0... ....  FIN     0, the message goes on in another frame"),
        (TEXT._replace(opcode=0, fragment=3), "1... ....  FIN     1, the last of 3 fragments"),
        (PING, "1... ....  FIN     1, as in every control frame"),
        (TEXT, "0... ....  Mask    0, not masked"),
        (TEXT._replace(header_size=4, wire_size=256), ".111 1110  Length  126, the next 2 bytes say it"),
        (TEXT._replace(header_size=4, wire_size=256), "01 00             Length  256 bytes of payload"),
        (TEXT._replace(header_size=10, wire_size=1 << 20), ".111 1111  Length  127, the next 8 bytes say it"),
    ],
)
def test_lines_of_other_headers(frame: WireFrame, line: str) -> None:
    assert any(one.endswith(line) for one in header_text(frame).split("\n"))


@given(
    opcode=st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.PING]),
    size=st.sampled_from([0, 5, 125, 126, 65_535, 65_536]),
    fin=st.booleans(),
)
def test_the_header_is_given_back_byte_by_byte(opcode: Opcode, size: int, fin: bool) -> None:
    wired = Wired().open()
    is_control = opcode is Opcode.PING
    wired.client.send_frame(Frame(opcode, bytes(min(size, 125) if is_control else size), fin or is_control))
    (frame,) = wired.frames
    assert header_bytes(frame) == wired.written_by_client()[: frame.header_size]
