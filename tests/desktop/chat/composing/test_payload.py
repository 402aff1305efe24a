"""From what was typed to what goes to the wire."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.composing import payload
from desktop.chat.composing.payload import AT_ONCE, LIMIT, check, payload_of, read_payload, size_of
from desktop.chat.outgoing import Form, Outgoing
from tests.conftest import Run

SURROGATES = st.characters(exclude_categories=["Cs"])


@given(st.text(SURROGATES))
def test_text_goes_out_as_typed(text: str) -> None:
    assert payload_of(Outgoing(text)) == text
    assert size_of(Outgoing(text)) == len(text.encode())


@pytest.mark.parametrize("text", ['{"b": 1.50,\r\n "a":1}\n', " [1E3] ", '"\\u00e9"'])
def test_json_goes_out_as_typed(text: str) -> None:
    assert payload_of(Outgoing(text, Form.JSON)) == text


def test_hex_and_base64_are_bytes() -> None:
    assert payload_of(Outgoing("0x48, 65:6c", Form.HEX)) == b"Hel"
    assert payload_of(Outgoing("SGVs bG8", Form.BASE64)) == b"Hello"
    assert size_of(Outgoing("48 6", Form.HEX)) == 1
    assert size_of(Outgoing("SGVsb", Form.BASE64)) == 3


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (Outgoing("a\nb\ud83d"), "Half of a surrogate pair stands at line 2, column 2"),
        (Outgoing('"\udc00"', Form.JSON), "Half of a surrogate pair stands at line 1, column 2"),
        (Outgoing('{"a" 1}', Form.JSON), "This is not JSON: “:” was expected at line 1, column 6."),
        (Outgoing("", Form.JSON), "This is not JSON: a value was expected at its end."),
        (Outgoing("4", Form.HEX), "“4” at line 1, column 1 has a digit"),
        (Outgoing("QQ=", Form.BASE64), "The padding"),
        (Outgoing(" ", Form.FILE), "No file is chosen"),
        (Outgoing("some/file", Form.FILE), "“some/file” is not the whole path of a file. It may start with “~”"),
        (Outgoing("~nobody-has-this-name/x", Form.FILE), "Nobody knows whose folder"),
    ],
)
def test_what_cannot_be_sent_is_said(message: Outgoing, sentence: str) -> None:
    for look in (payload_of, check):
        with pytest.raises(ValueError, match=sentence):
            look(message)


def test_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "LIMIT", 3)
    assert payload_of(Outgoing("abc")) == "abc"
    for message in (Outgoing("ééé"), Outgoing("00" * 4, Form.HEX), Outgoing("QUJDRA", Form.BASE64)):
        with pytest.raises(ValueError, match=r"The message has \d bytes, more than the 3 that are sent\."):
            payload_of(message)


class TestFile:
    def test_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
        (tmp_path / "a b.bin").write_bytes(b"\x00\xff\n")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        for name in (str(tmp_path / "a b.bin"), f" {tmp_path / 'a b.bin'} ", "~/a b.bin"):
            assert run(read_payload(Outgoing(name, Form.FILE))) == b"\x00\xff\n"
            assert size_of(Outgoing(name, Form.FILE)) == 3
            check(Outgoing(name, Form.FILE))
        assert payload_of(Outgoing("a b.bin", Form.FILE), tmp_path) == b"\x00\xff\n"

    def test_that_is_none_is_refused(self, tmp_path: Path) -> None:
        def refused(name: object, sentence: str) -> None:
            for look in (payload_of, check, size_of):
                with pytest.raises(ValueError, match=sentence):
                    look(Outgoing(str(name), Form.FILE))

        (tmp_path / "file").write_bytes(b"x")
        refused(tmp_path, "” is a folder. A message is made of one file.")
        refused(tmp_path / "none", "There is no file “")
        refused(tmp_path / "file" / "below", "There is no file “")
        refused(f"{tmp_path}/nul\0", r"“.*nul\\x00” cannot be read: ")
        if hasattr(os, "mkfifo"):
            os.mkfifo(tmp_path / "pipe")
            refused(tmp_path / "pipe", "is a device or a pipe, not a file")

    def test_that_cannot_be_read_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def deny(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "file").write_bytes(b"x")
        monkeypatch.setattr(Path, "open", deny)
        with pytest.raises(ValueError, match="” cannot be read: Permission denied"):
            payload_of(Outgoing(str(tmp_path / "file"), Form.FILE))

    def test_that_is_too_large_is_refused_unread(self, tmp_path: Path) -> None:
        with (tmp_path / "large").open("wb") as file:
            file.truncate(LIMIT + 1)
        with pytest.raises(ValueError, match=r"“large” has 67,108,865 bytes\. A message may have 67,108,864\."):
            payload_of(Outgoing(str(tmp_path / "large"), Form.FILE))

    def test_that_grows_meanwhile_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "log").write_bytes(b"12345")
        monkeypatch.setattr(payload, "LIMIT", 4)
        monkeypatch.setattr(payload, "_looked_at", lambda name, folder: (Path(name), 4))
        with pytest.raises(ValueError, match="“log” has more than 4 bytes"):
            payload_of(Outgoing(str(tmp_path / "log"), Form.FILE))


def test_long_texts_are_read_off_the_thread(run: Run) -> None:
    for text in ("1", " " * AT_ONCE + "1"):
        assert run(read_payload(Outgoing(text, Form.JSON))) == text
