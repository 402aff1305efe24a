"""Forms of -F."""

from pathlib import Path

import pytest

from desktop.explorer.curl.command import read
from desktop.explorer.model.body import BodyKind, Upload
from desktop.explorer.model.multipart import boundary_of
from desktop.explorer.model.request import Request


def parts(text: str, folder: Path | None = None) -> list[str]:
    """Each part as it is written, without the line that begins it."""
    pasted = read(text, folder)
    assert pasted.warnings == ()
    request = pasted.requests[0]
    assert isinstance(request.body, str)
    return request.body.removesuffix("--\n").split(f"--{boundary(request)}")[1:-1]


def boundary(request: Request) -> str:
    return boundary_of(tuple((row.name, row.value) for row in request.headers))


HEAD = "\nContent-Disposition: form-data; name="


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("a=b", '"a"\n\nb\n'),
        ("a=b;type=x/y", '"a"\nContent-Type: x/y\n\nb\n'),
        ("a=b;type=x/y; charset=z", '"a"\nContent-Type: x/y; charset=z\n\nb\n'),
        ('a="b;c\\"";type=x/y', '"a"\nContent-Type: x/y\n\nb;c"\n'),
        ("a={\"b\": 1}", '"a"\n\n{"b": 1}\n'),
        ("a=b;headers=\"X-A: c\"", '"a"\nX-A: c\n\nb\n'),
        ("a=", '"a"\n\n\n'),
        ('x"y=b', '"x%22y"\n\nb\n'),
        ("a=@f.txt", '"a"; filename="f.txt"\nContent-Type: text/plain\n\n< ./f.txt\n'),
        ("a=@d/f.bin", '"a"; filename="f.bin"\nContent-Type: application/octet-stream\n\n< ./d/f.bin\n'),
        ("a=@f.txt;type=x/y;filename=g", '"a"; filename="g"\nContent-Type: x/y\n\n< ./f.txt\n'),
        ('a=@"f,;g.txt"', '"a"; filename="f,;g.txt"\nContent-Type: text/plain\n\n< ./f,;g.txt\n'),
        ("a=<f.xml", '"a"\nContent-Type: application/xml\n\n< ./f.xml\n'),
    ],
)  # fmt: skip
def test_parts(part: str, written: str) -> None:
    assert parts(f"curl h -F '{part}'") == [HEAD + written]


def test_a_text_that_looks_like_a_file() -> None:
    assert parts("curl h --form-string 'a=@b;type=c'") == [f'{HEAD}"a"\n\n@b;type=c\n']


def test_a_file_of_the_standard_input() -> None:
    assert parts("curl h -F 'a=@-;filename=b.txt' <<< c") == [
        f'{HEAD}"a"; filename="b.txt"\nContent-Type: text/plain\n\nc\n\n'
    ]


def test_a_type_of_ones_own() -> None:
    pasted = read("curl h -F a=b -H 'Content-Type: multipart/mixed'")
    (row,) = pasted.requests[0].headers
    assert row.value.startswith("multipart/mixed; boundary=")
    assert "Content-Disposition: attachment; name" in str(pasted.requests[0].body)


def test_what_is_sent(tmp_path: Path) -> None:
    (tmp_path / "f.bin").write_bytes(b"\0")
    request = read("curl h -F a=b -F c=@f.bin", tmp_path).requests[0]
    body = request.prepare(tmp_path).body
    assert isinstance(body, Upload)
    assert isinstance(body.segments[0], bytes)
    assert body.segments[0].startswith(f"--{boundary(request)}\r\n".encode())
    assert body.segments[-1] == f"\r\n--{boundary(request)}--\r\n".encode()


@pytest.mark.parametrize("content", ["$'x\\n< ./y'", "$'x\\r'", "$'\\xff'"])
def test_contents_that_text_cannot_say(content: str) -> None:
    request = read(f"curl h --form-string a={content}").requests[0]
    assert request.kind is BodyKind.MULTIPART
    assert isinstance(request.body, bytes)
    assert request.prepare().body == request.body


def test_files_beside_such_contents(tmp_path: Path) -> None:
    (tmp_path / "f.bin").write_bytes(b"\0")
    request = read("curl h --form-string a=$'\\xff' -F b=@f.bin", tmp_path).requests[0]
    assert isinstance(request.body, bytes)
    assert b"\r\n\r\n\xff\r\n" in request.body
    assert b"\r\n\r\n\0\r\n" in request.body
