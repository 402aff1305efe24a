"""The card of one server: its state in words, its URL, port, and the buttons that start, stop and try it."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QToolButton, QVBoxLayout

from desktop import theme
from desktop.server_panels.control import BUSY, ServerControl
from desktop.widgets.status_badge import StatusBadge
from servers.server import ServerState


class ServerCard(QFrame):
    """Shows a ServerControl and hands it the user's intents; ``chosen`` says that its detail should be shown."""

    chosen = Signal(str)

    def __init__(self, control: ServerControl, parent: QFrame | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._current = self._focus_waits = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{control.spec.title} server")
        self._make_widgets()
        self._lay_out()
        control.changed.connect(self._refresh)
        self._recolor()
        self._refresh()

    def set_current(self, current: bool) -> None:
        """Mark the card whose detail is shown."""
        self._current = current
        self.update()

    def show_figures(self, text: str) -> None:
        """Show the counted traffic."""
        self.figures.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self.chosen.emit(self.control.spec.name)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.chosen.emit(self.control.spec.name)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        scheme = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(scheme.surface))
        painter.setPen(QPen(QColor(scheme.accent if self._current else scheme.border), 2 if self._current else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "message"):
            self._recolor()
            self._refresh()

    def _make_widgets(self) -> None:
        spec = self.control.spec
        self._picture = QLabel(self)
        self._title = QLabel(spec.title, self)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setBold(True)
        self._title.setFont(font)
        self.badge = StatusBadge(self)
        self._purpose = QLabel(spec.purpose, self)
        self._purpose.setWordWrap(True)
        self._purpose.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.url = QLabel(self)
        self.url.setTextFormat(Qt.TextFormat.RichText)
        self.url.setOpenExternalLinks(True)
        self.url.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.copy = QToolButton(self)
        self.copy.setAutoRaise(True)
        self.copy.setToolTip("Copy the URL")
        self.copy.setAccessibleName(f"Copy the URL of the {spec.title} server")
        self.copy.clicked.connect(self._copy_url)
        policy = self.copy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the buttons below would move under the pointer
        self.copy.setSizePolicy(policy)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setForegroundRole(QPalette.ColorRole.BrightText)
        self.next_port = QPushButton("Use the next free port", self)
        self.next_port.clicked.connect(self.control.start_on_next_port)
        self.figures = QLabel("No traffic yet", self)
        self.figures.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._make_actions()

    def _make_actions(self) -> None:
        spec = self.control.spec
        self._port_label = QLabel("&Port", self)
        self.port = QSpinBox(self)
        self.port.setRange(0, 65535)
        self.port.setSpecialValueText("any")
        self.port.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.port.setKeyboardTracking(False)
        self.port.setAccessibleName(f"Port of the {spec.title} server")
        self.port.valueChanged.connect(self.control.set_port)
        self.control.starting.connect(self.port.interpretText)
        self._port_label.setBuddy(self.port)
        self.toggle = QPushButton(self)
        self.toggle.clicked.connect(self.control.toggle)
        self.try_it = QPushButton(spec.try_label, self)
        self.try_it.setToolTip(spec.try_tip)
        self.try_it.clicked.connect(self.control.request_try)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self._picture)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.badge)
        address = QHBoxLayout()
        address.addWidget(self.url)
        address.addWidget(self.copy)
        address.addStretch()
        actions = QGridLayout()
        actions.setHorizontalSpacing(theme.S)
        for column, widget in enumerate((self._port_label, self.port, self.toggle, self.try_it)):
            actions.addWidget(widget, 0, column)
        actions.setColumnStretch(2, 1)
        actions.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(head)
        layout.addWidget(self._purpose)
        layout.addLayout(address)
        layout.addWidget(self.message)
        layout.addWidget(self.next_port)
        layout.addLayout(actions)
        layout.addWidget(self.figures)

    def _copy_url(self) -> None:
        QGuiApplication.clipboard().setText(self.control.url)

    def _refresh(self) -> None:
        control = self.control
        running = control.state is ServerState.RUNNING
        if self.toggle.hasFocus() or self.next_port.hasFocus():
            self._focus_waits = True
            self.setFocus()  # before Qt gives the focus of a button that goes to another card
        self.badge.show_state(control.state)
        self._show_url(control.url)
        self.message.setText(control.error or control.notice)
        needed = self.message.heightForWidth(self.width() - 2 * theme.L)
        self.message.setMinimumHeight(max(0, needed))  # a low window would cut it off
        self.message.setVisible(bool(self.message.text()))
        self.next_port.setVisible(control.state is ServerState.FAILED and control.port_is_taken)
        self.port.blockSignals(True)
        self.port.setValue(control.port)
        self.port.blockSignals(False)
        settled = control.ready and control.state not in BUSY
        self.port.setEnabled(settled and not running)
        self.port.setToolTip("Stop the server to change its port" if running else "0 takes any free port")
        self.toggle.setEnabled(settled)
        self.toggle.setText("Stop" if running else "Start")
        self.toggle.setIcon(theme.icon("stop" if running else "play"))
        self.toggle.setAccessibleName(f"{self.toggle.text()} the {control.spec.title} server")
        self.try_it.setText(control.try_label)
        self.try_it.setEnabled(running)
        if settled and self._focus_waits:
            self._focus_waits = False
            if self.hasFocus():
                self.toggle.setFocus()

    def _show_url(self, url: str) -> None:
        shown = url.startswith("http")
        # the colour stands in the text because a label does not lay the same text out again in another palette
        link = f'<a href="{url}/" style="color: {theme.colors().accent}">{url}</a>'
        self.url.setText(link if shown else url or "Not listening")
        self.copy.setVisible(bool(url))

    def _recolor(self) -> None:
        self._picture.setPixmap(theme.icon(self.control.spec.icon, theme.colors().accent).pixmap(24, 24))
        self.copy.setIcon(theme.icon("content-copy"))
