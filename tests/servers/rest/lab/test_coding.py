"""Compressed bodies."""

import gzip
import json
import zlib
from collections.abc import Callable

import brotli
import pytest

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


@pytest.mark.parametrize(
    ("path", "coding", "unpack"),
    [("gzip", "gzip", gzip.decompress), ("brotli", "br", brotli.decompress), ("deflate", "deflate", zlib.decompress)],
)
def test_the_body_is_what_the_field_says(run: Run, path: str, coding: str, unpack: Callable[[bytes], bytes]) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get(f"/lab/{path}", headers={"Accept-Encoding": "identity"}) as response:
                assert response.headers["Content-Encoding"] == coding
                body = await response.read()
            members = json.loads(unpack(body))
            assert (members["contentEncoding"], members["acceptEncoding"]) == (coding, "identity")
            assert len(body) < len(members["text"])
            async with lab.client.head(f"/lab/{path}") as response:
                assert response.headers["Content-Encoding"] == coding

    run(scenario())
