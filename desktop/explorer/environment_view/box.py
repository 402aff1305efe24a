"""Which environment is used, and the way to change what is in it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop import theme
from desktop.widgets.icon_button import IconButton
from desktop.widgets.tips import shortened, tip
from servers.logs import visible

_NONE = "No environment"


class EnvironmentBox(QWidget):
    """``chosen`` carries the name of an environment, empty for none; ``edit_wanted`` asks for the editor."""

    chosen = Signal(str)
    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ("",)
        self.combo = _CalmBox(self)
        self.combo.addItem(_NONE)
        self.combo.setAccessibleName("Environment")
        self.combo.setToolTip("The environment that has the values of {{names}}")
        self.combo.setMinimumContentsLength(6)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fault = QToolButton(self)
        self.fault.setText("Fault")
        self.fault.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fault.setAutoRaise(True)
        self.fault.hide()
        self.edit = IconButton("pencil-outline", "Edit environments", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.combo, 1)
        layout.addWidget(self.fault)
        layout.addWidget(self.edit)
        self.combo.activated.connect(self._activated)
        self.fault.clicked.connect(self.edit_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self._recolor()

    def show_environments(self, names: Sequence[str], chosen: str, faults: Sequence[str]) -> None:
        """Offer these; one that is chosen and not there is shown as missing. ``faults`` are sentences about files."""
        missing = (chosen,) if chosen and chosen not in names else ()
        wanted = ("", *names, *missing)
        with QSignalBlocker(self.combo):
            if self._texts() != [(_label(name, name in missing)) for name in wanted]:
                self.combo.clear()
                self.combo.addItems([_label(name, name in missing) for name in wanted])
            self._names = wanted
            self.combo.setCurrentIndex(wanted.index(chosen))
        self.fault.setToolTip(tip("\n".join(faults)))
        self.fault.setAccessibleName(f"Fault: {' '.join(map(visible, faults))}")
        self.fault.setVisible(bool(faults))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "edit"):
            self._recolor()

    def _texts(self) -> list[str]:
        return [self.combo.itemText(number) for number in range(self.combo.count())]

    def _activated(self, number: int) -> None:
        self.chosen.emit(self._names[number])

    def _recolor(self) -> None:
        self.fault.setIcon(theme.icon("alert-circle", theme.colors().failed))


class _CalmBox(QComboBox):
    """Is not changed by a wheel that only passes: a request would go to another server."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _label(name: str, missing: bool) -> str:
    return f"{shortened(name) or _NONE}{' (missing)' if missing else ''}"
