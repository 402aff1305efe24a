"""The endpoints that say what the server saw."""

import pytest
from aiohttp import FormData
from multidict import CIMultiDict

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_anything_takes_every_method(run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            seen = await lab.json("anything/else?a=1&a=&b=%C3%A4+", method)
            assert (seen["method"], seen["version"], seen["origin"]) == (method, "1.1", "127.0.0.1")
            assert seen["url"] == f"{lab.server.address.url}/lab/anything/else?a=1&a=&b=%C3%A4+"  # type: ignore[union-attr]
            assert [(one["name"], one["value"]) for one in seen["query"]] == [("a", "1"), ("a", ""), ("b", "ä ")]

    run(scenario())


def test_headers_keep_order_and_repeats(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            fields = CIMultiDict([("X-One", "1"), ("X-Two", "ä"), ("X-One", "2")])
            seen = await lab.json("headers", headers=fields)
            sent = [(one["name"], one["value"]) for one in seen["headers"] if one["name"].startswith("X-")]
            assert sent == [("X-One", "1"), ("X-Two", "ä"), ("X-One", "2")]

    run(scenario())


def test_bytes_that_are_not_utf8_are_shown_as_escapes(run: Run) -> None:
    async def scenario() -> None:
        rest = b"X-Odd: \xff\r\nConnection: close\r\n\r\n"
        async with running() as lab, lab.sent("GET", "headers", rest) as (reader, _):
            assert b'{"name": "X-Odd", "value": "\\\\udcff"}' in await reader.read()

    run(scenario())


def test_the_body_as_text_as_json_and_as_base64(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            json = {"Content-Type": "application/json"}
            response = await lab.client.post("/lab/anything", data=b'{"n":1.00}', headers=json)
            assert '"json": {"n": 1.00}' in await response.text()  # numbers as they were written
            seen = await lab.json("anything", "POST", data=b"{", headers=json)
            assert (seen["text"], seen["json"]) == ("{", None)
            seen = await lab.json("anything", "POST", data=b"\xff")
            assert (seen["text"], seen["base64"], seen["size"]) == (None, "/w==", 1)

    run(scenario())


def test_forms_are_read(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            seen = await lab.json("anything", "POST", data={"a": "1 ä"})
            assert seen["form"] == {"fields": [{"name": "a", "value": "1 ä"}], "files": []}
            form = FormData({"a": "1"})
            form.add_field("f", b"\xff", filename="x.bin", content_type="image/png")
            seen = await lab.json("anything", "POST", data=form)
            assert seen["form"]["files"] == [{"name": "f", "filename": "x.bin", "type": "image/png", "size": 1}]
            broken = {"Content-Type": "multipart/form-data"}
            assert (await lab.json("anything", "POST", data=b"x", headers=broken))["form"] is None

    run(scenario())


def test_ip_head_and_the_limit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.web.LINGER", 0.05)

    async def scenario() -> None:
        async with running() as lab:
            assert await lab.json("ip") == {"origin": "127.0.0.1"}
            async with lab.client.head("/lab/anything") as response:
                assert (response.status, await response.read()) == (200, b"")
            async with lab.sent("POST", "anything", b"Content-Length: 1048577\r\n\r\n") as (reader, _):
                assert (await reader.read()).startswith(b"HTTP/1.1 413 ")

    run(scenario())
