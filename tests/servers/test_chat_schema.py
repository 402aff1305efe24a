"""Tests of the schema of portside.chat.v1: it says what is read, and what each side sends."""

import json
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import FROM_CLIENTS, ChatKind, ChatMessage, decode, encode, now
from servers.resources import resource_path
from servers.settings import Mode
from tests.conftest import Run
from tests.servers.chat_messages import json_values, messages, near_messages
from tests.servers.websocket.clients import chat, read_until, serving

SCHEMA: dict[str, Any] = json.loads(
    resource_path("websocket", "portside.chat.v1.schema.json").read_text(encoding="utf-8")
)
DEFINITIONS: dict[str, dict[str, Any]] = SCHEMA["$defs"]
READ = Draft202012Validator(SCHEMA)


def _sent_by(side: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMA | {"$ref": f"#/$defs/{side}"})


def _definitions(side: str) -> list[dict[str, Any]]:
    return [DEFINITIONS[one["$ref"].rpartition("/")[2]] for one in DEFINITIONS[side]["oneOf"]]


def _kinds(side: str) -> list[str]:
    return [definition["properties"]["kind"]["const"] for definition in _definitions(side)]


def _is_read(value: object) -> bool:
    try:
        decode(json.dumps(value))
    except ValueError:
        return False
    return True


def test_it_is_a_schema_that_has_every_kind() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    kinds = {kind.value for kind in ChatKind}
    assert set(DEFINITIONS["message"]["properties"]["kind"]["enum"]) == kinds
    assert _kinds("fromClient") == [kind.value for kind in FROM_CLIENTS]
    assert set(_kinds("fromClient") + _kinds("fromServer")) == kinds


def test_every_definition_and_field_is_described() -> None:
    for definition in (*_definitions("fromClient"), *_definitions("fromServer")):
        assert definition["description"].endswith(".")
        assert definition["examples"]
    assert all(field["description"] for field in DEFINITIONS["message"]["properties"].values())


@pytest.mark.parametrize("side", ["fromClient", "fromServer"])
def test_every_example_is_what_that_side_sends_and_is_read(side: str) -> None:
    for definition in _definitions(side):
        for example in definition["examples"]:
            _sent_by(side).validate(example)
            assert json.loads(encode(decode(json.dumps(example)))) == example | {"text": example.get("text", "")}


@given(messages)
def test_what_is_written_is_valid(message: ChatMessage) -> None:
    READ.validate(json.loads(encode(message)))


@given(near_messages | json_values)
def test_what_is_read_is_what_the_schema_says(value: object) -> None:
    assert _is_read(value) == READ.is_valid(value)


@pytest.mark.parametrize(
    ("side", "message"),
    [
        ("fromClient", ChatMessage(ChatKind.BROADCAST, "x", "Ann", now(), 1)),
        ("fromClient", ChatMessage(ChatKind.PRIVATE, "x")),
        ("fromServer", ChatMessage(ChatKind.SAY, "x")),
        ("fromServer", ChatMessage(ChatKind.BROADCAST, "x", "Ann", now())),
        ("fromServer", ChatMessage(ChatKind.PRIVATE, "x", to="Ben")),
        ("fromServer", ChatMessage(ChatKind.NAME, "Ann is now Ben.", "Ben", now())),
        ("fromServer", ChatMessage(ChatKind.CLIENTS, "x", time=now())),
    ],
)
def test_what_a_side_does_not_send_is_invalid_for_it(side: str, message: ChatMessage) -> None:
    assert not _sent_by(side).is_valid(json.loads(encode(message)))


@pytest.mark.parametrize("mode", [Mode.BROADCAST_REPLY, Mode.ECHO])
def test_what_the_server_sends_is_what_the_schema_says(run: Run, mode: Mode) -> None:
    async def scenario() -> None:
        async with serving(mode) as server, chat(server, "Ann") as ann:
            async with chat(server, "Ben") as ben:
                await read_until(ben, ChatKind.WELCOME)
                for definition in _definitions("fromClient"):
                    for example in definition["examples"]:
                        await ann.send(json.dumps(example))
                        if "size" in example:
                            await ann.send(bytes(example["size"]))
                await ann.send("?")
                heard = await _heard_until(ann, "error")
            heard += await _heard_until(ann, "leave")
            await server.hub.send(b"bytes")
            await server.hub.send("soon")
            heard += await _heard_until(ann, "notice") + await _heard_until(ann, "notice")
        mode_says = {"echo"} if mode is Mode.ECHO else {"broadcast", "reply"}
        always = {"welcome", "join", "leave", "private", "name", "clients", "notice", "error"}
        assert {message["kind"] for message in heard} == always | mode_says
        for message in heard:
            _sent_by("fromServer").validate(message)

    run(scenario())


def test_the_page_for_people_shows_what_the_schema_says() -> None:
    page = resource_path("websocket", "portside.chat.v1.md").read_text(encoding="utf-8")
    shown = [(line[0], json.loads(line[2:])) for line in page.splitlines() if line.startswith(("< {", "> {"))]
    assert len(shown) > 10
    for arrow, message in shown:
        _sent_by("fromServer" if arrow == "<" else "fromClient").validate(message)
    for kind in ChatKind:
        assert f"`{kind.value}`" in page


async def _heard_until(client: ClientConnection, kind: str) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["kind"] != kind:
        message = await client.recv()
        if isinstance(message, str):
            heard.append(json.loads(message))
    return heard
