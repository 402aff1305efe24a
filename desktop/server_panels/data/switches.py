"""The switches that change how the REST service answers, from the next request on."""

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets.message_line import MessageLine
from servers.settings import Cors, RestSettings

if TYPE_CHECKING:
    from servers.rest.server import RestServer

CORS_TITLES = {Cors.OFF: "Off", Cors.LOCAL: "This computer", Cors.ANY: "Any origin"}

_WARNING = "Any page that you open in a browser can read these documents and change them while this is on."
_MAX_LATENCY, _MAX_FAILURES = 60_000, 9_999
_COUNT_MS = 250


class Switches(QWidget):
    """Shows and sets what ``server.settings`` says. ``changed`` has the name of a setting and its value for JSON.

    The token is not among them: it is made anew whenever it is asked for.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._server: RestServer | None = None
        self._make_widgets()
        self._make_token()
        self.warning = MessageLine(parent=self)
        self._counter = QTimer(self)
        self._counter.setInterval(_COUNT_MS)
        self._counter.timeout.connect(self._show_failures)
        self._lay_out()
        self._connect()
        self._recolor()
        self.setEnabled(False)

    def attach(self, server: "RestServer") -> None:
        """From now on speak of this server."""
        self._server = server
        self.setEnabled(True)
        self._show_settings()
        self._show_failures()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "warning"):
            self._recolor()

    def _make_widgets(self) -> None:
        self.read_only = QCheckBox("&Read-only", self)
        self.read_only.setToolTip("Refuse every request that would change something (403)")
        self.latency = _spin_box(self, _MAX_LATENCY, " ms", "Latency")
        self.latency.setToolTip("Every answer waits so long; 0 is off")
        self.latency_to = _spin_box(self, _MAX_LATENCY, " ms", "Longest latency")
        self.latency_to.setToolTip("Where this is longer, every answer waits a random time between the two")
        self.failures = _spin_box(self, _MAX_FAILURES, "", "Fail so many requests with status 500")
        self.failures.setToolTip("Answer so many requests with 500, one after the other, then work again")
        self.to_go = QLabel(self)
        self.to_go.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the box says it, too
        self.cors = QComboBox(self)
        self.cors.setAccessibleName("Whose pages may use this service (CORS)")
        self.cors.setToolTip("Pages of which origins may read answers and send changes (CORS)")
        for one, title in CORS_TITLES.items():
            self.cors.addItem(title, one)

    def _make_token(self) -> None:
        self.require_match = QCheckBox("Re&quire If-Match", self)
        self.require_match.setToolTip("Refuse changes that do not name the ETag of the state they are based on (428)")
        self.require_token = QCheckBox("Require a to&ken", self)
        self.require_token.setToolTip("Refuse requests without this bearer token (401); off again after a restart")
        self.token = QLineEdit(self, readOnly=True)
        self.token.setFont(theme.mono_font())
        self.token.setAccessibleName("Bearer token")
        self.token.setToolTip("Clients send it in the header field Authorization: Bearer …")
        self.copy = QToolButton(self)
        self.copy.setText("Copy")
        self.copy.setToolTip("Copy the token")
        self.copy.setAccessibleName("Copy the token")
        self.copy.clicked.connect(self._copy_token)

    def _lay_out(self) -> None:
        rows = first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        _add(first, self.read_only, theme.L, self.require_match, theme.L, _label("&CORS", self.cors), self.cors)
        _add(second, _label("Latenc&y", self.latency), self.latency, _label("to", self.latency_to), self.latency_to)
        _add(second, theme.L, _label("Fail &next", self.failures), self.failures, QLabel("with 500", self), self.to_go)
        _add(third, self.require_token, self.token, self.copy)
        third.setStretchFactor(self.token, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        first.addStretch()
        second.setStretchFactor(self.to_go, 1)
        third.addStretch()
        for row in rows:
            column.addLayout(row)
        column.addWidget(self.warning)

    def _connect(self) -> None:
        self.read_only.toggled.connect(self._set_read_only)
        self.latency.valueChanged.connect(self._set_latency)
        self.latency_to.valueChanged.connect(self._set_longest)
        self.failures.valueChanged.connect(self._set_failures)
        self.cors.activated.connect(self._set_cors)
        self.require_match.toggled.connect(self._set_require_match)
        self.require_token.toggled.connect(self._set_token)

    def _set_read_only(self, read_only: bool) -> None:
        self._put(read_only=read_only)

    def _set_latency(self, milliseconds: int) -> None:
        """A latency of 0 switches it off: the answer waits for no random time either."""
        self._put(latency=milliseconds, **({} if milliseconds else {"latency_to": 0}))

    def _set_longest(self, milliseconds: int) -> None:
        self._put(latency_to=milliseconds if milliseconds > self.latency.value() else 0)

    def _set_cors(self, index: int) -> None:
        self._put(cors=list(CORS_TITLES)[index])

    def _set_require_match(self, required: bool) -> None:
        self._put(require_match=required)

    def _set_token(self, required: bool) -> None:
        self._put(token=secrets.token_urlsafe() if required else "")

    def _put(self, **values: Any) -> None:
        """Change settings of the server, and tell those that really are others now."""
        if self._server is None:
            return
        before = self._server.settings
        self._server.settings = after = replace(before, **values)
        self._show_settings()
        for key in values.keys() - {"token"}:
            if getattr(after, key) != getattr(before, key):
                self.changed.emit(key, _for_json(getattr(after, key)))

    def _set_failures(self, count: int) -> None:
        if self._server is not None:
            self._server.fail_next = count
            self._show_failures()

    def _show_settings(self) -> None:
        settings = RestSettings() if self._server is None else self._server.settings
        boxes = (self.read_only, self.require_match, self.require_token)
        blockers = [QSignalBlocker(one) for one in (*boxes, self.latency, self.latency_to)]
        self.read_only.setChecked(settings.read_only)
        self.latency.setValue(settings.latency)
        self.latency_to.setValue(max(settings.latency, settings.latency_to))
        self.cors.setCurrentIndex(list(CORS_TITLES).index(settings.cors))
        self.warning.say(_WARNING if settings.cors is Cors.ANY else "", fault=True)
        self.require_match.setChecked(settings.require_match)
        self.require_token.setChecked(bool(settings.token))
        for blocker in blockers:
            blocker.unblock()
        self.token.setText(settings.token)
        self.token.setCursorPosition(0)
        for widget in (self.token, self.copy):
            widget.setVisible(bool(settings.token))

    def _show_failures(self) -> None:
        """Follow the server as it counts down, unless a number is being typed."""
        left = 0 if self._server is None else self._server.fail_next
        if not self.failures.lineEdit().isModified() or not self.failures.hasFocus():
            blocker = QSignalBlocker(self.failures)
            self.failures.setValue(left)
            blocker.unblock()
        self.to_go.setText(f"{left:,} to go" if left else "")
        if left and not self._counter.isActive():
            self._counter.start()
        elif not left:
            self._counter.stop()

    def _copy_token(self) -> None:
        QGuiApplication.clipboard().setText(self.token.text())

    def _recolor(self) -> None:
        self.copy.setIcon(theme.icon("content-copy"))
        palette = self.to_go.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colors().changing)
        self.to_go.setPalette(palette)


def _spin_box(parent: QWidget, largest: int, suffix: str, name: str) -> QSpinBox:
    """A box for a number up to ``largest`` that waits until the whole number is typed."""
    box = QSpinBox(parent)
    box.setRange(0, largest)
    box.setSuffix(suffix)
    box.setKeyboardTracking(False)
    box.setAccessibleName(name)
    return box


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _add(row: QHBoxLayout, *parts: QWidget | int) -> None:
    """Append widgets, and spaces in pixels."""
    row.setSpacing(theme.S)
    for part in parts:
        if isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part)


def _for_json(value: object) -> object:
    return value.value if isinstance(value, Cors) else value
