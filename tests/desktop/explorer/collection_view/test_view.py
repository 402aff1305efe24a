"""What is seen of collections: the tree, the filter, the empty state, and that all of it comes back."""

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.explorer.workspace.origin import Origin
from tests.conftest import Run, until
from tests.desktop.explorer.collection_view.stage import ORDERS, Stage, write

ALL = ["shop", "sales", "orders.http", "List", "Make", "Remove", "returns.http", "Give back", "login.http"]


def test_the_opened_folder_is_open(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            assert stage.visible() == ["shop", "sales", "login.http"]
            stage.tree.expandAll()
            assert stage.visible() == [*ALL, "http://a/login"]
            assert stage.signals("folders_changed") == [((stage.root,),)]
            assert not stage.signals("changed_outside")

    run(scenario())


def test_enter_opens_requests_and_folds_the_others(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.press(Qt.Key.Key_Return)
            await until(lambda: stage.signals("request_opened"))
            stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            await until(lambda: len(stage.signals("request_opened")) == 2)
            made = Origin(stage.orders, 1, "### Make\nPOST http://a/orders\n\n")
            assert stage.signals("request_opened") == [(made, False), (made, True)]
            stage.choose("sales")
            stage.press(Qt.Key.Key_Return)
            assert stage.visible() == ["shop", "sales", "login.http"]

    run(scenario())


def test_a_double_click_opens_once(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            place = stage.tree.visualRect(stage.tree.currentIndex()).center()
            viewport = stage.tree.viewport()
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
            await until(lambda: stage.signals("request_opened"))
            stage.choose("List")
            stage.press(Qt.Key.Key_Return)
            await until(lambda: len(stage.signals("request_opened")) > 1)
            assert [one[0].index for one in stage.signals("request_opened")] == [1, 0]

    run(scenario())


def test_a_request_that_has_gone_is_told_in_place(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.orders.unlink()
            stage.press(Qt.Key.Key_Return)
            await until(lambda: stage.signals("failed"))
            assert "it is not there any more" in stage.view.message.text()
            await until(lambda: not stage.has("Make"))

    run(scenario())


def test_the_filter_looks_through_names_methods_urls_and_paths(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            before = stage.visible()
            for text, found in (
                ("give", ["shop", "sales", "returns.http", "Give back"]),
                ("DELETE", ["shop", "sales", "orders.http", "Remove"]),
                ("a/login", ["shop", "login.http", "http://a/login"]),
                ("sales post", ["shop", "sales", "orders.http", "Make"]),
                ("", before),
            ):
                stage.view.filter.setText(text)
                assert stage.visible() == found
            stage.view.filter.setText("nowhere")
            assert stage.view.hint.isVisible()
            assert stage.view.hint.text() == "Nothing matches “nowhere”."
            stage.view.filter.setFocus()
            QTest.keyClick(stage.view.filter, Qt.Key.Key_Escape)
            assert stage.visible() == before

    run(scenario())


def test_from_the_filter_the_keys_go_to_the_first_match(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.view.filter.setFocus()
            QTest.keyClicks(stage.view.filter, "remove")
            QTest.keyClick(stage.view.filter, Qt.Key.Key_Down)
            assert stage.chosen() == ["Remove"]
            assert stage.tree.hasFocus()

    run(scenario())


def test_a_chosen_file_is_not_in_the_way_of_the_first_match(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("orders.http")
            stage.view.filter.setFocus()
            QTest.keyClicks(stage.view.filter, "orders")
            QTest.keyClick(stage.view.filter, Qt.Key.Key_Down)
            assert stage.chosen() == ["List"]

    run(scenario())


def test_all_matches_of_many_are_opened_after_a_pause(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        for number in range(200):
            write(stage.root / f"{number}.http", ORDERS)
        async with stage.shown():
            stage.view.filter.setText("orders")
            await until(lambda: len(stage.visible()) > 800)

    run(scenario())


def test_what_is_open_and_chosen_survives_changes_and_a_restart(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.orders.write_text("### First\nGET http://first/\n\n" + ORDERS)
            await until(lambda: stage.has("First"))
            assert stage.chosen() == ["Make"]
            seen = stage.visible()
            state = json.loads(json.dumps(stage.view.state()))
        async with stage.shown(state=state):
            assert stage.visible() == seen
            assert stage.chosen() == ["Make"]
        async with stage.shown(state={"expanded": [1], "chosen": 2, "current": None, "scroll": "x"}):
            assert stage.visible() == ["shop", "sales", "login.http"]

    run(scenario())


def test_others_changes_are_told_and_own_ones_are_not(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.orders.write_text(ORDERS.replace("Make", "Own"))
            stage.view.saved(stage.orders)
            await until(lambda: stage.has("Own"))
            assert not stage.signals("changed_outside")
            stage.returns.write_text("### Changed\nGET http://b/\n")
            await until(lambda: stage.has("Changed"))
            assert stage.signals("changed_outside") == [({stage.returns},)]

    run(scenario())


def test_a_root_that_goes_says_so_and_comes_back(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            away = stage.root.with_name("away")
            stage.root.rename(away)
            await until(lambda: stage.node("shop").fault)
            assert stage.visible() == ["shop"]
            away.rename(stage.root)
            await until(lambda: stage.has("login.http"))

    run(scenario())


def test_unsaved_requests_are_marked(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.view.mark_unsaved({(stage.orders, 1)})
            model = stage.tree.rows
            index = model.index_of(stage.node("Make"))
            assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "POST Make, not saved"
            stage.tree.expandAll()
            marked = stage.tree.grab().toImage()
            stage.view.mark_unsaved(set())
            assert stage.tree.grab().toImage() != marked
            assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "POST Make"

    run(scenario())


def test_without_folders_there_are_buttons(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("shop")
            stage.trigger("close_folder")
            assert stage.view.folders() == ()
            assert stage.view.empty.isVisible()
            assert not stage.view.filter.isEnabled()
            stage.view.empty.samples_button.click()
            assert stage.signals("samples_wanted")
            stage.view.opening.make(str(stage.root.with_name("new")))
            assert stage.view.folders() == (stage.root.with_name("new"),)
            stage.view.opening.make(str(stage.root))
            assert stage.signals("failed") == [("“shop” cannot be made: something of that name is there already.",)]
            await until(lambda: stage.has("new"))

    run(scenario())


def test_a_folder_dropped_from_the_file_manager_is_opened(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            write(stage.data_dir / "other" / "x.http", "GET http://x/\n")
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(stage.data_dir / "other" / "x.http"))])
            copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
            QApplication.sendEvent(stage.view, enter)
            assert enter.isAccepted()
            QApplication.sendEvent(stage.view, QDropEvent(QPointF(5, 5), copy, data, left, none))
            await until(lambda: stage.has("x.http"))
            assert stage.view.folders() == (stage.root, stage.data_dir / "other")

    run(scenario())


def test_the_menus_have_what_makes_sense(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            choices = stage.view.choices
            stage.choose("Make")
            assert "Run all requests" not in _texts(choices.menu())
            assert {"Open", "Rename", "Delete", "Duplicate"} <= set(_texts(choices.menu()))
            stage.choose("shop")
            assert {"Delete", "Cut"}.isdisjoint(_texts(choices.menu()))
            assert "Close the folder" in _texts(choices.menu())
            stage.choose("sales", "Make")
            assert "Delete" not in _texts(choices.menu())
            assert len(_texts(choices.menu(whole=True))) == 17
            stage.choose("orders.http")
            stage.trigger("run")
            assert stage.signals("run_wanted") == [(stage.orders,)]

    run(scenario())


def test_hostile_names_are_shown_harmless(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        write(stage.root / "x.http", "### a\u202eb\nGET http://a/\n")
        async with stage.shown():
            assert stage.has("a\\u202eb")

    run(scenario())


def _texts(menu: object) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]  # type: ignore[attr-defined]


def test_paths_may_be_relative(stage: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.view.open_folder(stage.root)
            assert stage.view.folders() == (stage.root,)

    run(scenario())
