"""Tests of streams that are shown while they arrive."""

from pytestqt.qtbot import QtBot

from desktop.explorer.reading.formats import Form
from desktop.explorer.response_view.events_view import LIMIT
from desktop.explorer.sending.blob import Blob
from tests.conftest import Run
from tests.desktop.explorer.response_view.views import growing, shown, until

SSE = "text/event-stream"


def test_events_appear_as_they_arrive(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob()
            view.show_live(growing(SSE, blob))
            events = view.body_page.view.events
            assert view.currentWidget() is view.result
            assert events.summary.text() == "0 events  ·  the stream is open"
            await blob.append(b'id: 1\nevent: add\ndata: {"n":1736184243098437392,"n":1.0}\n\ndata: ha')
            view.show_live(growing(SSE, blob))
            assert [event.name for event in events.list.ring.rows] == ["add"]
            events.list.selectRow(0)
            assert events.detail.text() == '{\n  "n": 1736184243098437392,\n  "n": 1.0\n}'
            events.indented.setChecked(False)
            assert events.detail.text() == '{"n":1736184243098437392,"n":1.0}'
            await blob.append(b"lf\n\n")
            view.show_reply(growing(SSE, blob, finished=True))
            assert [event.data for event in events.list.ring.rows][1] == "half"
            assert events.list.ring.rows[0].at_ns > 0
            assert "the stream has ended" in events.summary.text()
            view.body_page.bar.forms[Form.RAW].click()
            assert "data: half" in view.body.text()

    run(check())


def test_thousands_of_events_are_read_piece_by_piece(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob(b"data: x\n\n" * (LIMIT + 5_000))
            view.show_live(growing(SSE, blob))
            events = view.body_page.view.events
            await until(lambda: "15,000 events" in events.summary.text())
            assert len(events.list.ring.rows) == LIMIT
            assert "the newest 10,000 are listed" in events.summary.text()
            bar = events.list.verticalScrollBar()
            assert bar.value() == bar.maximum()
            bar.setValue(0)
            await blob.append(b"data: y\n\n")
            view.show_live(growing(SSE, blob))
            assert bar.value() < bar.maximum()

    run(check())


def test_a_stream_that_is_stopped_stays(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob(b"data: x\n\n")
            view.show_live(growing(SSE, blob))
            view.show_cancelled()
            assert view.currentWidget() is view.result
            assert len(view.body_page.view.events.list.ring.rows) == 1
            assert "Stopped" in view.notice.text()
            assert view.body_page.bar.isEnabled()

    run(check())


def test_text_grows_and_follows_its_end(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob()
            for number in range(200):
                await blob.append(f"line {number} é\r\n".encode())
                view.show_live(growing("text/plain", blob))
            bar = view.body.verticalScrollBar()
            assert bar.value() == bar.maximum()
            bar.setValue(0)
            await blob.append(b"end")
            view.show_live(growing("text/plain", blob))
            assert bar.value() == 0
            assert view.body.text() == blob.read().decode().replace("\r\n", "\n")
            assert view.body.toPlainText() == view.body.text()
            view.show_reply(growing("text/plain", blob, finished=True))
            assert bar.value() == 0
            assert view.body_page.view.form is Form.RAW

    run(check())


def test_a_short_stream_ends_in_its_best_form(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob()
            view.show_live(growing("application/x-ndjson", blob))
            await blob.append(b'{"a":1}\n')
            view.show_live(growing("application/x-ndjson", blob))
            assert view.body.text() == '{"a":1}\n'
            view.show_reply(growing("application/x-ndjson", blob, finished=True))
            assert view.body.text() == '{\n  "a": 1\n}'

    run(check())


def test_what_is_too_much_to_show_live_is_said(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            blob = Blob(b"x" * 3_000_000)
            view.show_live(growing("text/plain", blob))
            await until(lambda: len(view.body.text()) == 2_000_000)
            assert "first 2,000,000 bytes" in view.body_page.notice.text()
            view.show_reply(growing("text/plain", blob, finished=True))
            assert view.body_page.view.currentWidget() is view.body_page.view.page

    run(check())


def test_a_body_that_nobody_names_is_told_at_its_end(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_waiting("Waiting…")
            blob = Blob()
            view.show_live(growing("", blob))
            assert view.currentWidget() is view.waiting
            await blob.append(b"[1]")
            view.show_live(growing("", blob))
            view.show_reply(growing("", blob, finished=True))
            assert view.body.text() == "[\n  1\n]"

    run(check())
