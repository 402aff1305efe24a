"""Tests of what tags say."""

from dataclasses import replace

import pytest
from hypothesis import given

from desktop.explorer.http_files.tags import Said, said, statements, usual_form
from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Request
from tests.desktop.explorer.http_files.requests import REQUESTS


@pytest.mark.parametrize(
    ("name", "value", "options"),
    [
        ("timeout", "5", Options(timeout=5.0)),
        ("timeout", "5 s", Options(timeout=5.0)),
        ("timeout", "500ms", Options(timeout=0.5)),
        ("timeout", "1.5 m", Options(timeout=90.0)),
        ("connection-timeout", "none", Options(connect_timeout=None)),
        ("no-redirect", "", Options(follow=False)),
        ("max-redirects", "5", Options(max_redirects=5)),
        ("keep-method", "", Options(keep_method=True)),
        ("insecure", "", Options(verify=False)),
        ("ca-file", "my certs/ca.pem", Options(ca_file="my certs/ca.pem")),
        ("client-cert", '"my cert.pem" key.pem', Options(client_cert="my cert.pem", client_key="key.pem")),
        ("client-cert", "both.pem", Options(client_cert="both.pem")),
        ("proxy", "http://p:1", Options(proxy="http://p:1")),
        ("proxy", "None", Options(proxy="none")),
        ("no-keep-alive", "", Options(keep_alive=False)),
        ("no-cookie-jar", "", Options(cookies=False)),
        ("no-log", "", Options(log=False)),
        ("strip-comments", "", Options(comments=False)),
        ("without", "User-Agent, accept", Options(without=frozenset({"user-agent", "accept"}))),
    ],
)
def test_options(name: str, value: str, options: Options) -> None:
    assert said([(name, value)]).options == options
    made = statements(Request(options=options))
    assert [one for one, values in made.items() if values] == [name]
    assert said([(name, text) for text in made[name]]).options == options


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout", "soon"),
        ("timeout", "-1"),
        ("max-redirects", "x"),
        ("ca-file", ""),
        ("unknown", "1"),
        ("query-off", "a"),
        ("path", ""),
        ("blank-lines", "x"),
    ],
)
def test_what_makes_no_sense_says_nothing(name: str, value: str) -> None:
    assert said([(name, value)]) == Said()
    assert usual_form(name, value) == value


def test_rows_of_the_query_and_values_of_the_path() -> None:
    found = said(
        [("path", "id 5"), ("query-off", '1 "c=d "'), ("path", "team"), ("query-off", "0 a=b c"), ("auth", "none")]
    )
    assert found.path_values == (("id", "5"), ("team", ""))
    assert found.ticked_off == ((1, "c=d "), (0, "a=b c"))
    assert found.auth == NoAuth()
    made = statements(Request(path_values=found.path_values, ticked_off=found.ticked_off))
    assert made["path"] == ("id 5", "team")
    assert made["query-off"] == ('1 "c=d "', "0 a=b c")


def test_the_last_of_several_counts() -> None:
    assert said([("timeout", "1"), ("timeout", "2"), ("timeout", "never")]).options.timeout == 2.0


@given(REQUESTS)
def test_what_is_said_comes_back(request: Request) -> None:
    made = statements(request, 3)
    found = said([(name, value) for name, values in made.items() for value in values])
    assert found == Said(request.options, None, request.ticked_off, request.path_values, 3)
    assert all(usual_form(name, value) == value for name, values in made.items() for value in values)


def test_a_usual_request_says_nothing() -> None:
    assert not any(statements(replace(Request(), url="http://h")).values())
