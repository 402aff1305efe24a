"""Transcripts as text, JSON and HAR: valid for any entry, complete, and without secrets."""

import base64
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.export import as_json, as_text
from desktop.chat.reading.har import Handshake, as_har
from desktop.chat.reading.snapshot import Format, Snapshot, Stopped, format_of, proposed_name
from servers.exchange import Direction, End, Exchange, Headers, wall_time
from tests.desktop.chat.reading.some_entries import entries

NOWHERE = (Handshake(None, "ws://localhost:8002/"),)
HEADERS: Headers = (
    ("Host", "localhost:8002"),
    ("Authorization", "Bearer s3cret"),
    ("Cookie", "session=s3cret; other=s3cret"),
    ("X-Api-Key", "s3cret"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
)


def exchange(at_ns: int = 0, **fields: Any) -> Exchange:
    one = Exchange(
        source="chat", end=End.CLIENT, method="GET", target="/room?token=s3cret&name=Ann", version="1.1",
        request_headers=HEADERS, request_body=b"", request_size=0, status=101, reason="Switching Protocols",
        response_headers=(("Upgrade", "websocket"), ("Set-Cookie", "session=s3cret; Path=/")),
        response_body=b"", response_size=0, started_ns=at_ns, responded_ns=at_ns + 1_000_000,
        finished_ns=at_ns + 2_000_000, local=("127.0.0.1", 5), remote=("127.0.0.1", 8002), id=1,
    )  # fmt: skip
    return one._replace(**fields)


def joined(pieces: Iterable[str]) -> Any:
    return json.loads("".join(pieces))


def messages(har: Any, number: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = har["log"]["entries"][number]["_webSocketMessages"]
    return found


class TestText:
    def test_there_is_a_line_for_each_entry_and_each_day(self) -> None:
        day = 24 * 3600 * 10**9
        lines = "".join(as_text([Entry(EntryKind.PLAIN, at, text) for at, text in ((0, "a"), (1, "b"), (day, "c"))]))
        first, a, b, second, c = lines.splitlines()
        assert first == f"{wall_time(0).astimezone():%A, %Y-%m-%d}"
        assert second != first
        assert [line.rpartition(": ")[2] for line in (a, b, c)] == ["a", "b", "c"]

    def test_what_could_fool_a_reader_is_escaped(self) -> None:
        assert "\\x1b[2J\\u202e" in "".join(as_text([Entry(EntryKind.PLAIN, 0, "\x1b[2J\u202e")]))

    @given(st.lists(entries(), max_size=3))
    def test_any_entry_can_be_written(self, some: list[Entry]) -> None:
        "".join(as_text(some)).encode()


class TestJson:
    @given(st.lists(entries(), max_size=3))
    def test_it_is_an_array_with_all_of_every_entry(self, some: list[Entry]) -> None:
        for entry, made in zip(some, joined(as_json(some)), strict=True):
            assert made["kind"] == entry.kind.value
            assert made["direction"] == entry.direction.value
            assert made["text"] == entry.text
            assert made["size"] == entry.size
            assert base64.b64decode(made.get("data", "")) == entry.data
            assert (made.get("sender", ""), made.get("to", ""), made.get("was", "")) == (
                entry.sender, entry.to, entry.was,
            )  # fmt: skip
            assert tuple(made.get("names", ())) == entry.names
            assert made.get("id") == entry.id
            assert (made.get("mine", False), made.get("automatic", False)) == (entry.mine, entry.automatic)
            assert made.get("announced") == (entry.announced.value if entry.announced else None)

    def test_times_are_utc_with_milliseconds(self) -> None:
        [made] = joined(as_json([Entry(EntryKind.PLAIN, 10**12, round_trip_ns=1_234_567)]))
        assert made["time"].endswith("Z")
        assert len(made["time"]) == len("2026-01-01T00:00:00.000Z")
        assert abs((datetime.fromisoformat(made["time"]) - wall_time(10**12)).total_seconds()) < 0.001
        assert made["round_trip_ms"] == 1.235

    def test_no_entries_are_an_empty_array(self) -> None:
        assert joined(as_json([])) == []


class TestHar:
    @given(st.lists(entries(), max_size=4), st.sampled_from(["", "ws://u:p@[::1]:8002/x?y", "http://[", "nonsense"]))
    def test_it_is_valid_for_any_entry(self, some: list[Entry], url: str) -> None:
        log = joined(as_har(some, (Handshake(None, url),)))["log"]
        assert (log["version"], log["creator"]["name"]) == ("1.2", "Portside")
        [entry] = log["entries"]
        assert entry["_resourceType"] == "websocket"
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= set(entry)
        for message in entry["_webSocketMessages"]:
            assert message["type"] in ("send", "receive")
            assert message["opcode"] in (1, 2, 9, 10)
            assert message["opcode"] == 1 or base64.b64decode(message["data"], validate=True) is not None

    def test_messages_are_as_browsers_write_them(self) -> None:
        some = [
            Entry(EntryKind.OPEN, 0, "Connected."),
            Entry(EntryKind.OWN, 10**9, "hi", direction=Direction.SENT, size=2),
            Entry(EntryKind.BINARY, 2 * 10**9, "a label", data=b"\x00\xff", size=2),
            Entry(EntryKind.PING, 3 * 10**9, data=b"p", direction=Direction.SENT, size=1),
            Entry(EntryKind.ERROR, 4 * 10**9, "The server refused."),
            Entry(EntryKind.CLOSE, 5 * 10**9, "Closed."),
        ]
        sent, binary, ping = messages(joined(as_har(some, NOWHERE)))
        assert sent == {"type": "send", "time": wall_time(10**9).timestamp(), "opcode": 1, "data": "hi"}
        assert (binary["type"], binary["opcode"], binary["data"]) == ("receive", 2, "AP8=")
        assert (ping["opcode"], ping["data"]) == (9, "cA==")

    def test_text_without_its_json_says_so(self) -> None:
        [error, reply] = messages(
            joined(
                as_har([Entry(EntryKind.ERROR, 0, "No.", size=60), Entry(EntryKind.REPLY, 1, "hi", size=2)], NOWHERE)
            )
        )
        assert "JSON" in error["comment"]
        assert "comment" not in reply

    def test_the_handshake_is_there_without_its_secrets(self) -> None:
        text = "".join(as_har([], (Handshake(exchange(), "ws://ann:s3cret@localhost:8002/room?token=s3cret"),)))
        assert "s3cret" not in text
        [entry] = json.loads(text)["log"]["entries"]
        assert entry["request"]["url"] == "ws://localhost:8002/room?token=•••&name=Ann"
        assert {"name": "name", "value": "Ann"} in entry["request"]["queryString"]
        assert {"name": "Authorization", "value": "Bearer •••"} in entry["request"]["headers"]
        assert {"name": "Sec-WebSocket-Key", "value": HEADERS[-1][1]} in entry["request"]["headers"]
        assert (entry["response"]["status"], entry["time"]) == (101, 2.0)

    def test_each_connection_has_its_own_messages(self) -> None:
        some = [Entry(EntryKind.PLAIN, at, str(at)) for at in (5, 15, 25, 35)]
        har = joined(as_har(some, [Handshake(exchange(at), "ws://localhost") for at in (10, 20, 30)]))
        assert [[one["data"] for one in messages(har, number)] for number in range(3)] == [["5", "15"], ["25"], ["35"]]

    def test_an_attempt_that_failed_says_why(self) -> None:
        one = exchange(status=0, reason="", error="Connection refused.")
        assert joined(as_har([], (Handshake(one, "ws://x"),)))["log"]["entries"][0]["comment"] == "Connection refused."


class TestFiles:
    @pytest.mark.parametrize(
        ("server", "name"),
        [
            ("ws://localhost:8002/chat?x", "localhost-8002-2026-11-22"),
            ("wss://ann:pw@[::1]:8002", "1-8002-2026-11-22"),
            ("ws://exämple.org/../..", "ex-mple.org-2026-11-22"),
            ("", "transcript-2026-11-22"),
        ],
    )
    def test_a_name_speaks_of_the_server(self, server: str, name: str) -> None:
        assert proposed_name(server, date(2026, 11, 22)) == name

    @given(st.text(max_size=300))
    def test_a_name_is_fit_for_every_system(self, server: str) -> None:
        name = proposed_name(server, date(2026, 11, 22))
        assert name.isascii()
        assert not set(name) & set('/\\:*?"<>| ')
        assert len(name) < 120
        assert name[0] not in ".-"

    @pytest.mark.parametrize("form", Format)
    def test_the_name_of_a_file_says_its_form(self, form: Format) -> None:
        assert format_of(Path(f"a.b{form.ending.upper()}"), "") is form
        assert format_of(Path("a.other"), form.value) is form

    @pytest.mark.parametrize("form", Format)
    def test_it_is_written_in_utf_8(self, form: Format, tmp_path: Path) -> None:
        path = tmp_path / "transcript"
        Snapshot([Entry(EntryKind.PLAIN, 0, "Grüße 😀")], 1, NOWHERE).write(path, form, lambda _: None, lambda: False)
        assert "Grüße 😀" in path.read_text("utf-8")

    def test_a_file_is_as_before_when_saving_was_stopped(self, tmp_path: Path) -> None:
        path = tmp_path / "transcript"
        path.write_text("before")
        with pytest.raises(Stopped):
            Snapshot([Entry(EntryKind.PLAIN, 0)] * 3, 3, NOWHERE).write(path, Format.JSON, print, lambda: True)
        assert path.read_text() == "before"
        assert list(tmp_path.iterdir()) == [path]
