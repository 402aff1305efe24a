"""Tests of request lines; how they are read is tested with whole files, too."""

import pytest

from desktop.explorer.http_files.request_line import changed, read


@pytest.mark.parametrize(
    ("line", "method", "target"),
    [
        ("GET", "GET", ""),
        ("DELETE HTTP/1.1", "DELETE", ""),
        ("get", "GET", "get"),
        ("Foo /a", "Foo", "/a"),
        ("foo bar", "GET", "foo bar"),
        ("{{method}} {{host}}/a", "{{method}}", "{{host}}/a"),
        ("{{HOST}}", "GET", "{{HOST}}"),
        ("{{host}}/a b", "GET", "{{host}}/a b"),
    ],
)
def test_what_is_a_method(line: str, method: str, target: str) -> None:
    assert read([line])[:2] == (method, target)


LONG = ["POST http://h", "    /path", "    ?a=b HTTP/1.1"]


@pytest.mark.parametrize(
    ("lines", "method", "target", "after"),
    [
        (["  GET\thttp://h  HTTP/1.1"], "GET", "http://i", ["  GET\thttp://i HTTP/1.1"]),
        (["  GET\thttp://h  HTTP/1.1"], "PUT", "http://h", ["  PUT\thttp://h  HTTP/1.1"]),
        (["http://h"], "GET", "http://i", ["http://i"]),
        (["http://h"], "POST", "http://h", ["POST http://h"]),
        (["http://h"], "GET", "GET http://h", ["GET GET http://h"]),
        (["http://h"], "GET", "", ["GET"]),
        (["GET"], "GET", "http://h", ["GET http://h"]),
        (LONG, "PUT", "http://h/path?a=b", ["PUT http://h", *LONG[1:]]),
        (LONG, "POST", "http://h/q", ["POST http://h/q HTTP/1.1"]),
    ],
)
def test_only_what_changed_is_another(lines: list[str], method: str, target: str, after: list[str]) -> None:
    made = changed(lines, method, target)
    assert made == after
    assert read(made)[:2] == (method, target)
