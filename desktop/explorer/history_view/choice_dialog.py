"""Asks how much the history keeps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.history.limits import Choice, Limits

_ABOUT = (
    "Passwords, tokens, cookies and private variables are left out. A request with the tag @no-log, which its Options "
    "can set, is not kept at all."
)
_MEGABYTE = 1_000_000


class ChoiceDialog(QDialog):
    """``chosen`` carries a Choice."""

    chosen = Signal(object)

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What the history keeps")
        limits = choice.limits
        self.enabled = QCheckBox("&Keep what is sent from now on", self)
        self.days = _box(self, limits.age_days, 3650, " days")
        self.megabytes = _box(self, max(limits.bytes // _MEGABYTE, 1), 1_000_000, " MB")
        self.entries = _box(self, limits.entries, 1_000_000, "")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.enabled.setChecked(choice.enabled)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def _accept(self) -> None:
        limits = Limits(self.days.value(), self.megabytes.value() * _MEGABYTE, self.entries.value())
        self.chosen.emit(Choice(limits, self.enabled.isChecked()))
        self.accept()

    def _lay_out(self) -> None:
        about = QLabel(_ABOUT, self)
        about.setWordWrap(True)
        form = QFormLayout()
        form.addRow("&Not older than", self.days)
        form.addRow("&At most", self.megabytes)
        form.addRow("At most this many &requests", self.entries)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.M)
        layout.addWidget(self.enabled)
        layout.addLayout(form)
        layout.addWidget(about)
        layout.addWidget(self.buttons)


def _box(parent: QWidget, value: int, most: int, unit: str) -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(1, most)
    box.setGroupSeparatorShown(True)
    box.setSuffix(unit)
    box.setValue(value)
    return box
