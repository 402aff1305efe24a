"""How tables of editable cells look alike: fixed rows, left-aligned headers, no row numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop import theme


def size_sections(table: QTableView) -> None:
    """Give the rows one fixed height, and the last column what is left of the width."""
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + theme.M)
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    columns.setHighlightSections(False)
    columns.setStretchLastSection(True)
