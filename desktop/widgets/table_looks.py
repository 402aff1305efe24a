"""How tables of editable cells look alike: fixed rows, left-aligned headers, no row numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import theme

_TRIGGER = QAbstractItemView.EditTrigger


def edit_in_place(table: QTableView) -> None:
    """Typing, F2 and a click edit a cell; Tab leaves the table."""
    table.setFont(theme.mono_font())
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setEditTriggers(
        _TRIGGER.AnyKeyPressed | _TRIGGER.DoubleClicked | _TRIGGER.EditKeyPressed | _TRIGGER.SelectedClicked
    )
    size_sections(table)


def size_sections(table: QTableView) -> None:
    """Give the rows one fixed height, and the last column what is left of the width."""
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + theme.M)
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    columns.setHighlightSections(False)
    columns.setStretchLastSection(True)
