"""The collections on the screen, with folders on the disk, and hands that type, click and drag in them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.explorer.collection_view.nodes import Node
from desktop.explorer.collection_view.view import CollectionView
from desktop.tasks import TaskSet
from tests.conftest import until

ORDERS = "### List\nGET http://a/orders\n\n### Make\nPOST http://a/orders\n\n### Remove\nDELETE http://a/orders/1\n"
RETURNS = "### Give back\nPUT http://a/returns\n"


class Stage:
    """A view of the folder ``root``; ``heard`` are the signals that came, by name."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.data_dir = folder / "data"
        self.root = folder / "shop"
        self.orders = write(self.root / "sales" / "orders.http", ORDERS)
        self.returns = write(self.root / "sales" / "returns.http", RETURNS)
        self.login = write(self.root / "login.http", "POST http://a/login\n")
        self.heard: list[tuple[str, tuple[Any, ...]]] = []

    @asynccontextmanager
    async def shown(self, *, state: dict[str, Any] | None = None) -> AsyncIterator[None]:
        """The view with the folder open, read, and watched."""
        QApplication.setQuitOnLastWindowClosed(False)
        failures: list[str] = []
        tasks = TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
        self.view = CollectionView(tasks, self.data_dir, system_trash=lambda _: None)
        self.tree = self.view.tree
        self._qtbot.addWidget(self.view)
        self._listen()
        self.view.resize(320, 500)
        self.view.show()
        self.view.activateWindow()
        await until(self.view.isActiveWindow)
        if state is not None:
            self.view.restore(state)
        self.view.open_folder(self.root)
        await until(lambda: self.tree.rows.tree.top.shown)
        try:
            yield
        finally:
            await tasks.close()
            self.view.hide()
        assert not failures

    def node(self, label: str) -> Node:
        """The row with that text."""
        return next(node for node in self.tree.rows.tree.nodes if node.label == label)

    def has(self, label: str) -> bool:
        """Whether there is a row with that text."""
        return any(node.label == label for node in self.tree.rows.tree.nodes)

    def lacks(self, label: str) -> bool:
        """Whether there is no row with that text."""
        return not self.has(label)

    def choose(self, *labels: str) -> None:
        """Select rows, the last of them with the focus on the tree."""
        self.tree.choose([self.node(label) for label in labels])
        self.tree.setFocus()

    def chosen(self) -> list[str]:
        """The texts of the selected rows."""
        return [node.label for node in self.tree.nodes()]

    def visible(self) -> list[str]:
        """The texts of all rows that can be scrolled to, from top to bottom."""
        labels, index = [], self.tree.rows.index(0, 0)
        while index.isValid():
            labels.append(self.tree.rows.node(index).label)
            index = self.tree.indexBelow(index)
        return labels

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the tree."""
        QTest.keyClick(self.tree, key, modifier)

    def trigger(self, name: str) -> None:
        """Do what an action says."""
        assert self.view.choices.by_name[name].isEnabled(), name
        self.view.choices.by_name[name].trigger()

    async def type_name(self, name: str) -> None:
        """Type into the editor of a row, and take it over."""
        await until(self.tree.is_editing)
        editor = next(one for one in self.tree.findChildren(QLineEdit) if one.isVisible())
        editor.selectAll()
        QTest.keyClicks(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def drop(self, labels: Sequence[str], target: str, row: int = -1, *, copy: bool = False) -> bool:
        """Drop rows on another, or between its children; whether it was allowed."""
        model = self.tree.rows
        data = model.mimeData([model.index_of(self.node(label)) for label in labels])
        action = Qt.DropAction.CopyAction if copy else Qt.DropAction.MoveAction
        return model.dropMimeData(data, action, row, 0, model.index_of(self.node(target)))

    def signals(self, name: str) -> list[tuple[Any, ...]]:
        """What a signal has carried so far."""
        return [values for one, values in self.heard if one == name]

    def _listen(self) -> None:
        def note(name: str) -> Any:
            return lambda *values: self.heard.append((name, values))

        for name in (
            "request_opened",
            "run_wanted",
            "file_renamed",
            "request_moved",
            "changed_outside",
            "folders_changed",
            "samples_wanted",
            "failed",
        ):
            getattr(self.view, name).connect(note(name))


def write(path: Path, text: str) -> Path:
    """A file with this text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
