"""Tests of values that are made when they are asked for."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.variables.dynamic import EXAMPLES, value


def nothing(_: str) -> None:
    return None


def made(name: str) -> str | None:
    return value(name, nothing, nothing)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("$uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("$guid", r"[0-9a-f-]{36}"),
        ("$random.uuid", r"[0-9a-f-]{36}"),
        ("$timestamp", r"\d{10}"),
        ("$isoTimestamp", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
        ("$randomInt", r"\d{1,3}"),
        ("$randomInt 5 6", r"5"),
        ("$randomInt -3 -2", r"-3"),
        ("$random.integer(7,8)", r"7"),
        ("$random.float(1, 2)", r"1(\.\d+)?|2"),
        ("$random.alphabetic(5)", r"[A-Za-z]{5}"),
        ("$random.alphanumeric(40)", r"[A-Za-z0-9]{40}"),
        ("$random.hexadecimal(3)", r"[0-9a-f]{3}"),
        ("$random.email", r"[a-z]{8}@example\.com"),
        ("$datetime iso8601", r"\d{4}-.*Z"),
        ("$datetime rfc1123", r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"),
        ("$localDatetime rfc1123", r"[A-Z][a-z]{2}, .*[+-]\d{4}"),
        ('$datetime "YYYY-MM-DD[T]HH:mm:ss.SSS"', r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}"),
        ("$localDatetime 'D/M/YY h:m:s a Z'", r"\d{1,2}/\d{1,2}/\d\d \d{1,2}:\d{1,2}:\d{1,2} [ap]m [+-]\d\d:\d\d"),
    ],
)
def test_values_have_their_form(name: str, form: str) -> None:
    text = made(name)
    assert text is not None
    assert re.fullmatch(form, text)


@pytest.mark.parametrize(
    "name",
    ["$nothing", "$", "$randomInt 2 1", "$randomInt a b", "$random.integer(1)", "$random.what(3)", "$timestamp 5 x",
     "$datetime", "$datetime iso8601 999999 y", "$processEnv PORTSIDE_NOT_THERE", "$dotenv A",
     "$random.float(nan, 1)", "$random.float(-1e308, 1e308)",
     "$random.alphabetic(-1)", "$datetime '" + "x" * 100_000 + "'"],
)  # fmt: skip
def test_what_is_asked_for_wrongly_has_no_value(name: str) -> None:
    assert made(name) is None


def test_times_can_be_moved() -> None:
    now = datetime.now(UTC)
    assert abs(int(made("$timestamp 1 d") or 0) - int(now.timestamp()) - 86400) < 60
    assert abs(int(made("$timestamp -2 h") or 0) - int(now.timestamp()) + 7200) < 60
    assert re.fullmatch(r"0\d{3}", made('$datetime "YYYY" -2000 y') or "")
    assert made('$datetime "YYYY" 12 M') == made('$datetime "YYYY" 1 y') == str(now.year + 1)


def test_names_lead_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_TEST", "here")
    assert made("$processEnv PORTSIDE_TEST") == "here"
    assert value("$processEnv %which", nothing, {"which": "PORTSIDE_TEST"}.get) == "here"
    assert value("$dotenv NAME", {"NAME": "x"}.get, nothing) == "x"
    assert value("$dotenv %none", {"NAME": "x"}.get, nothing) is None


def test_every_example_is_known() -> None:
    for name in EXAMPLES:
        assert value(name, lambda asked: asked, nothing), name


@given(st.text().map("$".__add__))
def test_no_name_breaks_anything(name: str) -> None:
    made(name)
