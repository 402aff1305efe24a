"""Commands that read files."""

from pathlib import Path

import pytest

from desktop.explorer.curl import files as files_module
from desktop.explorer.curl.command import read
from desktop.explorer.model.body import BodyKind, FilePart, Upload
from desktop.explorer.model.request import Request


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(b"a\r\nb\n")
    (tmp_path / "b.bin").write_bytes(b"\xff\0")
    return tmp_path


def one(text: str, folder: Path) -> Request:
    pasted = read(text, folder)
    assert pasted.warnings == ()
    return pasted.requests[0]


def test_data_loses_its_line_breaks(folder: Path) -> None:
    assert one("curl h -d @a.txt", folder).body == "ab"
    assert one("curl h -d x -d @a.txt", folder).body == "x&ab"


@pytest.mark.parametrize("text", ["curl h --data-binary @b.bin", "curl h -T b.bin", "curl h --data-binary @- < b.bin"])
def test_files_stay_files(text: str, folder: Path) -> None:
    request = one(text, folder)
    assert (request.kind, request.body) == (BodyKind.FILE, "< ./b.bin")
    assert request.prepare(folder).body == Upload((FilePart(folder / "b.bin", 2),))


def test_joined_files_are_read(folder: Path) -> None:
    assert one("curl h -d x --data-binary @b.bin", folder).prepare(folder).body == b"x&\xff\0"
    assert one("curl h --data-urlencode n@a.txt", folder).body == "n=a%0D%0Ab%0A"
    assert one("curl h -G -d @a.txt", folder).url == "h?ab"


def test_uploads_name_their_url(folder: Path) -> None:
    assert [one(f"curl {url} -T a.txt", folder).url for url in ("h", "h/x/", "h/x", "'h/?q'")] == [
        "h/a.txt",
        "h/x/a.txt",
        "h/x",
        "h/a.txt?q",
    ]


def test_each_upload_has_its_url(folder: Path) -> None:
    pasted = read("curl h/1 h/2 h/3 -T a.txt -T b.bin", folder)
    assert [(one.method, one.body) for one in pasted.requests] == [
        ("PUT", "< ./a.txt"),
        ("PUT", "< ./b.bin"),
        ("GET", ""),
    ]


def test_headers_from_a_file(folder: Path) -> None:
    (folder / "h.txt").write_text("A: b\r\n\r\nC;\n")
    assert [(row.name, row.value) for row in one("curl h -H @h.txt", folder).headers] == [("A", "b"), ("C", "")]


def test_cookies_from_a_file(folder: Path) -> None:
    (folder / "c.txt").write_text(
        "# Netscape HTTP Cookie File\n"
        "h.example\tFALSE\t/\tFALSE\t0\ta\tb\n"
        ".example\tTRUE\t/\tFALSE\t0\tc\td\n"
        "#HttpOnly_h.example\tFALSE\t/x\tFALSE\t0\te\tf\n"
        "h.example\tFALSE\t/\tTRUE\t0\tsecure\tg\n"
        "h.example\tFALSE\t/\tFALSE\t5\texpired\th\n"
        "other.example\tFALSE\t/\tFALSE\t0\tother\ti\n"
        "Set-Cookie: j=k; Path=/\n"
    )
    assert one("curl h.example/x/y -b c.txt", folder).headers[0].value == "a=b; c=d; e=f; j=k"
    assert one("curl other.example -b c.txt -b z=1", folder).headers[0].value == "c=d; other=i; j=k; z=1"


def test_certificates_are_looked_for_in_the_folder(folder: Path) -> None:
    assert one("curl h --cacert a.pem", folder).options.ca_file == str(folder / "a.pem")


@pytest.mark.parametrize(
    "text", ["curl h -d @none", "curl h --data-binary @none", "curl h -T none", "curl h -F a=@none", "curl h -b none"]
)
def test_missing_files_are_named(text: str, folder: Path) -> None:
    pasted = read(text, folder)
    assert len(pasted.warnings) == 1
    assert "none" in pasted.warnings[0]


def test_a_missing_file_stays_referred_to(folder: Path) -> None:
    assert read("curl h -d @none", folder).requests[0].body == "< ./none"


def test_a_file_without_a_folder() -> None:
    pasted = read("curl h -d @a.txt")
    assert pasted.requests[0].body == "< ./a.txt"
    assert len(pasted.warnings) == 1


def test_a_file_that_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "LIMIT", 3)
    pasted = read("curl h -d @a.txt", folder)
    assert pasted.requests[0].body == "< ./a.txt"
    assert "too large" in pasted.warnings[0]
