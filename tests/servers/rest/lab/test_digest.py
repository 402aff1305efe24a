"""Digest authentication, with aiohttp's client and by hand."""

import re

import pytest
from aiohttp import DigestAuthMiddleware

from servers.rest.lab.digest import MAX_NONCES, Digest, _response, _sha256
from tests.conftest import Run
from tests.servers.rest.lab.lab_server import Running, running


@pytest.mark.parametrize(
    ("path", "user", "password"),
    [
        ("digest-auth", "user", "secret"),
        ("digest-auth?algorithm=MD5", "user", "secret"),
        ("digest-auth?algorithm=SHA-256&x=%C3%A4", "user", "secret"),
        ("digest-auth/ad%22a/l%C3%B6ve", 'ad"a', "löve"),
    ],
)
def test_a_client_that_knows_gets_in_again_and_again(run: Run, path: str, user: str, password: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            middleware = DigestAuthMiddleware(user, password)
            for _ in range(3):
                answer = await lab.json(path, middlewares=(middleware,))
                assert answer["user"] == user
                assert answer["algorithm"] == ("MD5" if "MD5" in path else "SHA-256")
            assert [one.status for one in lab.server.exchanges[:3]] == [401, 200, 200]  # one nonce for all
            assert (await lab.refused(path, middlewares=(DigestAuthMiddleware(user, "no"),)))[0] == 401

    run(scenario())


async def _challenge(lab: Running) -> str:
    async with lab.client.get("/lab/digest-auth") as response:
        first, second = response.headers.getall("WWW-Authenticate")
        assert "algorithm=SHA-256" in first
        assert "algorithm=MD5" in second
        found = re.search('nonce="([^"]+)"', first)
        assert found is not None
        return found[1]


def _credentials(nonce: str, **changes: str) -> dict[str, str]:
    sent = {
        "username": "user",
        "realm": "Portside lab",
        "nonce": nonce,
        "uri": "/lab/digest-auth",
        "qop": "auth",
        "nc": "00000001",
        "cnonce": "c",
        "algorithm": "SHA-256",
    }
    sent |= changes
    sent.setdefault("response", _response(sent, "secret", "GET", _sha256))
    return {"Authorization": "Digest " + ", ".join(f'{name}="{value}"' for name, value in sent.items() if value)}


def test_no_request_is_taken_twice(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            nonce = await _challenge(lab)
            await lab.json("digest-auth", headers=_credentials(nonce))
            async with lab.client.get("/lab/digest-auth", headers=_credentials(nonce)) as response:
                assert response.status == 401
                assert "stale=true" in response.headers["WWW-Authenticate"]
            await lab.json("digest-auth", headers=_credentials(nonce, nc="0000000a"))
            async with lab.client.get("/lab/digest-auth", headers=_credentials("unknown")) as response:
                assert "stale=true" in response.headers["WWW-Authenticate"]

    run(scenario())


@pytest.mark.parametrize(
    "change", [{"username": "x"}, {"realm": "x"}, {"response": "0" * 64}, {"response": "ä"}, {"cnonce": 'q"'}]
)
def test_who_does_not_know_stays_out(run: Run, change: dict[str, str]) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = _credentials(await _challenge(lab), **change)
            async with lab.client.get("/lab/digest-auth", headers=headers) as response:
                assert response.status in {400, 401}
                assert "stale" not in response.headers.get("WWW-Authenticate", "")

    run(scenario())


@pytest.mark.parametrize(
    "change",
    [
        {"uri": "/lab/ip"},
        {"qop": "auth-int"},
        {"nc": "1"},
        {"nc": ""},
        {"cnonce": ""},
        {"username": "", "response": "0"},
        {"algorithm": "SHA-512"},
    ],
)
def test_malformed_credentials_are_refused(run: Run, change: dict[str, str]) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = _credentials(await _challenge(lab), **change)
            assert (await lab.refused("digest-auth", headers=headers))[0] == 400
            for value in ("Digest x", "Digest a=1, a=2", 'Digest a="', "Digest a=1 b=2"):
                assert (await lab.refused("digest-auth", headers={"Authorization": value}))[0] == 400
            assert (await lab.refused("digest-auth?algorithm=SHA-512"))[0] == 400

    run(scenario())


def test_nonces_are_bounded_in_number_and_in_life(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = Digest("realm", "user", "password")
    first, *others = [digest._issue() for _ in range(MAX_NONCES + 1)]
    assert not digest._is_fresh(first, 1)
    assert digest._is_fresh(others[0], 1)
    monkeypatch.setattr("servers.rest.lab.digest.monotonic", lambda: float("inf"))
    assert not digest._is_fresh(others[1], 1)
