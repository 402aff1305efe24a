"""Tests of what may reach the log from outside."""

import io
import logging
import unicodedata
from collections.abc import Iterator

import pytest
from aiohttp.http_exceptions import BadHttpMessage
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import InvalidMessage

from servers.logs import protocol_logger, visible

NAME = "test-of-logs"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What a terminal would show of the logger's lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger(f"portside.{NAME}")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def _log(error: Exception, message: str = "Error handling request from %s") -> None:
    protocol_logger(NAME).error(message, "127.0.0.1", exc_info=error)


@pytest.mark.parametrize(
    "error",
    [
        BadHttpMessage("bad header\n\n  b'x'"),
        InvalidMessage("no request"),
        ConnectionResetError("gone"),
        EOFError("end"),
    ],
)
def test_a_fault_of_the_client_is_one_short_line(output: io.StringIO, error: Exception) -> None:
    _log(error)
    line = output.getvalue()
    assert line.startswith(f"INFO Error handling request from 127.0.0.1: {type(error).__name__}: ")
    assert line.count("\n") == 1
    assert "Traceback" not in line


def test_a_fault_of_our_own_keeps_its_level_and_its_trace(output: io.StringIO, expected_logs: list[str]) -> None:
    expected_logs.append("ERROR portside.test-of-logs: Error handling")
    _log(ZeroDivisionError("ours"))
    assert output.getvalue().startswith("ERROR ")
    assert "\nZeroDivisionError: ours\n" in output.getvalue()


def test_a_long_message_is_cut_and_a_percent_sign_harmless(output: io.StringIO) -> None:
    _log(BadHttpMessage("%s %d %" + "x" * 10_000))
    assert len(output.getvalue()) < 400
    assert "%s %d %xxx" in output.getvalue()


def test_arguments_of_a_line_are_made_visible(output: io.StringIO) -> None:
    protocol_logger(NAME).info("connection of %s", "\x1b[31mred\r\nfake line\u202e")
    assert output.getvalue() == "INFO connection of \\x1b[31mred\\r\\nfake line\\u202e\n"


def test_the_filter_is_there_once() -> None:
    assert protocol_logger(NAME) is protocol_logger(NAME)
    assert len(protocol_logger(NAME).filters) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain text", "plain text"),
        ("Grüße 你好 🙂 é", "Grüße 你好 🙂 é"),
        ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
        ("\x1b[2J\x07\x00\x7f\x9b", "\\x1b[2J\\x07\\x00\\x7f\\x9b"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2066\u200b\ufeff", "\\u2066\\u200b\\ufeff"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\ud800x", "\\ud800x"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_nothing_invisible_is_left_and_utf8_can_carry_it(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    shown.encode()
    assert visible(shown) == shown
