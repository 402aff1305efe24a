"""The list of a run: how each request of a file went."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.http_files.http_file import Part
from desktop.explorer.runs.run import Result, summary
from desktop.explorer.runs.run_rows import RunDelegate, RunModel
from servers.logs import visible

FLUSH_MS = 100
_WIDTH = 320


class RunView(QWidget):
    """Shows a run from its start. ``chosen`` carries the number of a request as in the file, from 1.

    ``pressed`` asks to run again, or to cancel while the run is going on.
    """

    chosen = Signal(int)
    pressed = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self.results: list[Result] = []
        self._total = self._failed = self._shown = 0
        self._left: tuple[str, ...] = ()
        self.title = QLabel(self)
        self.button = QPushButton(self)
        self.close_button = QToolButton(self)
        self.progress = QProgressBar(self)
        self._picture = QLabel(self)
        self.summary = QLabel(self)
        self.list = QListView(self)
        self.about = QLabel(self)
        self.rows = RunModel(self)
        self._flushing = QTimer(self)
        self._flushing.setSingleShot(True)
        self._flushing.setInterval(FLUSH_MS)
        self._flushing.timeout.connect(self._flush)
        self._prepare_head()
        self._prepare_list()
        self._lay_out()

    def start(self, title: str, parts: Sequence[Part]) -> None:
        """Show a run that begins now."""
        self.title.setText(title)
        self.list.setAccessibleName(f"Requests of the {title}")
        self.results, self._total, self.running, self._left = [], len(parts), True, ()
        self._failed = self._shown = 0
        self._flushing.stop()
        self.rows.start(parts)
        self.mark(0)
        self.progress.setRange(0, max(len(parts), 1))
        self._refresh()

    def add(self, result: Result) -> None:
        """Show how the next request went, at once or with those that follow within FLUSH_MS."""
        self.results.append(result)
        self._failed += not result.as_expected
        if not self._flushing.isActive():
            self._flush()
            self._flushing.start()

    def finish(self, left: tuple[str, ...] = ()) -> None:
        """The run is over, with all requests sent or not; ``left`` are URLs of what it made and has not deleted."""
        self.running, self._left = False, left
        self._flush()

    def mark(self, number: int) -> None:
        """Show which request the fields have, none with 0, and what the file says about it."""
        self.rows.mark(number)
        self.about.setText(visible(self.rows.rows[number - 1].part.about) if number else "")
        self.about.setVisible(bool(self.about.text()))
        self.list.setCurrentIndex(self.rows.index(number - 1))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "rows"):
            self._refresh()

    def _prepare_head(self) -> None:
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        for label in (self.title, self.summary, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.summary, self.about):
            label.setWordWrap(True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button.clicked.connect(self.pressed)
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.setAccessibleName("Close the run")
        self.close_button.setToolTip("Close the run")
        self.close_button.clicked.connect(self.close_wanted)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("Requests sent")
        kept = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kept.setRetainSizeWhenHidden(True)  # the rows stay where they are when the run has ended
        self.progress.setSizePolicy(kept)

    def _prepare_list(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RunDelegate(self))
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.title, 1)
        head.addWidget(self.button)
        head.addWidget(self.close_button)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self._picture)
        line.addWidget(self.summary, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self.progress)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.about)

    def _choose(self, index: QModelIndex) -> None:
        if self.rows.rows[index.row()].ready:  # Qt reports clicks on rows that are off, too
            self.chosen.emit(index.row() + 1)

    def _flush(self) -> None:
        """Show what has come since the last time, with one repaint."""
        if self._shown < len(self.results):
            self.rows.put(self._shown + 1, self.results[self._shown :])
            self._shown = len(self.results)
        self._refresh()

    def _refresh(self) -> None:
        done = len(self.results)
        self.progress.setValue(done)
        self.progress.setVisible(self.running)
        self.button.setText("Cancel" if self.running else "Run again")
        self.button.setIcon(theme.icon("close" if self.running else "replay"))
        self.close_button.setIcon(theme.icon("close"))
        if self.running:
            text = f"{done} of {self._total} requests sent"
        else:
            text = summary(self.results, self._total, self._left)
        self.summary.setText(text)
        self.summary.setAccessibleName(text)
        self._recolor()

    def _recolor(self) -> None:
        scheme = theme.colors()
        if self._failed:
            icon, color = "alert-circle", scheme.failed
        elif self.running:
            icon, color = "progress-clock", scheme.changing
        elif len(self.results) < self._total:
            icon, color = "stop-circle-outline", scheme.changing
        else:
            icon, color = "check-circle", scheme.running
        self._picture.setPixmap(theme.icon(icon, color).pixmap(18, 18))
        palette = self.summary.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.summary.setPalette(palette)
