"""Tests of the tree of a JSON body."""

import json

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.response_view import json_model, json_tree
from desktop.explorer.response_view.json_tree import JsonTree
from desktop.explorer.sending.blob import Blob
from tests.desktop.explorer.reading.test_json_rows import marked


@pytest.fixture
def tree(qtbot: QtBot) -> JsonTree:
    """A tree on the screen."""
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.resize(500, 300)
    tree.show()
    qtbot.waitExposed(tree)
    tree.setFocus()
    return tree


def show(tree: JsonTree, text: str) -> None:
    data = text.encode()
    tree.show_json(Blob(data), marked(data))


def rows(tree: JsonTree, parent: QModelIndex | None = None) -> list[tuple[object, object]]:
    """Names and values below an index, by default below the first value."""
    model = tree.model()
    above = model.index(0, 0) if parent is None else parent
    return [
        (model.index(row, 0, above).data(), model.index(row, 1, above).data()) for row in range(model.rowCount(above))
    ]


BODY = json.dumps({"b": 1.0, "a": {"x": [1, 2]}, "B": "two", "long": list(range(3_000))}).replace("B", "b")


def test_the_first_value_is_open_and_as_received(qtbot: QtBot, tree: JsonTree) -> None:
    show(tree, BODY)
    qtbot.waitUntil(lambda: len(rows(tree)) == 4 and rows(tree)[3][0] == "long")
    assert rows(tree)[:3] == [("b", "1.0"), ("a", "{1}"), ("b", '"two"')]
    qtbot.waitUntil(lambda: rows(tree, QModelIndex()) == [("$", "{4}")])
    assert tree.isExpanded(tree.model().index(0, 0))


def test_the_model_is_sound(qtbot: QtBot, tree: JsonTree) -> None:
    tester = QAbstractItemModelTester(tree.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, tree)
    show(tree, BODY)
    qtbot.waitUntil(lambda: len(rows(tree)) == 4 and rows(tree)[3][0] == "long")
    long = tree.model().index(3, 0, tree.model().index(0, 0))
    tree.expand(long)
    qtbot.waitUntil(lambda: tree.model().rowCount(long) == 501)
    tree.go_to("$['long'][2999]")
    qtbot.waitUntil(lambda: tree.currentIndex().data() == "2999")
    tree.show_json(None, Marks())
    assert tree.model().rowCount() == 0
    assert tester.model() is tree.model()


def test_children_are_read_as_they_come_into_view(qtbot: QtBot, tree: JsonTree) -> None:
    show(tree, json.dumps([list(range(3_000)), "after"]))
    qtbot.waitUntil(lambda: rows(tree)[1:] == [("1", '"after"')])
    first = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.expand(first)
    qtbot.waitUntil(lambda: tree.model().rowCount(first) == 501)
    assert tree.model().index(500, 0, first).data() == "…"
    tree.scrollTo(tree.model().index(500, 0, first))
    qtbot.waitUntil(lambda: tree.model().rowCount(first) == 1_001)


def test_keys_copy_value_and_path(qtbot: QtBot, tree: JsonTree) -> None:
    show(tree, BODY)
    tree.go_to("$['a']['x']")
    qtbot.waitUntil(lambda: tree.currentIndex().data() == "x")
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "[1, 2]"
    tree.copy_path_action.trigger()
    assert QGuiApplication.clipboard().text() == "$['a']['x']"


def test_the_last_of_the_same_names_is_gone_to(qtbot: QtBot, tree: JsonTree) -> None:
    show(tree, BODY)
    tree.go_to("$['b']")
    qtbot.waitUntil(lambda: tree.currentIndex().siblingAtColumn(1).data() == '"two"')


@pytest.mark.parametrize("path", ["$['no']", "$[0]", "$['b'][0]", "$.b", "$['a']['x'][2]"])
def test_a_place_that_is_not_there_is_said(qtbot: QtBot, tree: JsonTree, path: str) -> None:
    show(tree, BODY)
    with qtbot.waitSignal(tree.fault):
        tree.go_to(path)


def test_what_is_too_large_to_copy_is_said(qtbot: QtBot, tree: JsonTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_tree, "COPIED", 3)
    show(tree, BODY)
    tree.go_to("$['long']")
    qtbot.waitUntil(lambda: tree.currentIndex().data() == "long")
    with qtbot.waitSignal(tree.fault):
        tree.copy_value()


def test_many_children_are_listed_in_parts(qtbot: QtBot, tree: JsonTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_model, "MOST", 1_000)
    monkeypatch.setattr(json_tree, "MOST", 1_000)
    QAbstractItemModelTester(tree.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, tree)
    show(tree, json.dumps(list(range(2_500))))
    tree.go_to("$[2222]")
    qtbot.waitUntil(lambda: tree.currentIndex().data() == "2222")
    assert tree.currentIndex().siblingAtColumn(1).data() == "2222"
    root = tree.model().index(0, 0)

    def ends() -> bool:
        tree.scrollTo(tree.model().index(tree.model().rowCount(root) - 1, 0, root))
        return rows(tree)[-1] == ("…", "Back to the first")

    qtbot.waitUntil(ends)
    tree.activated.emit(tree.model().index(tree.model().rowCount(root) - 1, 0, root))
    qtbot.waitUntil(lambda: rows(tree)[0][0] == "0")
    tree.go_to("$[999]")
    qtbot.waitUntil(lambda: tree.currentIndex().data() == "999")
    qtbot.waitUntil(lambda: rows(tree)[-1] == ("…", "The next 1,000"))
    tree.activated.emit(tree.model().index(1_000, 0, root))
    qtbot.waitUntil(lambda: rows(tree)[0][0] == "1000")
    assert tree.model().data(root.siblingAtColumn(1)) in ("[…] 13,890 bytes", "[2,500]")


def test_a_name_in_a_part_that_is_not_listed(qtbot: QtBot, tree: JsonTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_tree, "MOST", 500)
    monkeypatch.setattr(json_model, "MOST", 500)
    QAbstractItemModelTester(tree.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, tree)
    show(tree, json.dumps({f"n{number}": [number] for number in range(2_000)}))
    for number in (700, 3, 1_999):
        tree.go_to(f"$['n{number}'][0]")
        name = f"n{number}"
        qtbot.waitUntil(lambda: tree.currentIndex().parent().data() == name)  # noqa: B023 - called at once
        assert tree.currentIndex().siblingAtColumn(1).data() == str(number)


def test_a_body_that_grows(qtbot: QtBot, tree: JsonTree) -> None:
    data = b'{"a":1}\n{"a":2}\n'
    marks, blob = marked(data), Blob(data)
    tree.show_json(blob, marks)
    qtbot.waitUntil(lambda: rows(tree, QModelIndex()) == [("$", "{1}"), ("$ (2)", "{1}")])
    grown = data + b'{"a":3}\n'
    blob._tail += b'{"a":3}\n'
    blob.size = len(grown)
    whole = marked(grown)
    marks.list, marks.scanned = whole.list, whole.scanned
    tree.refresh()
    qtbot.waitUntil(lambda: rows(tree, QModelIndex())[-1] == ("$ (3)", "{1}"))


def test_screen_readers_hear_name_kind_and_value(qtbot: QtBot, tree: JsonTree) -> None:
    show(tree, BODY)
    qtbot.waitUntil(lambda: len(rows(tree)) == 4 and rows(tree)[3][0] == "long")
    index = tree.model().index(1, 0, tree.model().index(0, 0))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a: object {1}"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "$['a']"
