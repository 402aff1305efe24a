"""The Basic scheme and bearer tokens."""

import pytest
from aiohttp import encode_basic_auth

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


@pytest.mark.parametrize(
    ("path", "user", "password"),
    [("basic-auth", "user", "secret"), ("basic-auth/%C3%A4/a:b%20c", "ä", "a:b c")],
)
def test_basic_lets_in_who_knows(run: Run, path: str, user: str, password: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = {"Authorization": encode_basic_auth(user, password, "utf-8")}
            assert await lab.json(path, headers=headers) == {"authenticated": True, "user": user}
            wrong = {"Authorization": encode_basic_auth(user, "no", "utf-8")}
            assert (await lab.refused(path, headers=wrong))[0] == 401

    run(scenario())


@pytest.mark.parametrize("value", ["", "Basic", "Basic !", "Basic dXNlcg==", "Bearer dXNlcjpzZWNyZXQ=", "Basic ä"])
def test_basic_keeps_others_out(run: Run, value: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/basic-auth", headers={"Authorization": value}) as response:
                assert response.status == 401
                assert response.headers["WWW-Authenticate"] == 'Basic realm="Portside lab", charset="UTF-8"'
            assert (await lab.refused("basic-auth/a:b/c"))[0] == 400

    run(scenario())


def test_bearer_takes_any_token_or_the_one(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = {"Authorization": "bearer a.b-c=="}
            assert await lab.json("bearer", headers=headers) == {"authenticated": True, "token": "a.b-c=="}
            assert (await lab.json("bearer?token=a.b-c%3D%3D", headers=headers))["authenticated"]
            async with lab.client.get("/lab/bearer") as response:
                assert (response.status, response.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Portside lab"')
            for path, value in (("bearer?token=x", "Bearer y"), ("bearer", "Bearer ä"), ("bearer", "Bearer a b")):
                async with lab.client.get(f"/lab/{path}", headers={"Authorization": value}) as response:
                    assert response.status == 401
                    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]

    run(scenario())
