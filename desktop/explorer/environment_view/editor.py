"""The window in which the environments of a folder are changed."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.environment_view.attempts import fault_of
from desktop.explorer.environment_view.empty import NoEnvironments
from desktop.explorer.environment_view.names import EnvironmentNames
from desktop.explorer.environment_view.question import DeleteQuestion
from desktop.explorer.environment_view.rows import NAME, VariableRows
from desktop.explorer.environment_view.table import VariableTable
from desktop.explorer.variables.environments import (
    SHARED,
    Variable,
    add_environment,
    environments_at,
    faults_at,
    remove_environment,
    rename_environment,
    variables,
)
from desktop.explorer.variables.git_ignore import ignore, is_exposed
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from desktop.widgets.tips import tip
from servers.logs import visible

_NOTE = "git would take http-client.private.env.json, and the secrets in it, into the repository."
_READ_ONLY = "Nothing can be changed here until that is mended."
_LEFT, _RIGHT = 170, 530


class EnvironmentEditor(QDialog):
    """A non-modal window; each change is in the files of ``folder`` at once.

    ``changed`` tells that the user has changed them. ``renamed`` goes before it with the old and the new name of an
    environment; the new one is empty where it was deleted.
    """

    changed = Signal()
    renamed = Signal(str, str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Environments")
        self.resize(720, 440)
        self._folder = folder
        self._folders: tuple[Path, ...] = (folder,)
        self._deleted: tuple[Variable, ...] = ()
        self.rows = VariableRows(folder, SHARED, self)
        self._make_controls()
        self._lay_out()
        self._connect()
        self.show_folders([(visible(folder.name), folder)], folder)

    @property
    def folder(self) -> Path:
        """The folder whose environments are shown."""
        return self._folder

    def show_folders(self, folders: Sequence[tuple[str, Path]], folder: Path) -> None:
        """Offer these folders, each with a name for people, and show one of them."""
        self._folders = tuple(path for _, path in folders)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for number, (name, path) in enumerate(folders):
                self.choice.addItem(name)
                self.choice.setItemData(number, tip(str(path)), Qt.ItemDataRole.ToolTipRole)
            self.choice.setCurrentIndex(self._folders.index(folder))
        self.choice_row.setVisible(len(folders) > 1)
        self._show_folder(self._folders.index(folder))

    def show_environment(self, name: str) -> None:
        """Show the variables of an environment, or those of all where there is none of this name."""
        self._fill(name)

    def refresh(self) -> None:
        """Show what others have changed meanwhile; what is being typed stays."""
        if not self.table.is_typing() and not self.names.is_typing():
            self._fill(self.names.current())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "stack"):
            self._recolor()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.reveal.setChecked(False)
        self.message.say("")

    def _make_controls(self) -> None:
        self.choice = QComboBox(self)
        self.choice_row = QWidget(self)
        self.names = EnvironmentNames(self)
        self.table = VariableTable(self.rows, self)
        self.empty = NoEnvironments(self)
        self.delete = IconButton("delete-outline", "Delete the selected variables", self)
        self.reveal = QCheckBox("&Show private values", self)
        self.undo = QPushButton("Undo", self)
        self.undo.setAccessibleName("Bring the deleted variables back")
        self.ignore = QPushButton("Add to .gitignore", self)
        for button in (self.undo, self.ignore):
            button.setAutoDefault(False)
        self.fault = MessageLine((), self)
        self.note = MessageLine((self.ignore,), self)
        self.message = MessageLine((self.undo,), self)

    def _lay_out(self) -> None:
        label = QLabel("&Folder", self)
        label.setBuddy(self.choice)
        top = QHBoxLayout(self.choice_row)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(label)
        top.addWidget(self.choice, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.names)
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT, _RIGHT])
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addWidget(self.choice_row)
        layout.addWidget(self.fault)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.note)

    def _right(self) -> QWidget:
        right = QWidget(self)
        bar = QHBoxLayout()
        bar.addWidget(self.delete)
        bar.addStretch()
        bar.addWidget(self.reveal)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.table, 1)
        column.addLayout(bar)
        return right

    def _connect(self) -> None:
        self.choice.activated.connect(self._show_folder)
        self.names.current_changed.connect(self._show_variables)
        self.names.add_wanted.connect(self._add)
        self.names.rename_wanted.connect(self._rename)
        self.names.delete_wanted.connect(self._ask_delete)
        self.empty.add.clicked.connect(self._add)
        self.delete.clicked.connect(self._delete_variables)
        self.table.delete_wanted.connect(self._delete_variables)
        self.table.selectionModel().selectionChanged.connect(self._follow)
        self.rows.modelReset.connect(self._follow)
        self.rows.edited.connect(self._edited)
        self.rows.refused.connect(self._say_fault)
        self.reveal.toggled.connect(self.rows.reveal)
        self.undo.clicked.connect(self._bring_back)
        self.ignore.clicked.connect(self._ignore)

    def _show_folder(self, number: int) -> None:
        self._folder = self._folders[number]
        self.reveal.setChecked(False)
        self.message.say("")
        self._fill(self.names.current())

    def _fill(self, environment: str) -> None:
        """Show the files as they are."""
        faults, names = faults_at(None, self._folder), environments_at(None, self._folder)
        self.fault.say(" ".join((*map(visible, faults), _READ_ONLY) if faults else ()), fault=True)
        is_empty = not (faults or names or variables(self._folder, SHARED))
        self.names.show_names(names, environment, read_only=bool(faults))
        self.rows.show(self._folder, self.names.current(), read_only=bool(faults))
        self.stack.setCurrentIndex(0 if is_empty else 1)
        exposed = not is_empty and is_exposed(self._folder)
        self.note.say(_NOTE if exposed else "", buttons=(self.ignore,))
        self._follow()

    def _show_variables(self, environment: str) -> None:
        self.message.say("")
        self.rows.show(self._folder, environment, read_only=self.rows.read_only)

    def _follow(self) -> None:
        """Offer what can be done with what is shown."""
        self.delete.setEnabled(bool(self.table.selected()) and not self.rows.read_only)

    def _edited(self) -> None:
        self._follow()
        self.changed.emit()

    def _say_fault(self, sentence: str) -> None:
        self.message.say(sentence, fault=bool(sentence))

    def _add(self) -> None:
        """Make an environment, and let its name be typed."""
        taken = environments_at(None, self._folder)
        names = (f"environment-{number}" if number > 1 else "environment" for number in count(1))
        name = next(one for one in names if one not in taken)
        if self._try(lambda: add_environment(self._folder, name), name):
            self.changed.emit()
            self.names.edit_name()

    def _rename(self, before: str, after: str) -> None:
        if self._try(lambda: rename_environment(self._folder, before, after), after, before):
            self.renamed.emit(before, after)
            self.changed.emit()

    def _ask_delete(self, name: str) -> None:
        question = DeleteQuestion(name, len(variables(self._folder, name)), self)
        question.delete_chosen.connect(self._delete_environment)
        question.open()

    def _delete_environment(self, name: str) -> None:
        if self._try(lambda: remove_environment(self._folder, name), SHARED, name):
            self.renamed.emit(name, "")
            self.changed.emit()

    def _delete_variables(self) -> None:
        numbers = self.table.selected()
        if not numbers or self.rows.read_only:
            return
        row = min(numbers)
        self._deleted = self.rows.remove(numbers)
        number = len(self._deleted)
        if number:
            said = "1 variable was deleted." if number == 1 else f"{number} variables were deleted."
            self.message.say(said, buttons=(self.undo,))
        self.table.setCurrentIndex(self.rows.index(min(row, self.rows.rowCount() - 1), NAME))

    def _bring_back(self) -> None:
        deleted, self._deleted = self._deleted, ()
        self.rows.bring_back(deleted)

    def _ignore(self) -> None:
        fault = fault_of(lambda: ignore(self._folder))
        self._say_fault(fault)
        self.refresh()

    def _try(self, change: Callable[[], None], then: str, otherwise: str = "") -> bool:
        """Change the files, and show an environment: ``then``, or ``otherwise`` where they could not be changed."""
        fault = fault_of(change)
        self._say_fault(fault)
        self._fill(otherwise if fault else then)
        return not fault

    def _recolor(self) -> None:
        self.undo.setIcon(theme.icon("undo"))
