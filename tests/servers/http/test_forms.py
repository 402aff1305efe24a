"""Forms that are posted to dynamic pages: urlencoded and multipart, shown escaped, files by name and size."""

from pathlib import Path

import aiohttp
import pytest

from servers.http import forms
from tests.conftest import Run
from tests.servers.http.site import make_folder, serving

PAGE = "/Some/Form.zzz"
BOUNDARY = {"Content-Type": "multipart/form-data; boundary=x"}


async def post(url: str, data: object, headers: dict[str, str] | None = None) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.post(url + PAGE, data=data, headers=headers) as answer:
        return answer.status, await answer.text()


def answers(run: Run, tmp_path: Path, data: object, headers: dict[str, str] | None = None) -> tuple[int, str]:
    async def scenario() -> tuple[int, str]:
        async with serving(make_folder(tmp_path)) as server:
            return await post(f"http://127.0.0.1:{server.port}", data, headers)

    return run(scenario())


def test_multipart_fields_and_files_are_shown_escaped(run: Run, tmp_path: Path) -> None:
    parts = (
        b'name="who"\r\n\r\nZo\xc3\xab <b>&',
        b'name="cargo<"; filename="<i>.txt"\r\n\r\n12345',
        b'name="nothing"; filename="empty.bin"\r\n\r\n',
    )
    body = b"".join(b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--x--\r\n"
    status, page = answers(run, tmp_path, body, BOUNDARY)
    assert status == 200
    assert "<dt>who</dt><dd>Zoë &lt;b&gt;&amp;</dd>" in page
    assert "<dd>the file &lt;i&gt;.txt, 5 bytes</dd>" in page
    assert "the file empty.bin, 0 bytes" in page


def test_urlencoded_fields_are_shown_in_order(run: Run, tmp_path: Path) -> None:
    status, page = answers(run, tmp_path, {"b": "2", "a": "<1>"})
    assert status == 200
    assert page.index("<dt>b</dt>") < page.index("<dt>a</dt><dd>&lt;1&gt;</dd>")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--x--\r\n",
        b"--x\r\n\r\nno name\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n' + b"A: b\r\n" * 5000 + b"\r\n\r\n--x--\r\n",
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n",
    ],
)
def test_what_is_no_form_is_refused(run: Run, tmp_path: Path, body: bytes) -> None:
    status, page = answers(run, tmp_path, body, BOUNDARY)
    assert status == 400
    assert "not well-formed multipart" in page


def test_a_compressed_form_is_refused(run: Run, tmp_path: Path) -> None:
    status, page = answers(run, tmp_path, b"", BOUNDARY | {"Content-Encoding": "gzip"})
    assert status == 415
    assert "Content-Encoding" in page


def test_another_media_type_is_refused(run: Run, tmp_path: Path) -> None:
    status, page = answers(run, tmp_path, b"{}", {"Content-Type": "application/json"})
    assert status == 415
    assert "multipart/form-data" in page


@pytest.mark.parametrize(("limit", "name"), [("MAX_FILES", "file.bin"), ("MAX_FORM", None)])
def test_too_much_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, name: str | None
) -> None:
    monkeypatch.setattr(forms, limit, 1000)
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("much", b"x" * 2000, filename=name) if name else form.add_field("much", "x" * 2000)
    status, page = answers(run, tmp_path, form)
    assert status == 413
    assert "larger than" in page
