"""How a request proves who sends it: the kind, and the fields that the kind needs."""

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QWidget

from desktop import theme
from desktop.explorer.model.auth import Auth, Inherit, NoAuth
from desktop.explorer.request_view.auth_words import CHOICES, KINDS, LABELS, SECRETS, about, needed, typed_out
from desktop.widgets.fields.previews import without_value
from desktop.widgets.fields.secret_field import SecretField
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.fields.variable_page import VariablePage
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm
from servers.logs import visible

_KINDS = tuple(KINDS)
_DEFAULTS = {one.name: one.default for kind in _KINDS for one in fields(kind)}


class AuthPage(VariablePage):
    """``changed`` follows every edit. What was typed for one kind is still there for the others."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inherited: Auth = NoAuth()
        self._source = ""
        self._showing = False
        self.kind = QComboBox(self)
        self.kind.addItems(list(KINDS.values()))
        self.kind.setAccessibleName("Kind of authorization")
        calm(self.kind)
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.secret = MessageLine(parent=self)
        self.missing = MessageLine(parent=self)
        self.fields: dict[str, QWidget] = {name: self._field(name) for name in LABELS}
        self._form = QFormLayout()
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._edited)
        self._edited()

    def auth(self) -> Auth:
        """The choice as typed."""
        kind = self._kind()
        return kind(**{one.name: self._value(one.name) for one in fields(kind)})

    def show_auth(self, auth: Auth) -> None:
        """Show another choice; secrets are hidden again."""
        shown = _DEFAULTS | {one.name: getattr(auth, one.name) for one in fields(auth)}
        self._showing = True
        for name, value in shown.items():
            self._put(name, value)
        self.kind.setCurrentIndex(_KINDS.index(type(auth)))
        self._showing = False
        self._update()

    def show_inherited(self, auth: Auth, source: str) -> None:
        """What the request inherits; ``source`` names the folder or file that says so."""
        self._inherited, self._source = auth, source
        self._update()

    @property
    def used(self) -> Auth:
        """The choice, with what is inherited in place of Inherit."""
        auth = self.auth()
        return self._inherited if isinstance(auth, Inherit) else auth

    def _kind(self) -> type[Auth]:
        return _KINDS[self.kind.currentIndex()]

    def _text(self, name: str) -> VariableField | None:
        field = self.fields[name]
        if isinstance(field, SecretField):
            return field.field
        return field if isinstance(field, VariableField) else None

    def _value(self, name: str) -> Any:
        field, text = self.fields[name], self._text(name)
        if text is not None:
            return text.text()
        if isinstance(field, QComboBox):
            return list(CHOICES[name])[field.currentIndex()]
        return isinstance(field, QCheckBox) and field.isChecked()

    def _put(self, name: str, value: Any) -> None:
        field, text = self.fields[name], self._text(name)
        if text is not None:
            text.setText(value)
            text.setCursorPosition(0)
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(list(CHOICES[name]).index(value))
        elif isinstance(field, QCheckBox):
            field.setChecked(value)
        if isinstance(field, SecretField):
            field.hide_again()

    def _field(self, name: str) -> QWidget:
        if name in CHOICES:
            choice = QComboBox(self)
            calm(choice)
            choice.addItems(list(CHOICES[name].values()))
            choice.currentIndexChanged.connect(self._edited)
            choice.setAccessibleName(LABELS[name])
            return choice
        if name == "in_body":
            box = QCheckBox(LABELS[name], self)
            box.toggled.connect(self._edited)
            return box
        whole = SecretField(LABELS[name], self) if name in SECRETS else VariableField(self)
        field = whole.field if isinstance(whole, SecretField) else whole
        field.setAccessibleName(LABELS[name])
        field.textChanged.connect(self._edited)
        field.marked.connect(self._update)
        return whole

    def _lay_out(self) -> None:
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setSpacing(theme.S)
        self._form.addRow("Authorization", self.kind)
        self._form.addRow(self.about)
        for name, field in self.fields.items():
            self._form.addRow("" if name == "in_body" else LABELS[name], field)
        self._form.addRow(self.secret)
        self._form.addRow(self.missing)
        self.column.addLayout(self._form)
        self.column.addStretch()
        self.setFocusProxy(self.kind)

    def _edited(self) -> None:
        self._update()
        if not self._showing:
            self.changed.emit()

    def _update(self) -> None:
        """Show the fields that are needed, and what there is to say about them."""
        if self._showing:
            return
        kind, grant = self._kind(), self._value("grant")
        names = needed(kind, grant)
        for name, field in self.fields.items():
            self._form.setRowVisible(field, name in names)
        self.about.setText(visible(about(kind, grant, self._inherited, self._source)))
        secrets = [name for name in self.fields if name in SECRETS & names]
        literal = [name for name in secrets if isinstance(one := self.fields[name], SecretField) and one.is_literal]
        self.secret.say(typed_out(literal))
        missing = [
            name for one in self.fields if one in names and (text := self._text(one)) for name in text.unresolved
        ]
        self.missing.say(without_value(tuple(dict.fromkeys(missing))))
