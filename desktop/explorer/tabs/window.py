"""A window of its own for one request."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import shortcuts
from desktop.explorer.tabs.question import UnsavedQuestion
from desktop.explorer.tabs.request_tab import RequestTab
from servers.logs import visible


class RequestWindow(QWidget):
    """Holds a tab. ``closed`` carries it when the window goes; closing asks first where something is not saved."""

    closed = Signal(object)

    def __init__(self, tab: RequestTab) -> None:
        super().__init__()
        self.tab = tab
        self._leaving = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 700)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(tab)
        tab.title_changed.connect(self._name)
        tab.finished.connect(self.leave)
        for keys, action in (
            (shortcuts.SAVE, tab.save),
            (shortcuts.SEND_REQUEST, tab.pane.send),
            (shortcuts.FOCUS_URL, tab.pane.line.focus_url),
            (shortcuts.CLOSE_WINDOW, self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self._name()

    def leave(self) -> None:
        """Close without a question: the draft is kept."""
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._leaving or not self.tab.is_modified:
            self.tab.setParent(None)  # what is on its way still comes back to it
            self.closed.emit(self)
            event.accept()
            return
        event.ignore()
        question = UnsavedQuestion(self.tab.title, self)
        question.save_chosen.connect(self.tab.save_and_finish)
        question.discard_chosen.connect(self.leave)
        question.open()

    def _name(self) -> None:
        mark = "• " if self.tab.is_marked else ""
        self.setWindowTitle(f"{mark}{visible(self.tab.title)} – Portside")
