"""What the options of the command line are given: read, or refused with a sentence."""

from argparse import ArgumentTypeError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.argument_values import one_of, port, server_or_path, size, user
from servers.settings import Caching


@pytest.mark.parametrize(
    ("text", "bytes_"),
    [
        ("1", 1),
        ("1048576", 1024**2),
        ("10K", 10 * 1024),
        ("10M", 10 * 1024**2),
        ("2g", 2 * 1024**3),
        ("1T", 1024**4),
        ("10 MB", 10 * 1024**2),
        ("10MiB", 10 * 1024**2),
        (" 512b ", 512),
    ],
)
def test_a_size(text: str, bytes_: int) -> None:
    assert size(text) == bytes_


@pytest.mark.parametrize(
    "text", ["", "0", "0M", "-1", "1.5M", "10X", "M", "ten", "١٠", "1e9", "9" * 5000, "9" * 15 + "T"]
)
def test_nonsense_is_no_size(text: str) -> None:
    with pytest.raises(
        ArgumentTypeError, match="is not a size: give bytes, or a number with K, M, G or T, such as 10M"
    ):
        size(text)


@given(st.integers(1, 10**12), st.sampled_from(["", "K", "m", "GB", "TiB"]))
def test_any_size_within_reach_is_read(number: int, unit: str) -> None:
    wanted = number * 1024 ** ["", "K", "M", "G", "T"].index(unit[:1].upper())
    if wanted < 2**63:
        assert size(f"{number}{unit}") == wanted
    else:
        with pytest.raises(ArgumentTypeError, match="is not a size"):
            size(f"{number}{unit}")


@pytest.mark.parametrize("text", ["65536", "-1", "x", "", "٣", "1.0"])
def test_nonsense_is_no_port(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not a port"):
        port(text)


def test_a_word_is_its_value() -> None:
    option = one_of(Caching)
    assert option["metavar"] == "revalidate|hour|year|never"
    assert option["type"]("hour") is Caching.HOUR
    with pytest.raises(ArgumentTypeError, match="“day” is none of revalidate, hour, year, never"):
        option["type"]("day")


def test_a_server_comes_before_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "http").mkdir()
    monkeypatch.chdir(tmp_path)
    assert server_or_path("http") == "http"
    assert server_or_path("./http") == Path("http")
    assert server_or_path("later.JSON") == Path("later.JSON")


@pytest.mark.parametrize("text", ["", "ftp", "no/such/folder", "my.site", "a\0b", "x" * 5000])
def test_what_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentTypeError, match="there is no such folder"):
        server_or_path(text)


def test_a_user_name_is_checked() -> None:
    assert (user("joe"), user("")) == ("joe", "")
    with pytest.raises(ArgumentTypeError, match=r"must not contain a colon$"):
        user("a:b")
