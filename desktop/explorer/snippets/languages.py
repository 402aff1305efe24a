"""The languages that a request can be copied in."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.explorer.model.request import Request
from desktop.explorer.snippets.curl_command import curl_bash, curl_cmd
from desktop.explorer.snippets.http_text import http_file, raw_http
from desktop.explorer.snippets.javascript import javascript_fetch
from desktop.explorer.snippets.python_aiohttp import python_aiohttp
from desktop.explorer.snippets.python_httpx import python_httpx
from desktop.explorer.snippets.python_requests import python_requests


@dataclass(frozen=True, slots=True)
class Language:
    """``name`` is what the menu shows, ``ending`` that of a file, ``make`` writes the request, variables and all."""

    name: str
    ending: str
    make: Callable[[Request], str]


LANGUAGES: tuple[Language, ...] = (
    Language("curl (bash)", ".sh", curl_bash),
    Language("curl (Windows cmd)", ".cmd", curl_cmd),
    Language("Python (aiohttp)", ".py", python_aiohttp),
    Language("Python (requests)", ".py", python_requests),
    Language("Python (httpx)", ".py", python_httpx),
    Language("JavaScript (fetch)", ".mjs", javascript_fetch),
    Language("HTTP message", ".txt", raw_http),
    Language(".http file", ".http", http_file),
)
