"""The form for a new document: a field for each member, and what the service says against one beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.server_panels.data.editing import EXPECTED, faults_of, sentence
from desktop.server_panels.data.records import ID, OtherMembers, document, takes, tip
from servers.logs import visible
from servers.rest.bodies.typed_text import schema_of_member
from servers.rest.problems import member_of
from servers.rest.strict_json import Json

if TYPE_CHECKING:
    from servers.rest.definition import Definition

OTHERS = ""
"""The name under which the field of the members that the schema does not name is found."""

_HEIGHT = 216
_FIELDS = 60


class _Fields(QScrollArea):
    """As high as what is in it, with the faults that are shown, up to a limit."""

    def __init__(self, fields: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = fields
        self.setWidget(fields)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        height = self._content.heightForWidth(self.viewport().width())
        return self._content.sizeHint().expandedTo(QSize(0, height))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # its faults are broken into other lines


class NewDocumentForm(QFrame):
    """Collects the members until Save or Enter; ``create`` stores them or raises one of EXPECTED. Escape closes it."""

    closed = Signal()

    def __init__(
        self, definition: "Definition", create: Callable[[dict[str, Json]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.definition = definition
        self.fields: dict[str, QLineEdit] = {}
        self.faults: dict[str, QLabel] = {}
        self._create = create
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.fault = _fault_label(self)
        self.save_button = QPushButton("Save", self)
        self.save_button.clicked.connect(self.save)
        self.cancel_button = QPushButton("Cancel", self)
        self.cancel_button.clicked.connect(self.closed)
        self._lay_out()

    @property
    def in_tab_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in this order."""
        return (*self.fields.values(), self.save_button, self.cancel_button)

    def focus_first(self) -> None:
        """Begin with the first member that the user gives."""
        list(self.fields.values())[min(1, len(self.fields) - 1)].setFocus()

    def save(self) -> None:
        """Ask for the new document, or say beside the fields what is wrong with it."""
        self._clear_faults()
        self._try_to_save()
        self._area.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _try_to_save(self) -> None:
        texts = {member: field.text() for member, field in self.fields.items() if member != OTHERS}
        others = self.fields[OTHERS].text() if OTHERS in self.fields else ""
        try:
            self._create(document(self.definition, texts, others))
        except OtherMembers as error:
            self._show_fault(OTHERS, str(error))
        except EXPECTED as refusal:
            self._show_refusal(refusal)
        else:
            self.closed.emit()

    def _show_refusal(self, refusal: Exception) -> None:
        faults = faults_of(refusal)
        of_fields = [fault for fault in faults if member_of(fault) in self.fields]
        for fault in of_fields:
            self._show_fault(member_of(fault), visible(fault.detail))
        if len(of_fields) < len(faults) or not faults:
            self.fault.setText(sentence(refusal))
            self.fault.show()
        elif of_fields:
            self.fields[member_of(of_fields[0])].setFocus()

    def _show_fault(self, member: str, fault: str) -> None:
        label = self.faults[member]
        label.setText(f"{label.text()} {fault}".strip())
        label.show()
        self.fields[member].setAccessibleDescription(label.text())

    def _clear_faults(self) -> None:
        for label in (*self.faults.values(), self.fault):
            label.clear()
            label.hide()

    def _lay_out(self) -> None:
        heading = QLabel(f"New document in {visible(self.definition.name)}", self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.S, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._add_fields(grid)
        self._area = _Fields(inner, self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.fault, 1)
        buttons.addStretch()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(heading)
        layout.addWidget(self._area)
        layout.addLayout(buttons)

    def _add_fields(self, grid: QGridLayout) -> None:
        required = self.definition.schema.get("required", ())
        for member in list(dict.fromkeys((ID, *self.definition.properties)))[:_FIELDS]:
            schema = schema_of_member(self.definition.schema, member)
            hint = "given by the service" if member == ID else takes(schema)
            self._add_field(grid, member, f"{visible(member)} *" if member in required else visible(member), hint)
        if self.definition.schema.get("additionalProperties", True) is not False:
            self._add_field(grid, OTHERS, "Others", 'as a JSON object: {"name": "value"}')

    def _add_field(self, grid: QGridLayout, member: str, title: str, hint: str) -> None:
        place = len(self.fields)
        row, column = place // 2 * 2, place % 2 * 2
        field = self.fields[member] = QLineEdit(placeholderText=visible(hint))
        field.setMaxLength(2**31 - 1)
        field.setToolTip(tip(f"Required: {hint}" if title.endswith(" *") else hint))
        field.returnPressed.connect(self.save)
        label = QLabel(title.replace("&", "&&"))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field)
        field.setAccessibleName(title.replace(" *", ", required"))
        fault = self.faults[member] = _fault_label()
        grid.addWidget(label, row, column)
        grid.addWidget(field, row, column + 1)
        grid.addWidget(fault, row + 1, column + 1)


def _fault_label(parent: QWidget | None = None) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.BrightText)
    label.hide()
    return label
