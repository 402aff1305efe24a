"""What is changed in the tree is changed on the disk, told to those who follow, and can be taken back."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.explorer.collection_view import system
from tests.conftest import Run, until
from tests.desktop.explorer.collection_view.stage import ORDERS, Stage

CTRL = Qt.KeyboardModifier.ControlModifier


def test_renaming_a_request_in_place_and_back(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.press(Qt.Key.Key_F2)
            await stage.type_name("Create")
            await until(lambda: stage.has("Create"))
            assert not stage.signals("request_opened")
            assert stage.orders.read_text() == ORDERS.replace("Make", "Create")
            assert stage.chosen() == ["Create"]
            assert stage.view.choices.by_name["undo"].text() == "Undo rename of “Make”"
            old, new = stage.signals("request_moved")[0]
            assert (old.index, old.text, new.text) == (1, new.text.replace("Create", "Make"), new.text)
            stage.press(Qt.Key.Key_Z, CTRL)
            await until(lambda: stage.has("Make"))
            assert stage.orders.read_text() == ORDERS
            assert len(stage.signals("request_moved")) == 2
            stage.trigger("redo")
            await until(lambda: stage.has("Create"))
            assert not stage.signals("changed_outside")

    run(scenario())


def test_renaming_files_and_opened_folders_is_followed(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("orders.http")
            stage.press(Qt.Key.Key_F2)
            await stage.type_name("sold")
            await until(lambda: stage.has("sold.http"))
            assert stage.signals("file_renamed") == [(stage.orders, stage.orders.with_name("sold.http"))]
            stage.choose("shop")
            stage.press(Qt.Key.Key_F2)
            await stage.type_name("store")
            await until(lambda: stage.has("store"))
            assert stage.view.folders() == (stage.root.with_name("store"),)
            stage.trigger("undo")
            await until(lambda: stage.has("shop"))
            assert stage.view.folders() == (stage.root,)

    run(scenario())


def test_what_was_open_stays_open_under_another_name(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            for label in ("sales", "orders.http", "returns.http", "login.http"):
                stage.tree.expand(stage.tree.rows.index_of(stage.node(label)))
            before = stage.visible()
            for old, new in (("orders.http", "orders2"), ("sales", "sold"), ("shop", "store")):
                stage.choose(old)
                stage.press(Qt.Key.Key_F2)
                await stage.type_name(new)
                await until(lambda old=old: stage.lacks(old))  # type: ignore[misc]
                await until(lambda: len(stage.visible()) == len(before))

    run(scenario())


def test_a_refused_name_is_told_and_changes_nothing(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("orders.http")
            stage.press(Qt.Key.Key_F2)
            await stage.type_name("a/b")
            await until(lambda: stage.signals("failed"))
            assert stage.view.message.text() == "A name cannot contain “/”."
            assert stage.orders.exists()
            assert not stage.view.keeper.undo_stack.canUndo()

    run(scenario())


def test_a_scan_does_not_close_the_editor(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.press(Qt.Key.Key_F2)
            stage.returns.write_text("### Changed\nGET http://b/\n")
            await until(lambda: stage.signals("changed_outside"))
            assert stage.tree.is_editing()
            await stage.type_name("Create")
            await until(lambda: stage.has("Changed") and stage.has("Create"))

    run(scenario())


def test_new_things_get_their_name_at_once(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("List")
            stage.press(Qt.Key.Key_N, CTRL)
            await stage.type_name("Count")
            await until(lambda: stage.has("Count"))
            assert [n.label for n in stage.node("orders.http").children] == ["List", "Count", "Make", "Remove"]
            stage.choose("sales")
            stage.trigger("new_file")
            await stage.type_name("refunds")
            await until(lambda: stage.has("refunds.http"))
            stage.choose("sales")
            stage.trigger("new_folder")
            await stage.type_name("2026")
            await until(lambda: stage.has("2026"))
            assert (stage.root / "sales" / "2026").is_dir()
            stage.choose("2026")
            stage.trigger("new_request")
            await stage.type_name("first")
            await until(lambda: stage.has("first.http"))
            assert [n.label for n in stage.node("first.http").children] == ["First request"]

    run(scenario())


def test_what_is_new_is_seen_although_a_filter_is_set(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.view.filter.setText("give")
            stage.choose("Give back")
            stage.trigger("new_request")
            await stage.type_name("Other")
            await until(lambda: stage.chosen() == ["Other"])
            assert stage.view.filter.text() == ""

    run(scenario())


def test_deleting_and_the_button_beside_the_sentence(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("List", "Remove")
            stage.press(Qt.Key.Key_Delete)
            await until(lambda: not stage.has("List"))
            assert stage.orders.read_text() == "### Make\nPOST http://a/orders\n\n"
            assert stage.view.message.text() == "In the trash: 2 requests."
            stage.view.undo_button.click()
            await until(lambda: stage.has("List"))
            assert stage.orders.read_text() == ORDERS
            stage.choose("sales")
            stage.press(Qt.Key.Key_Delete)
            await until(lambda: not stage.has("sales"))
            assert not (stage.root / "sales").exists()
            stage.press(Qt.Key.Key_Z, CTRL)
            await until(lambda: stage.has("sales"))
            assert stage.orders.read_text() == ORDERS
            assert not stage.signals("changed_outside")

    run(scenario())


def test_several_undos_at_once_come_one_after_another(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            for label in ("List", "Make", "Remove"):
                stage.choose(label)
                stage.trigger("delete")
                await until(partial(stage.lacks, label))
            for _ in range(5):
                stage.view.commands.undo()
            await until(lambda: stage.has("List"))
            assert stage.orders.read_text() == ORDERS

    run(scenario())


def test_duplicating(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.press(Qt.Key.Key_D, CTRL)
            await until(lambda: stage.has("Make 2"))
            stage.choose("returns.http")
            stage.press(Qt.Key.Key_D, CTRL)
            await until(lambda: stage.has("returns 2.http"))

    run(scenario())


def test_cut_copy_and_paste(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            stage.choose("Make")
            stage.press(Qt.Key.Key_C, CTRL)
            assert QApplication.clipboard().text() == "Make"
            stage.choose("returns.http")
            stage.press(Qt.Key.Key_V, CTRL)
            await until(lambda: len(stage.node("returns.http").children) == 2)
            stage.choose("List")
            stage.press(Qt.Key.Key_X, CTRL)
            stage.choose("Give back")
            stage.press(Qt.Key.Key_V, CTRL)
            await until(lambda: len(stage.node("returns.http").children) == 3)
            assert [n.label for n in stage.node("returns.http").children] == ["Give back", "List", "Make"]
            assert not stage.view.choices.by_name["paste"].isEnabled()
            stage.choose("returns.http")
            stage.press(Qt.Key.Key_X, CTRL)
            stage.choose("shop")
            stage.press(Qt.Key.Key_V, CTRL)
            await until(lambda: (stage.root / "returns.http").exists())
            await until(lambda: stage.signals("file_renamed"))

    run(scenario())


def test_dragging_requests(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            assert stage.drop(["Remove"], "orders.http", 0)
            await until(lambda: stage.node("orders.http").children[0].label == "Remove")
            assert stage.drop(["Remove", "Make"], "returns.http")
            await until(lambda: len(stage.node("returns.http").children) == 3)
            assert [n.label for n in stage.node("orders.http").children] == ["List"]
            assert stage.drop(["List"], "returns.http", 0, copy=True)
            await until(lambda: len(stage.node("returns.http").children) == 4)
            assert not stage.drop(["List"], "sales")

    run(scenario())


def test_dragging_files_and_folders(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.shown():
            assert stage.drop(["login.http"], "sales")
            await until(lambda: (stage.root / "sales" / "login.http").exists())
            await until(lambda: stage.signals("file_renamed"))
            assert not stage.drop(["login.http"], "orders.http")
            assert not stage.drop(["login.http", "Make"], "shop")
            assert stage.drop(["sales"], "sales")
            await until(lambda: stage.signals("failed"))
            assert stage.signals("failed") == [("“sales” cannot be moved into itself.",)]

    run(scenario())


def test_the_file_manager_is_asked(stage: Stage, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def reveal(path: object) -> bool:
        asked.append(path)
        return False

    monkeypatch.setattr(system, "reveal", reveal)

    async def scenario() -> None:
        async with stage.shown():
            stage.choose("orders.http")
            stage.trigger("reveal")
            assert asked == [stage.orders]
            assert "No file manager" in stage.view.message.text()

    run(scenario())
