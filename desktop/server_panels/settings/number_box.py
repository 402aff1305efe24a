"""Boxes for whole numbers and for sizes that follow their setting, but not while somebody types into them."""

import re

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.widgets.wheel import calm

LARGEST = 2**31 - 1
"""What the settings file takes at most."""

_UNITS = {"bytes": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_TYPED = re.compile(r"(\d{0,15}(?:[.,]\d{0,15})?)\s*([a-z]*)", re.IGNORECASE)


class NumberBox(QSpinBox):
    """``chosen`` has a number once all of it is typed; ``zero`` is what is shown for 0, where that has its own word."""

    chosen = Signal(int)

    def __init__(self, name: str, unit: str = "", zero: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = 0
        self._typing = self._is_complete = False
        self.setRange(0, LARGEST)
        self.setSuffix(unit)
        self.setSpecialValueText(zero)
        self.setKeyboardTracking(False)
        self.setAccelerated(True)
        self.setAccessibleName(name)
        calm(self)
        self.lineEdit().textEdited.connect(self._typed)
        self.valueChanged.connect(self._choose)
        self.editingFinished.connect(self._finish)

    def follow(self, value: int) -> None:
        """Show what the setting is now, unless another number is being typed."""
        self._latest = value
        if not self._typing:
            blocker = QSignalBlocker(self)
            self.setValue(value)
            blocker.unblock()

    def _typed(self, _: str) -> None:
        self._typing, self._is_complete = True, self.hasAcceptableInput()

    def _choose(self, value: int) -> None:
        self._typing = False
        self.chosen.emit(value)

    def _finish(self) -> None:
        """Choose what was typed also where it is the old number: the setting may have become another meanwhile."""
        if self._typing and self._is_complete:
            self._choose(self.value())
        elif self._typing:
            self._typing = False
            self.follow(self._latest)


class SizeBox(NumberBox):
    """Bytes, from 1 on, written and typed with a unit; a number without one keeps the unit that is shown."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setMinimum(1)

    def textFromValue(self, value: int) -> str:  # noqa: N802 - Qt's name
        unit = _unit_of(value)
        return f"{value // _UNITS[unit]} {unit}"

    def valueFromText(self, text: str) -> int:  # noqa: N802 - Qt's name
        size = _size(text, _unit_of(self.value()))
        return self.value() if size is None else min(max(size, self.minimum()), self.maximum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        match = _TYPED.fullmatch(text.strip())
        if match is None or (match[2] and not _units_like(match[2])):
            return QValidator.State.Invalid, text, position
        complete = _size(text, _unit_of(self.value())) is not None
        return QValidator.State.Acceptable if complete else QValidator.State.Intermediate, text, position

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """Double or halve."""
        value = self.value() << steps if steps > 0 else self.value() >> -steps
        self.setValue(min(max(value, self.minimum()), self.maximum()))


def _unit_of(size: int) -> str:
    """The largest unit that divides ``size``."""
    return next(unit for unit, factor in reversed(_UNITS.items()) if size % factor == 0)


def _size(text: str, unit: str) -> int | None:
    """The bytes that ``text`` says, in ``unit`` where it names none; None where it is not complete."""
    match = _TYPED.fullmatch(text.strip())
    if match is None or not match[1].strip(".,"):
        return None
    units = _units_like(match[2]) if match[2] else [unit]
    return round(float(match[1].replace(",", ".")) * _UNITS[units[0]]) if units else None


def _units_like(start: str) -> list[str]:
    return [unit for unit in _UNITS if unit.lower().startswith(start.lower())]
