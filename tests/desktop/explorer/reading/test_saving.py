"""Tests of saving a body, and of the name it is given."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.saving import Stopped, cleaned, proposed_name, save
from desktop.explorer.sending.blob import Blob


@pytest.mark.parametrize(
    ("disposition", "target", "content_type", "name"),
    [
        ("", "/players/7?x=/y.z", "application/json; charset=utf-8", "7.json"),
        ("", "/a%20b.tar.gz", "application/gzip", "a b.tar.gz"),
        ("", "/", "text/html", "response.html"),
        ("", "/..%2F..%2Fetc%2Fpasswd", "", "passwd"),
        ('attachment; filename="r\\"é.csv"', "/x", "text/csv", "r_é.csv"),
        ("attachment; filename=plain.txt; filename*=UTF-8''%e2%82%ac.txt", "/x", "", "€.txt"),
        ("attachment; filename*=nonsense''a; filename=b.txt", "/x", "", "b.txt"),
        ('attachment; filename="../../x.sh"', "/x", "", "x.sh"),
        ('attachment; filename="C:\\\\x\\\\y.txt"', "/x", "", "y.txt"),
        ('attachment; filename="\u202egpj.exe"', "/x", "", "_gpj.exe"),
        ('attachment; filename="a\u061c\ufeff.exe"', "/x", "", "a__.exe"),
        ('attachment; filename="CON.txt"', "/x", "", "_CON.txt"),
        ('attachment; filename=".."', "/x", "text/plain", "x.txt"),
        ("inline", "/x", "no/such", "x"),
    ],
)
def test_proposed_names(disposition: str, target: str, content_type: str, name: str) -> None:
    headers = (("content-disposition", disposition),) if disposition else ()
    assert proposed_name(headers, target, content_type) == name


@given(st.text())
def test_any_name_is_cleaned(text: str) -> None:
    name = cleaned(text)
    assert len(name) <= 121
    assert len(name.encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|\n\0')
    assert name not in (".", "..")
    assert cleaned(name) == name


def test_a_long_name_keeps_its_ending() -> None:
    assert cleaned("x" * 300 + ".json").endswith("x.json")
    assert cleaned("€" * 300 + ".json").endswith("€.json")


def test_all_of_it_is_saved(tmp_path: Path) -> None:
    data = os.urandom(2_500_000)
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")
    path.chmod(0o640)
    steps: list[int] = []
    save(Blob(data), path, steps.append, lambda: False)
    assert path.read_bytes() == data
    assert steps[-1] == len(data)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_giving_up_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")
    with pytest.raises(Stopped):
        save(Blob(b"x"), path, lambda _: None, lambda: True)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_body_is_an_empty_file(tmp_path: Path) -> None:
    save(Blob(), tmp_path / "a", lambda _: None, lambda: True)
    assert (tmp_path / "a").read_bytes() == b""


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        save(Blob(b"x"), tmp_path / "no" / "a", lambda _: None, lambda: False)
