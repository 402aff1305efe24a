"""Which records a filter accepts."""

from desktop.server_panels.columns import WS_COLUMNS
from desktop.server_panels.record_filter import KINDS, RecordFilter
from servers.exchange import Kind, Record
from tests.desktop.server_panels.samples import CLOSE, TEXT, UPGRADE

OTHER = UPGRADE._replace(remote=("127.0.0.1", 50001))
PING = TEXT._replace(exchange=OTHER, kind=Kind.PING, data=b"")
RECORDS: list[Record] = [UPGRADE, TEXT, OTHER, PING, CLOSE]


def accepted(wanted: RecordFilter) -> list[Record]:
    return [record for record in RECORDS if wanted(record)]


def test_nothing_chosen_accepts_all() -> None:
    every = RecordFilter(WS_COLUMNS)
    assert every.accepts_all
    assert accepted(every) == RECORDS


def test_a_text_in_any_column_and_any_case() -> None:
    assert accepted(RecordFilter(WS_COLUMNS, text="aHOY")) == [TEXT]
    assert accepted(RecordFilter(WS_COLUMNS, text="to CLIENT")) == [CLOSE]
    assert accepted(RecordFilter(WS_COLUMNS, text="50001")) == [OTHER, PING]


def test_kinds() -> None:
    chosen = {words: accepted(RecordFilter(WS_COLUMNS, kinds=kinds)) for words, kinds in KINDS.items()}
    assert chosen == {
        "All kinds": RECORDS,
        "Without ping and pong": [UPGRADE, TEXT, OTHER, CLOSE],
        "Text and binary": [TEXT],
        "Handshakes": [UPGRADE, OTHER],
        "Text": [TEXT],
        "Binary": [],
        "Ping and pong": [PING],
        "Close": [CLOSE],
    }


def test_one_client_and_all_of_it_together() -> None:
    assert accepted(RecordFilter(WS_COLUMNS, client=OTHER)) == [OTHER, PING]
    assert accepted(RecordFilter(WS_COLUMNS, "handshake", KINDS["Handshakes"], OTHER)) == [OTHER]
