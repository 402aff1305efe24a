"""The collections: a filter, the tree, and what is to be said about them."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.collection_view import system
from desktop.explorer.collection_view.actions import Actions
from desktop.explorer.collection_view.commands import Commands
from desktop.explorer.collection_view.empty import NoFolders
from desktop.explorer.collection_view.keeper import Keeper
from desktop.explorer.collection_view.nodes import Tree
from desktop.explorer.collection_view.opening import Opening, dropped_folders
from desktop.explorer.collection_view.tree import CollectionTree
from desktop.explorer.workspace.requests import DELETION
from desktop.explorer.workspace.steps import Change
from desktop.explorer.workspace.trash import SystemTrash, Trash
from desktop.tasks import TaskSet
from desktop.widgets.empty_state import Hint
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

_READING = "Reading the collections…"


class CollectionView(QWidget):
    """Folders of `.http` files, side by side. ``data_dir`` takes what is deleted where the system has no trash.

    ``request_opened`` carries an Origin and whether a new window is wanted, ``run_wanted`` and ``auth_wanted`` a file
    or folder.
    ``file_renamed`` carries the old and new path of a file or folder, ``request_moved`` the old and new Origin.
    ``changed_outside`` carries the set of files that others have changed, ``folders_changed`` the opened folders.
    """

    request_opened = Signal(object, bool)
    run_wanted = Signal(object)
    auth_wanted = Signal(object)
    file_renamed = Signal(object, object)
    request_moved = Signal(object, object)
    changed_outside = Signal(object)
    folders_changed = Signal(object)
    samples_wanted = Signal()
    failed = Signal(str)

    def __init__(
        self,
        tasks: TaskSet,
        data_dir: Path,
        parent: QWidget | None = None,
        *,
        system_trash: SystemTrash = system.move_to_trash,
    ) -> None:
        super().__init__(parent)
        self.filter = QLineEdit(self, placeholderText="Filter", clearButtonEnabled=True)
        self.add_button = QToolButton(self)
        self.more_button = QToolButton(self)
        self.undo_button = QPushButton("Undo", self)
        self.message = MessageLine([self.undo_button], self)
        self.tree = CollectionTree(self)
        self.empty = NoFolders(self)
        self.hint = Hint(_READING, self)
        self.stack = QStackedWidget(self)
        self.keeper = Keeper(tasks, self)
        self.commands = Commands(self.tree, self.keeper, Trash(data_dir / "trash", system_trash))
        self.opening = Opening(self)
        self.choices = Actions(self.tree, self.commands, self.keeper.undo_stack)
        self._waiting: Tree | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._show_late)
        self.setAcceptDrops(True)
        self._prepare()
        self._connect()
        self._lay_out()

    def folders(self) -> tuple[Path, ...]:
        """The opened folders in their order."""
        return self.keeper.folders

    def open_folders(self, folders: Iterable[Path]) -> None:
        """Open these beside those that are open. Needs a running loop."""
        added = [Path(folder).absolute() for folder in folders]
        self._show_folders((*self.folders(), *added))

    def open_folder(self, folder: Path) -> None:
        """Open a folder beside those that are open."""
        self.open_folders([folder])

    def close_folders(self, folders: Iterable[Path]) -> None:
        """Close opened folders; on the disk they stay."""
        gone = set(folders)
        self._show_folders(folder for folder in self.folders() if folder not in gone)

    def mark_unsaved(self, marks: Collection[tuple[Path, int]]) -> None:
        """These requests, as path and number of the part, have changes that no file has."""
        self.tree.rows.mark_unsaved(marks)

    def saved(self, path: Path) -> None:
        """The lead has just written a file: it is shown as it is now, and is not told as changed outside."""
        self.keeper.own(path)

    def state(self) -> dict[str, Any]:
        """What ``restore`` wants to have back after a restart; JSON can hold it."""
        return self.tree.look().as_json()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Open and choose rows as they were; to be called before folders are opened."""
        self.tree.looks.from_json(state)

    def say(self, sentence: str, *, fault: bool = False) -> None:
        """Show a sentence below the tree."""
        self.message.say(sentence, fault=fault)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_late"):
            self._recolor()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        keys = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.filter.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.filter.clear()
        elif self.filter.hasFocus() and event.key() in keys:
            self.tree.choose_first()
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if dropped_folders(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.open_folders(dropped_folders(event.mimeData()))
        event.acceptProposedAction()

    def _show_folders(self, folders: Iterable[Path]) -> None:
        before = self.folders()
        self.keeper.show_folders(folders)
        self._show_page()
        if self.folders() != before:
            self.folders_changed.emit(self.folders())

    def _show_tree(self, tree: Tree) -> None:
        """Show what is on the disk now, but not while a name is typed: its editor would close."""
        if self.tree.is_editing():
            self._waiting = tree
            return
        self._waiting = None
        self.tree.show_tree(tree)
        self._update_actions()
        self._show_page()

    def _show_late(self) -> None:
        if self._waiting is not None:
            self._show_tree(self._waiting)

    def _show_page(self) -> None:
        tree = self.tree.rows.tree
        if not self.folders():
            self.stack.setCurrentWidget(self.empty)
        elif tree.top.shown:
            self.stack.setCurrentWidget(self.tree)
        else:
            nothing = f"Nothing matches “{visible(self.filter.text())}”."
            self.hint.setText(nothing if tree.words else _READING)
            self.stack.setCurrentWidget(self.hint)
        self.filter.setEnabled(bool(self.folders()))

    def _filter(self, text: str) -> None:
        self.tree.filter(text)
        self._show_page()

    def _changed(self, change: Change, is_new: bool) -> None:
        """Say what a change did, so that what is open elsewhere can follow."""
        for old, new in change.renamed:
            self.file_renamed.emit(old, new)
        if change.renamed:
            self.folders_changed.emit(self.folders())
        for source, target in change.moved:
            self.request_moved.emit(source, target)
        if not self.tree.shows(self.commands.rows_of(change)):
            self.filter.clear()
        self.commands.follow(change)
        is_deletion = is_new and change.what.startswith(DELETION)
        self.message.say(
            f"In the trash: {change.what.removeprefix(DELETION)}." if is_deletion else "", buttons=[self.undo_button]
        )

    def _refuse(self, sentence: str) -> None:
        self.say(sentence, fault=True)
        self.failed.emit(sentence)

    def _show_menu(self, point: QPoint) -> None:
        menu = self.choices.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tree.viewport().mapToGlobal(point))

    def _update_actions(self) -> None:
        self.choices.update(self.tree.nodes(), has_clip=self.commands.has_clip)

    def _activate(self, index: QModelIndex) -> None:
        if self.tree.rows.node(index).entry is not None:
            self.commands.open()

    def _prepare(self) -> None:
        self.filter.setAccessibleName("Show only requests with these words in name, method, URL or path")
        self.filter.setToolTip("Words of the name, the method, the URL or the path")
        for button, word in ((self.add_button, "Add"), (self.more_button, "More")):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setAccessibleName(word)
            button.setToolTip(f"{word}…")
        self.add_button.setMenu(self.choices.adding_menu())
        self.more_button.setMenu(self.choices.menu(whole=True))
        self.tree.setFrameShape(QFrame.Shape.StyledPanel)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._recolor()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.undo_button.clicked.connect(self.commands.undo)
        self._connect_tree()
        self._connect_keeper()
        for button, slot in (
            (self.empty.open_button, self.opening.ask_for_folder),
            (self.empty.new_button, self.opening.ask_for_new),
            (self.empty.samples_button, self.samples_wanted),
        ):
            button.clicked.connect(slot)
        self.opening.chosen.connect(self.open_folder)
        self.opening.refused.connect(self._refuse)
        self.commands.open_folder_wanted.connect(self.opening.ask_for_folder)
        self.commands.new_collection_wanted.connect(self.opening.ask_for_new)
        self.commands.samples_wanted.connect(self.samples_wanted)
        self.commands.run_wanted.connect(self.run_wanted)
        self.commands.auth_wanted.connect(self.auth_wanted)
        self.commands.close_wanted.connect(self.close_folders)
        self.commands.clip_changed.connect(self._update_actions)

    def _connect_tree(self) -> None:
        self.tree.activated.connect(self._activate)
        self.tree.chosen_changed.connect(self._update_actions)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.itemDelegate().closeEditor.connect(self._editor_closed)
        self.tree.rows.rename_wanted.connect(self.commands.rename_to)
        self.tree.rows.dropped.connect(self.commands.put)

    def _connect_keeper(self) -> None:
        self.keeper.renamed.connect(self.tree.follow)
        self.keeper.scanned.connect(self._show_tree)
        self.keeper.changed.connect(self._changed)
        self.keeper.read.connect(self.request_opened)
        self.keeper.changed_outside.connect(self.changed_outside)
        self.keeper.refused.connect(self._refuse)
        self.keeper.noted.connect(self.say)

    def _editor_closed(self) -> None:
        self._late.start()  # the tree is still editing at this moment

    def _recolor(self) -> None:
        self.add_button.setIcon(theme.icon("plus"))
        self.more_button.setIcon(theme.icon("dots-vertical"))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.XS)
        first.addWidget(self.filter, 1)
        first.addWidget(self.add_button)
        first.addWidget(self.more_button)
        for page in (self.empty, self.tree, self.hint):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.S, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(first)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)  # above, it would move the rows away under the mouse
        self._show_page()
