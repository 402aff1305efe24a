"""What others do to the file of a request that is open, and what its user can choose then."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Header, Request
from desktop.explorer.tabs import keeping
from desktop.explorer.tabs.document import opened
from tests.conftest import Run
from tests.desktop.explorer.tabs.stage import TWO, modified, saved, stage, type_in


def test_a_request_that_is_gone_can_be_put_back(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open(1)
            one.file.unlink()
            one.folder.rmdir()
            tab.file_changed()
            await tab.upkeep.ended()
            assert tab.notice.text() == "This request is no longer in a.http. What you see here is the only one."
            assert modified(tab)
            await saved(tab)
            assert tab.upkeep.keep_mine.text() == "Put it back"
            tab.upkeep.keep_mine.click()
            await tab.upkeep.ended()
            assert one.text() == "### Two\nPOST http://h/2\n\nbody\n"
            assert not modified(tab)
            assert tab.notice.text() == ""

    run(scenario())


def test_a_file_that_comes_back_answers_the_question(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            one.file.rename(one.folder / "b")
            tab.file_changed()
            await tab.upkeep.ended()
            assert modified(tab)
            (one.folder / "b").rename(one.file)
            tab.file_changed()
            await tab.upkeep.ended()
            assert not modified(tab)
            assert tab.notice.text() == ""

    run(scenario())


def test_what_was_only_looked_at_follows_its_file(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            one.file.write_text("### New\nGET http://h/\n\n" + TWO.replace("A: b", "A: c"))
            tab.file_changed()
            await tab.upkeep.ended()
            assert tab.pane.request().headers == (Header("A", "c"),)
            assert tab.origin == one.place(1)
            assert not modified(tab)

    run(scenario())


@pytest.mark.parametrize("keep_mine", [True, False])
def test_where_both_sides_changed_the_user_chooses_and_the_other_one_stays_at_hand(
    run: Run, qtbot: QtBot, tmp_path: Path, keep_mine: bool
) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/mine")
            one.file.write_text(TWO.replace("A: b", "A: theirs"))
            await saved(tab)
            assert "Which one do you want to keep?" in tab.notice.text()
            assert "mine" not in one.text()
            (tab.upkeep.keep_mine if keep_mine else tab.upkeep.take_theirs).click()
            await tab.upkeep.ended()
            mine, theirs = Request("GET", "http://h/1/mine", (Header("A", "b"),)), opened(one.place(0)).request
            if keep_mine:
                assert one.text() == TWO.replace("http://h/1", "http://h/1/mine")
                theirs = Request("GET", "http://h/1", (Header("A", "theirs"),))
            else:
                assert "mine" not in one.text()
            assert not modified(tab)
            tab.upkeep.swap.click()
            other = theirs if keep_mine else mine
            assert (tab.request().url, tab.request().headers) == (other.url, other.headers)
            assert modified(tab)
            tab.upkeep.swap.click()
            assert not modified(tab)

    run(scenario())


def test_the_same_change_on_both_sides_is_no_conflict(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            one.file.write_text(TWO.replace("http://h/1", "http://h/1/x"))
            tab.file_changed()
            await tab.upkeep.ended()
            assert tab.notice.text() == ""
            assert not modified(tab)

    run(scenario())


def test_a_file_that_cannot_be_read_is_said(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            monkeypatch.setattr(keeping, "read_file", refuse)
            tab.file_changed()
            await tab.upkeep.ended()
            expected = "a.http cannot be read any more: it is not allowed. What is typed here is kept."
            assert tab.notice.text() == expected

    run(scenario())


def test_a_fault_of_drafts_never_hides_a_question(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            tab.upkeep.say_draft_fault("full")
            assert tab.notice.text() == "full"
            tab.upkeep.say_draft_fault("")
            assert tab.notice.text() == ""
            one.file.unlink()
            await saved(tab)
            tab.upkeep.say_draft_fault("full")
            assert tab.notice.text().startswith("This request is no longer")

    run(scenario())
