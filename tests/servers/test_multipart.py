"""The multipart splitter: any content, in pieces of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.multipart import MAX_HEAD, MAX_PARTS, MultipartError, Part, Splitter

TYPE = "multipart/form-data; boundary=B"
Parts = list[tuple[Part, bytes]]
_NASTY = st.lists(st.sampled_from([b"\r", b"\n", b"-", b"--", b"B", b"\r\n", b"\r\n--", b"\0", b"x"]), max_size=12)
_CONTENTS = st.lists(_NASTY.map(b"".join).filter(lambda text: b"\r\n--B" not in b"\r\n" + text), max_size=4)


def split(body: bytes, size: int, content_type: str = TYPE) -> Parts:
    """The parts of a body that comes in pieces of ``size`` bytes."""
    splitter = Splitter(content_type)
    parts: Parts = []
    for start in range(0, len(body), size):
        for event in splitter.feed(body[start : start + size]):
            if isinstance(event, Part):
                parts.append((event, b""))
            else:
                parts[-1] = (parts[-1][0], parts[-1][1] + event)
    splitter.finish()
    return parts


@given(_CONTENTS, st.integers(1, 40))
def test_whatever_was_put_together_comes_apart(contents: list[bytes], size: int) -> None:
    head = b'--B\r\nContent-Disposition: form-data; name="%d"\r\n\r\n'
    body = b"".join(head % number + content + b"\r\n" for number, content in enumerate(contents)) + b"--B--\r\n"
    assert split(body, size) == [(Part(str(n), None, None), content) for n, content in enumerate(contents)]


@given(st.binary(max_size=200), st.integers(1, 40))
def test_nothing_else_is_raised(body: bytes, size: int) -> None:
    with pytest.raises(MultipartError):
        split(b"--B\r\n" + body.replace(b"--B--", b""), size)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_preamble_epilogue_and_a_part_without_head(size: int) -> None:
    body = b"preamble\r\n--B\r\n\r\nx\r\n--B--\r\nepilogue\r\n--B\r\n\r\ny"
    assert split(body, size) == [(Part("", None, None), b"x")]


@pytest.mark.parametrize(
    ("disposition", "name", "filename"),
    [
        ('form-data; name="a b"; filename="x.txt"', "a b", "x.txt"),
        ('form-data; name=a; filename="ä \\" 😀"', "a", 'ä " 😀'),
        ("form-data; name=a; filename*=UTF-8''%C3%A4.txt", "a", "ä.txt"),
        ("form-data; name=a; filename*=unicode_escape''%5Cud800", "a", "\ud800"),
        ('form-data; name=""; filename=""', "", ""),
        ("nonsense ;;= \x1b", "", None),
    ],
)
def test_names(disposition: str, name: str, filename: str | None) -> None:
    body = f"--B\r\ncontent-disposition: {disposition}\r\nContent-Type: a/b\r\n\r\n\r\n--B--".encode()
    assert split(body, 1000) == [(Part(name, filename, "a/b"), b"")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--B\r\n\r\nx",
        b"--B\r\n\r\nx\r\n--",
        b"--Bx\r\n\r\nx\r\n--B--",
        b"--B\r\nX: " + b"x" * (MAX_HEAD + 100) + b"\r\n\r\n\r\n--B--",
        b"--B\r\n\r\n\r\n" * (MAX_PARTS + 1) + b"--B--",
    ],
)
def test_malformed_bodies(body: bytes) -> None:
    with pytest.raises(MultipartError):
        split(body, 1000)


@pytest.mark.parametrize("parameter", ["", "; boundary=", '; boundary=""', "; boundary=ä", f"; boundary={'b' * 71}"])
def test_malformed_boundaries(parameter: str) -> None:
    with pytest.raises(MultipartError, match="boundary of 1 to 70"):
        Splitter(f"multipart/form-data{parameter}")
