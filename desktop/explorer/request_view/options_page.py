"""How a request is sent, apart from what is sent: time, redirects, TLS, proxy, connection, cookies, history."""

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from desktop import theme
from desktop.explorer.model.options import Options
from desktop.explorer.request_view.seconds_box import SecondsBox
from desktop.widgets.fields.file_field import FileField
from desktop.widgets.fields.previews import without_value
from desktop.widgets.fields.proxy_field import ProxyField
from desktop.widgets.fields.variable_page import VariablePage
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm

_SECONDS = {"timeout": "Time for all of it", "connect_timeout": "Time to connect"}
_BOXES = {
    "follow": "Follow",
    "keep_method": "Keep the method: POST stays POST",
    "verify": "Check the server’s certificate",
    "keep_alive": "Keep open for the next request",
    "cookies": "Send and keep cookies",
    "log": "Keep this request and its responses",
    "comments": "Send the comments in a body, too",
}
_PEM = "PEM files (*.pem *.crt *.cer *.key);;All files (*)"
_FILES = {"ca_file": "Further authority", "client_cert": "Client certificate", "client_key": "Client key"}
_MOST_REDIRECTS = 1000
_DEFAULT = Options()


class OptionsPage(VariablePage):
    """``changed`` follows every edit; ``cookies_wanted`` asks for the cookie jar. ``without`` is not edited here."""

    changed = Signal()
    cookies_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self._given = _DEFAULT
        self.seconds = {name: SecondsBox(label, self) for name, label in _SECONDS.items()}
        self.boxes = {name: QCheckBox(label, self) for name, label in _BOXES.items()}
        for name, box in self.boxes.items():
            box.setToolTip(f"{'On' if getattr(_DEFAULT, name) else 'Off'} by default")
        self.files = {name: FileField(label, _PEM, self) for name, label in _FILES.items()}
        self.proxy = ProxyField(self)
        self.redirects = QSpinBox(self)
        self.redirects.setRange(0, _MOST_REDIRECTS)
        self.redirects.setPrefix("at most ")
        self.redirects.setAccessibleName("Most redirects")
        calm(self.redirects)
        self.cookies = QPushButton("Cookies…", self)
        self.cookies.setToolTip("Show the cookie jar")
        self.reset = QPushButton("Back to the defaults", self)
        self.missing = MessageLine(parent=self)
        self._lay_out()
        self._connect()
        self.show_options(_DEFAULT)

    def options(self) -> Options:
        """The options as they stand."""
        values: dict[str, Any] = {name: box.seconds() for name, box in self.seconds.items()}
        values |= {name: box.isChecked() for name, box in self.boxes.items()}
        values |= {name: file.field.text() for name, file in self.files.items()}
        limit = self._given.max_redirects if self.redirects.value() == self._shown_limit() else self.redirects.value()
        return Options(**values, max_redirects=limit, proxy=self.proxy.proxy(), without=self._given.without)

    def show_options(self, options: Options) -> None:
        """Show other options."""
        self._showing = True
        self._given = options
        for name, seconds in self.seconds.items():
            seconds.show_seconds(getattr(options, name))
        for name, box in self.boxes.items():
            box.setChecked(getattr(options, name))
        for name, file in self.files.items():
            file.field.setText(getattr(options, name))
        self.redirects.setValue(self._shown_limit())
        self.proxy.show_proxy(options.proxy)
        self._showing = False
        self._update()

    @property
    def count(self) -> int:
        """How many options are not at their default."""
        now = self.options()
        names = [one.name for one in fields(now) if one.name != "without"]
        return sum(getattr(now, name) != getattr(_DEFAULT, name) for name in names)

    def _shown_limit(self) -> int:
        return min(self._given.max_redirects, _MOST_REDIRECTS)

    def _go_back(self) -> None:
        """Show the defaults; the added headers that are off stay off."""
        given = self._given
        self.show_options(Options(without=given.without))
        self.changed.emit()

    def _edited(self) -> None:
        if not self._showing:
            self._update()
            self.changed.emit()

    def _update(self) -> None:
        follow = self.boxes["follow"].isChecked()
        self.redirects.setEnabled(follow)
        self.boxes["keep_method"].setEnabled(follow)
        self.files["ca_file"].setEnabled(self.boxes["verify"].isChecked())
        self.reset.setEnabled(self.count > 0)
        self._say_missing()

    def _say_missing(self) -> None:
        names = dict.fromkeys(name for field in self._texts() for name in field.unresolved)
        self.missing.say(without_value(tuple(names)))

    def _connect(self) -> None:
        for seconds in self.seconds.values():
            seconds.valueChanged.connect(self._edited)
        for box in self.boxes.values():
            box.toggled.connect(self._edited)
        for file in self.files.values():
            file.changed.connect(self._edited)
        for field in self._texts():
            field.marked.connect(self._say_missing)
        self.redirects.valueChanged.connect(self._edited)
        self.proxy.changed.connect(self._edited)
        self.cookies.clicked.connect(self.cookies_wanted)
        self.reset.clicked.connect(self._go_back)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setSpacing(theme.S)
        for label, parts in self._rows():
            line = QHBoxLayout()
            line.setSpacing(theme.S)
            for part in parts:
                line.addWidget(part)
            if not isinstance(parts[-1], FileField | ProxyField):
                line.addStretch()
            title = QLabel(label, self)
            title.setBuddy(parts[0])
            form.addRow(title, line)
        self.column.addWidget(self.missing)
        self.column.addLayout(form)
        self.column.addWidget(self.reset)
        self.column.addStretch()
        self.setFocusProxy(self.seconds["timeout"])

    def _rows(self) -> list[tuple[str, tuple[QWidget, ...]]]:
        box, file = self.boxes, self.files
        return [
            ("Time for all of it", (self.seconds["timeout"], _default("no limit", self))),
            ("Time to connect", (self.seconds["connect_timeout"], _default(f"{_DEFAULT.connect_timeout:g} s", self))),
            ("Redirects", (box["follow"], self.redirects, _default(str(_DEFAULT.max_redirects), self))),
            ("", (box["keep_method"],)),
            ("TLS", (box["verify"],)),
            *((label, (file[name],)) for name, label in _FILES.items()),
            ("Proxy", (self.proxy,)),
            ("Connection", (box["keep_alive"],)),
            ("Cookies", (box["cookies"], self.cookies)),
            ("History", (box["log"],)),
            ("JSON", (box["comments"],)),
        ]


def _default(value: str, parent: QWidget) -> QLabel:
    """A label that tells a default."""
    label = QLabel(f"default: {value}", parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
