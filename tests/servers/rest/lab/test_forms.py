"""The form endpoint."""

import pytest
from aiohttp import FormData

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_both_encodings_give_the_fields(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            body = b"a=1&a=%C3%A4+b&empty="
            seen = await lab.json("form", "POST", data=body, headers=FORM)
            fields = [("a", "1"), ("a", "ä b"), ("empty", "")]
            assert [(one["name"], one["value"]) for one in seen["fields"]] == fields
            form = FormData(fields, default_to_multipart=True)
            form.add_field("f", b"12345", filename="ü.txt", content_type="text/plain")
            seen = await lab.json("form", "POST", data=form)
            assert [(one["name"], one["value"]) for one in seen["fields"]] == fields
            assert [(one["name"], one["size"]) for one in seen["files"]] == [("f", 5)]

    run(scenario())


def test_the_page_escapes_what_was_sent(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            html = {"Accept": "text/html,*/*;q=0.8"}
            async with lab.client.get("/lab/form", headers=html) as response:
                assert (response.content_type, "Fields received" in await response.text()) == ("text/html", False)
            form = FormData({"<b>": "</td><script>'\""}, default_to_multipart=True)
            form.add_field("f", b"", filename="<i>.txt")
            async with lab.client.post("/lab/form", data=form, headers=html) as response:
                text = await response.text()
                assert "form-action 'self'" in response.headers["Content-Security-Policy"]
            assert "&lt;/td&gt;&lt;script&gt;" in text
            assert not [tag for tag in ("<script", "<b>", "<i>") if tag in text]

    run(scenario())


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"a=1", 415),
        ("nonsense", b"a=1", 415),
        (FORM["Content-Type"], b"a=%FF", 400),
        (FORM["Content-Type"], b"\xff", 400),
        (FORM["Content-Type"], b"a&" * 1001, 400),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=B", b"--B\r\n\r\n\xff\r\n--B--", 400),
    ],
)
def test_what_is_no_form_is_refused(run: Run, content_type: str, body: bytes, status: int) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = {"Content-Type": content_type}
            assert (await lab.refused("form", "POST", data=body, headers=headers))[0] == status

    run(scenario())
