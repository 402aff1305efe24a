"""How a connection is made: headers, subprotocols, authorization, origin, cookies, proxy, compression, TLS."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.connection_view import option_words as words
from desktop.chat.connection_view.explained_choice import ExplainedChoice
from desktop.chat.connection_view.option_checks import fault_in
from desktop.chat.connection_view.option_form import OptionForm
from desktop.chat.target import HeaderRow, Target
from desktop.widgets.fields.file_field import FileField
from desktop.widgets.fields.previews import unresolved, without_value
from desktop.widgets.fields.proxy_field import ProxyField
from desktop.widgets.fields.secret_field import SecretField
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.fields.variable_page import VariablePage
from desktop.widgets.fields.variable_table import VariableTable
from desktop.widgets.key_value_table import Row
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider

_DEFAULT = Target("")
_OF_AUTH = frozenset({"user", "password", "token"})
_ROWS = 4  # of the table of headers that are seen at once


class OptionsPanel(QWidget):
    """Everything of a target besides URL and name: ``fields`` by the names in it. ``changed`` follows every edit.

    What there is to say stands above the ``page``, so that it is seen from wherever that is scrolled to.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self._provider: Provider | None = None
        self.page = VariablePage(self)
        self.headers = VariableTable(self, names=_names)
        self.fields = {name: self._field(name) for name in words.ROWS}  # made in the order in which Tab reaches them
        self.note, self.fault = MessageLine(parent=self), MessageLine(parent=self)
        self.reset = QPushButton("Back to the defaults", self)
        self.form = OptionForm(self)
        self._lay_out()
        self._connect()
        self.show_target(_DEFAULT)

    def target(self, url: str, name: str) -> Target:
        """A target with these options, as typed."""
        values: dict[str, Any] = {key: text.text() for key, text in self.texts().items()}
        values |= {key: box.isChecked() for key, box in self.boxes().items()}
        headers = tuple(HeaderRow(row.name, row.value, row.enabled) for row in self.headers.rows())
        chat, auth, proxy = self.chat.choice(), self.auth.choice(), self.proxy.proxy()
        return Target(url, name, headers=headers, chat=chat, auth=auth, proxy=proxy, **values)

    def show_target(self, target: Target) -> None:
        """Show the options of another target; secrets are hidden again."""
        self._showing = True
        self.headers.set_rows([Row(row.name, row.value, row.enabled) for row in target.headers])
        for name, text in self.texts().items():
            text.setText(getattr(target, name))
            text.setCursorPosition(0)
        for name, box in self.boxes().items():
            box.setChecked(getattr(target, name))
        for field in self.fields.values():
            if isinstance(field, SecretField):
                field.hide_again()
        self.chat.choose(target.chat)
        self.auth.choose(target.auth)
        self.proxy.show_proxy(target.proxy)
        self._showing = False
        self._update()

    def show_connected(self, connected: bool) -> None:
        """Say whether what is changed now waits for the next connection."""
        self.note.say("Changes count from the next connection." if connected else "")

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self._provider = provider
        self.page.set_variables(provider)
        self.headers.set_variables(provider)
        self._say_fault()

    def refresh(self) -> None:
        """The values of variables have changed."""
        self.page.refresh()
        self.headers.refresh()
        self._say_fault()

    def texts(self) -> dict[str, VariableField]:
        """Where the texts of the target are typed, by their names in it."""
        found = {}
        for name, field in self.fields.items():
            if isinstance(field, VariableField):
                found[name] = field
            elif isinstance(field, SecretField | FileField):
                found[name] = field.field
        return found

    def boxes(self) -> dict[str, QCheckBox]:
        """What is on or off, by its name in the target."""
        return {name: field for name, field in self.fields.items() if isinstance(field, QCheckBox)}

    def _field(self, name: str) -> QWidget:
        """Make the field for an option of the target."""
        if name == "chat":
            self.chat = ExplainedChoice(words.ROWS[name], words.CHAT, self)
            return self.chat
        if name == "auth":
            self.auth = ExplainedChoice(words.ROWS[name], words.AUTH, self)
            return self.auth
        if name == "proxy":
            self.proxy = ProxyField(self)
            return self.proxy
        if name in words.BOXES:
            return QCheckBox(words.BOXES[name], self)
        if name in words.SECRETS:
            return SecretField(words.ROWS[name], self)
        if name in words.FILES:
            return FileField(words.ROWS[name], words.PEM, self)
        text = VariableField(self)
        text.setAccessibleName(words.ROWS[name])
        text.setPlaceholderText(words.HINTS.get(name, ""))
        return text

    def _go_back(self) -> None:
        self.show_target(_DEFAULT)
        self.changed.emit()

    def _edited(self) -> None:
        if not self._showing:
            self._update()
            self.changed.emit()

    def _update(self) -> None:
        """Show the fields that are needed, and what there is to say about them."""
        for name in _OF_AUTH:
            self.form.show_row(self.fields[name], name in words.NEEDED[self.auth.choice()])
        self.fields["ca_file"].setEnabled(self.boxes()["verify"].isChecked())
        self.reset.setEnabled(self.target("", "").changed_options > 0)
        self._say_fault()

    def _look_at_needed(self) -> None:
        """Scroll to what the authorization that was chosen needs, once it has its place."""
        QTimer.singleShot(0, self, self._scroll_to_needed)

    def _scroll_to_needed(self) -> None:
        for name in words.NEEDED[self.auth.choice()]:
            self.page.ensureWidgetVisible(self.fields[name])

    def _say_fault(self) -> None:
        missing = without_value(tuple(dict.fromkeys(self._unresolved())))
        self.fault.say(missing or fault_in(self.target("", ""), self._provider), fault=not missing)

    def _unresolved(self) -> list[str]:
        """The names of variables without a value, wherever they count."""
        unused = _OF_AUTH.difference(words.NEEDED[self.auth.choice()])
        rows = [f"{row.name} {row.value}" for row in self.headers.rows() if row.enabled]
        texts = [text for name, text in self.texts().items() if name not in unused]
        names = [name for row in rows for name in unresolved(row, self._provider)]
        return names + [name for text in (*texts, self.proxy.field) for name in text.unresolved]

    def _connect(self) -> None:
        for text in (*self.texts().values(), self.proxy.field):
            text.textChanged.connect(self._edited)
            text.marked.connect(self._say_fault)
        for box in self.boxes().values():
            box.toggled.connect(self._edited)
        for part in (self.headers, self.chat, self.auth, self.proxy):
            part.changed.connect(self._edited)
        self.auth.box.activated.connect(self._look_at_needed)
        self.reset.clicked.connect(self._go_back)

    def _lay_out(self) -> None:
        self.headers.setAccessibleName("Headers of the handshake")
        self.headers.setFixedHeight(self.headers.verticalHeader().defaultSectionSize() * (_ROWS + 1))
        self.form.add_row("Headers", self.headers)
        for name, label in words.ROWS.items():
            self.fields[name].setToolTip(words.TIPS.get(name, ""))
            self.form.add_row(label, self.fields[name])
        self.page.column.addWidget(self.form)
        self.page.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.page.column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for part in (self.note, self.fault, self.page):
            layout.addWidget(part)
        self.page.setFocusProxy(self.headers)
        self.setFocusProxy(self.headers)


def _names(before: str) -> tuple[int, Sequence[str]]:
    """The whole of a name can be replaced by one of these."""
    return 0, words.HEADERS
