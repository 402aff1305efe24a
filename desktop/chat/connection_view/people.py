"""Who is in the room of a chat, and what one is called oneself."""

from PySide6.QtCore import QModelIndex, QSize, QStringListModel, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.chat.people import MOST, name_text
from desktop.widgets.empty_state import Hint
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from servers.chat_names import clean_name
from servers.chat_protocol import NAME_LIMIT, SUBPROTOCOL

_WIDTH = 8 * theme.XL
_NO_CHAT = f"Who is in the room is shown while connected to a server that speaks {SUBPROTOCOL}."


class PeoplePanel(QWidget):
    """``chosen`` wants a private message to somebody, ``renamed`` another name for oneself.

    ``asked`` wants the list, also when a chat begins while this is seen.
    """

    asked = Signal()
    chosen = Signal(str)
    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._own = ""
        self.title = QLabel(self)
        self.refresh = IconButton("refresh", "Ask the server again who is there", self)
        self.rows = QStringListModel(self)
        self.list = QListView(self)
        self.private = QPushButton("Message &privately", self)
        self.name = QLineEdit(self, maxLength=NAME_LIMIT)
        self.rename = IconButton("check", "Change your name", self, "Ask the server for this name")
        self.about = MessageLine(parent=self)
        self.inside = QWidget(self)
        self.nobody = Hint(_NO_CHAT, self)
        self._prepare()
        self._lay_out()
        self._connect()
        self.show_people(None, "")

    def show_people(self, names: tuple[str, ...] | None, own: str) -> None:
        """Show who is there, oneself first; None where the chat subprotocol is not spoken."""
        begins = names is not None and self.inside.isHidden()
        self.inside.setVisible(names is not None)
        self.nobody.setVisible(names is None)
        if own != self._own:
            self.name.setText(clean_name(own))
        self._own = own
        others = tuple(name for name in names or () if name != own)
        everyone = ((own,) if own else ()) + others
        self.title.setText(f"In the room: {len(everyone):,}{' or more' if len(everyone) >= MOST else ''}")
        if everyone != self._names:
            self._show_rows(everyone)
        if begins and self.isVisible():
            self.asked.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_WIDTH, super().sizeHint().height())

    def _show_rows(self, names: tuple[str, ...]) -> None:
        chosen, place = self._chosen(), self.list.verticalScrollBar().value()
        self._names = names
        self.rows.setStringList([f"{name_text(name)}{' (you)' if name == self._own else ''}" for name in names])
        if chosen in names:
            self.list.setCurrentIndex(self.rows.index(names.index(chosen)))
        self.list.verticalScrollBar().setValue(place)
        self._update()

    def _chosen(self) -> str:
        """The name that is selected; empty for none, and for one's own."""
        return self._name_at(self.list.currentIndex())

    def _name_at(self, index: QModelIndex) -> str:
        name = self._names[index.row()] if 0 <= index.row() < len(self._names) else ""
        return "" if name == self._own else name

    def _update(self) -> None:
        self.private.setEnabled(bool(self._chosen()))

    def _choose(self) -> None:
        self._activate(self.list.currentIndex())

    def _activate(self, index: QModelIndex) -> None:
        if name := self._name_at(index):
            self.chosen.emit(name)

    def _rename(self) -> None:
        """Ask for the name that is typed, as the server would make it."""
        name = clean_name(self.name.text())
        if not name:
            self.about.say("A name needs at least one character that can be seen.", fault=True)
        elif name == self._own:
            self.about.say("That is your name already.")
        else:
            self.about.say(
                "" if name == self.name.text().strip() else f"Asked for “{name}”: names are short and plain."
            )
            self.name.setText(name)
            self.renamed.emit(name)

    def _prepare(self) -> None:
        self.list.setModel(self.rows)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Who is in the room")
        self.private.setToolTip("Write a message to the one who is selected alone")

    def _connect(self) -> None:
        self.refresh.clicked.connect(self.asked)
        self.list.activated.connect(self._activate)
        self.list.selectionModel().currentChanged.connect(self._update)
        self.private.clicked.connect(self._choose)
        self.name.returnPressed.connect(self._rename)
        self.name.textEdited.connect(self._forget)
        self.rename.clicked.connect(self._rename)

    def _forget(self) -> None:
        """What was said was about another name."""
        self.about.say("")

    def _lay_out(self) -> None:
        label = QLabel("&Your name", self)
        label.setBuddy(self.name)
        head, own = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.refresh)
        for part in (label, self.name, self.rename):
            own.addWidget(part, 1 if part is self.name else 0)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.private)
        column.addLayout(own)
        column.addWidget(self.about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.inside)
        layout.addWidget(self.nobody)
