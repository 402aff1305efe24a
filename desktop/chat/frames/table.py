"""The table of frames: titles that explain themselves, a content that takes what is left, rows that can be copied."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from desktop.chat.frames.columns import COLUMNS, CONTENT, TIPS
from desktop.chat.frames.gathering import MAX_BYTES, MOST
from desktop.chat.frames.wire import WireFrame
from desktop.widgets.ring_table import RingTable


class FramesTable(RingTable[WireFrame]):
    """Keeps the newest frames; ``copy_wanted`` follows when the chosen one is to be copied."""

    copy_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, MOST, MAX_BYTES, parent)
        self.setAccessibleName("Frames of the connection")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(min(column.width for column in COLUMNS))
        self.horizontalHeader().viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Explain the title that the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            section = self.horizontalHeader().logicalIndexAt(event.pos())
            QToolTip.showText(event.globalPos(), TIPS[section] if section >= 0 else "", self.horizontalHeader())
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        header = self.horizontalHeader()
        others = header.length() - header.sectionSize(CONTENT)
        header.resizeSection(CONTENT, max(COLUMNS[CONTENT].width, self.viewport().width() - others))
        super().resizeEvent(event)
