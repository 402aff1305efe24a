"""Tests of what is drawn: no control or bidirectional character from outside reaches the screen (SECURITY.md, S21)."""

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.explorer.workspace.requests import origin_of
from desktop.explorer.workspace.steps import Place
from tests.conftest import Run
from tests.desktop.explorer.pages import click_send, page_shown, until, until_sent
from tests.desktop.explorer.servers import RawServer

EVIL = "\x1bp\u202e"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def drawn(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and those within it show or tell, with where it stands."""
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        texts = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        texts += [text for action in widget.actions() for text in (action.text(), action.toolTip())]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QPlainTextEdit) and widget.isReadOnly():
            texts.append(widget.toPlainText())
        if isinstance(widget, QLineEdit) and widget.isReadOnly():
            texts.append(widget.text())
        if isinstance(widget, QTabWidget):
            texts += [text for n in range(widget.count()) for text in (widget.tabText(n), widget.tabToolTip(n))]
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(n) for n in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            texts += _cells(widget.model(), QModelIndex())
        yield from ((where, text) for text in texts)


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (text for role in ROLES if isinstance(text := model.data(index, role), str))
        if not isinstance(model, QAbstractTableModel | QAbstractListModel):
            yield from _cells(model, model.index(row, 0, parent))


def raw(root: QWidget) -> set[str]:
    """The places where something stands that should have been escaped."""
    return {f"{where}: {text!r}" for where, text in drawn(root) if RAW.search(text)}


def test_neither_a_server_nor_a_file_writes_on_the_screen(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    fields = f"""Content-Type: application/json; charset={EVIL}
Content-Disposition: attachment; filename="{EVIL}../../x"
Set-Cookie: a{EVIL}=b{EVIL}; Path=/{EVIL}; {EVIL}=1; Expires={EVIL}
Set-Cookie: ok=1; SameSite=Lax{EVIL}
X-{"Evil"}: {EVIL}
Content-Encoding: {EVIL}
"""
    body = f'{{"{EVIL}": "{EVIL}", "a": ["{EVIL}"]}}'.encode()
    head = f"HTTP/1.1 200 O{EVIL}K\n{fields}Content-Length: {len(body)}\n\n".replace("\n", "\r\n").encode()
    hop = f"HTTP/1.1 302 F{EVIL}\r\nLocation: /{EVIL}?{EVIL}\r\nContent-Length: 0\r\n\r\n".encode()

    async def scenario() -> None:
        folder = tmp_path / f"mine{EVIL}"
        folder.mkdir()
        file = folder / f"a{EVIL}.http"
        async with RawServer(hop, head + body).running() as server, page_shown(qtbot, tmp_path) as page:
            text = f"### T{EVIL}\n# C{EVIL}\n# @name n{EVIL}\nG{EVIL}T {server.url}{EVIL}\nX-A: {EVIL}\n\n{EVIL}\n"
            file.write_text(f"### One{EVIL}\n# about{EVIL}\nGET {server.url}a?x=1{EVIL}\n\n{text}", newline="")
            page.collections.open_folder(folder)
            await until(lambda: folder in page.collections.folders())
            tab = page.tabs.open_origin(origin_of(Place(file, 0)))
            page.tabs.open_origin(origin_of(Place(file, 1)))
            page.tabs.setCurrentWidget(tab)
            click_send(tab.pane)
            await until_sent(tab.pane)
            for number in range(tab.pane.response.tabs.count()):
                tab.pane.response.tabs.setCurrentIndex(number)
            await until(lambda: "\\x1bp" in tab.pane.response.body.toPlainText())
            assert raw(page) == set()

    run(scenario())
