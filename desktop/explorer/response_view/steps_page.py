"""The way to a response: each redirect and each answered challenge, and the head of the chosen one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading.rendering import heads
from desktop.explorer.reading.tables import Table
from desktop.explorer.response_view.table_view import TableView
from desktop.explorer.sending.reply import Reply
from desktop.widgets.code_view import CodeView
from servers.status import official_reason

_TITLES = ("Status", "Method", "Time", "URL")


class StepsPage(QWidget):
    """One row a request, the one whose response is shown last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Reply, ...] = ()
        self.table = TableView(self)
        self.table.setAccessibleName("Requests that led to the response")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(self._show_head)
        self.head = CodeView(self)
        self.head.setAccessibleName("Head of the chosen request and of its response")
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setObjectName("stepsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.table)
        splitter.addWidget(self.head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.addWidget(splitter)

    def show_reply(self, reply: Reply) -> int:
        """Show the steps of a reply; returns how many there were before the last one."""
        self._steps = (*reply.hops, reply)
        self.table.show_table(Table(_TITLES, tuple(_row(one) for one in self._steps)))
        self.table.setCurrentIndex(self.table.cells.index(0, 0))
        return len(reply.hops)

    def _show_head(self) -> None:
        row = self.table.currentIndex().row()
        self.head.show_text(heads(self._steps[row].exchange) if 0 <= row < len(self._steps) else "")


def _row(reply: Reply) -> tuple[str, ...]:
    exchange = reply.exchange
    status = f"{exchange.status} {official_reason(exchange.status)}".rstrip() if exchange.status else "No response"
    return status, exchange.method, f"{exchange.duration_ns / 1e6:,.1f} ms", str(reply.request.target)
