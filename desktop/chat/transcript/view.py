"""The transcript of a chat window: shows entries as bubbles, follows the newest, or stays where its reader is."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.chat.entry import Entry
from desktop.chat.transcript.bubble import Bubble
from desktop.chat.transcript.delegate import TranscriptDelegate
from desktop.chat.transcript.fitting import Fitting
from desktop.chat.transcript.keys import press
from desktop.chat.transcript.layouts import Pattern
from desktop.chat.transcript.links import Act, Link, changed
from desktop.chat.transcript.menu import EntryMenu
from desktop.chat.transcript.model import TranscriptModel
from desktop.chat.transcript.placing import PlaceKeeper
from desktop.chat.transcript.viewer import EntryViewer

_Hint = QAbstractItemView.ScrollHint


class Transcript(QTableView):
    """Shows ``messages``; ``following_changed`` tells when it begins or ends to follow the newest.

    A table of one column, because Qt's list lays out every row again whenever one is added. ``told`` is a sentence:
    something could not be done.
    """

    following_changed = Signal(bool)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = TranscriptModel(self)
        self.bubbles = TranscriptDelegate(self)
        self.setModel(self.messages)
        self.setItemDelegate(self.bubbles)
        self.setAccessibleName("Transcript")
        self._pressed: Link | None = None
        self._set_up_view()
        self._place = PlaceKeeper(self, self.messages, Fitting(self, self._height_of, self._count))
        self._place.following_changed.connect(self.following_changed)
        self._menu = EntryMenu(self)
        self.bubbles.pictures.ready.connect(self._redraw)

    @property
    def is_following(self) -> bool:
        """Whether the newest entry is in view and will be."""
        return self._place.following

    def follow(self) -> None:
        """Jump to the newest entry, and stay with it."""
        self._place.follow()

    def mark(self, pattern: Pattern | None) -> None:
        """Frame what an expression matches in the bubbles; None frames nothing."""
        self.bubbles.pattern = pattern
        self.viewport().update()

    def show_row(self, row: int) -> None:
        """Choose a row and bring it into the middle of the view, unless it is in view."""
        self.choose(row)
        self._place.show(row, centered=True)

    def reveal(self, row: int) -> None:
        """Bring a row into view by the shortest way."""
        self._place.show(row)

    def choose(self, row: int) -> None:
        """Make a row the current one, and the only one that is selected."""
        self.setCurrentIndex(self.messages.index(row, 0))

    def edge_row(self, way: int) -> int:
        """The last row that is whole in view, or with a negative ``way`` the first; else one that is partly."""
        first, room = max(0, self.rowAt(0)), self.viewport().height()
        last = self.rowAt(room - 1) if self.rowAt(room - 1) >= 0 else self._count() - 1
        whole = [
            row for row in range(first, last + 1) if 0 <= self.rowViewportPosition(row) <= room - self.rowHeight(row)
        ]
        return (whole or [first, last])[-1 if way > 0 else 0]

    def selected_entries(self) -> list[Entry]:
        """The entries of the selected rows, oldest first."""
        chosen = self.selectionModel().selection()
        ranges = sorted((chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count()))
        return [entry for top, bottom in ranges for entry in self.messages.rows[top : bottom + 1]]

    def current(self) -> Entry | None:
        """The entry where the keyboard is."""
        row = self.currentIndex().row()
        return self.messages.rows[row] if row >= 0 else None

    def act(self, row: int, act: Act) -> None:
        """Unfold, fold, indent or show in full the entry of a row; it stays where it is."""
        entry = self.messages.rows[row]
        if act is Act.VIEW:
            EntryViewer(entry, self.window()).show()
            return
        self.bubbles.set_form(entry, changed(self.bubbles.form(entry), act))
        self._place.stay(row, max(0, self.rowViewportPosition(row)))
        self.viewport().update()

    def act_on_current(self, *acts: Act) -> None:
        """Do the first of these that can be done with the current entry."""
        row = self.currentIndex().row()
        if row >= 0 and (act := self._bubble(row).offer(*acts)) is not None:
            self.act(row, act)

    def links_of_current(self) -> list[Link]:
        """What can be done with the current entry."""
        row = self.currentIndex().row()
        return self._bubble(row).links if row >= 0 else []

    def view_current(self) -> None:
        """Show the current entry in full."""
        if (row := self.currentIndex().row()) >= 0:
            self.act(row, Act.VIEW)

    def selected_text(self) -> str:
        """The selected entries, safe to paste: one as its bare text, several as a line each."""
        return self._menu.text_of(self.selected_entries())

    def scrollTo(self, index: QModelIndex, hint: _Hint = _Hint.EnsureVisible) -> None:  # type: ignore[override] # noqa: N802 - Qt's name
        if index.isValid():
            self.reveal(index.row())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Not here: it would go through a hundred thousand entries."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._count() and press(self, event):
            return
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if (row := self.currentIndex().row()) not in (before, -1):
            self.reveal(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = event.globalPos() if by_mouse else self._place_of_current()
        self._menu.menu().popup(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._pressed = self._link_at(event.position())[1]
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        row, link = self._link_at(event.position())
        if link is not None and link == self._pressed and event.button() is Qt.MouseButton.LeftButton:
            self.act(row, link.act)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        over = self._link_at(event.position())[1] is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_place"):
            self.bubbles.forget_all()
            self._take_font()
            self._place.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._place.suspend()
        super().resizeEvent(event)
        self._place.settle()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAutoScroll(False)  # a click on a row that is partly in view must not move it
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always on: a bar that comes and goes would change the width, and with it every height
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._take_font()

    def _take_font(self) -> None:
        height = self.fontMetrics().height()
        self.verticalScrollBar().setSingleStep(height)
        self.verticalHeader().setDefaultSectionSize(3 * height)

    def _redraw(self) -> None:
        """An image has been made, and its entry may have another height."""
        self._place.settle()
        self.viewport().update()

    def _height_of(self, row: int) -> int:
        return self._bubble(row).height

    def _bubble(self, row: int) -> Bubble:
        return self.bubbles.bubble(self.messages.rows[row], self.viewport().width())

    def _count(self) -> int:
        return len(self.messages.rows)

    def _link_at(self, point: QPointF) -> tuple[int, Link | None]:
        row = self.rowAt(int(point.y()))
        if row < 0:
            return row, None
        return row, self._bubble(row).link_at(point - QPointF(0, self.rowViewportPosition(row)))

    def _place_of_current(self) -> QPoint:
        rect = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
        return self.viewport().mapToGlobal(rect.center())
