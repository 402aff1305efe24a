"""A box for the time from one message to the next, in seconds or milliseconds."""

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.widgets.wheel import calm

LONGEST = 86_400.0
"""Seconds."""

_TYPED = re.compile(r"\s*(\S*?)\s*(ms|s|)\s*", re.IGNORECASE)
_SECOND = 1.0


class IntervalBox(QDoubleSpinBox):
    """Its value is in seconds; what is under one second is shown in milliseconds. A number without unit is seconds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDecimals(3)
        self.setRange(0, LONGEST)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setSpecialValueText("no pause")
        self.setAccessibleName("From one message to the next, in seconds or milliseconds")
        self.setToolTip("From the start of one message to that of the next, such as 2 s or 250 ms; 0 for no pause")
        calm(self)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        is_short = value < _SECOND
        number = self.locale().toString(value * 1000 if is_short else value, "g", 8)
        return f"{number.replace(self.locale().groupSeparator(), '')} {'ms' if is_short else 's'}"

    def valueFromText(self, text: str) -> float:  # noqa: N802 - Qt's name
        return self._seconds(text) or 0.0

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """See QAbstractSpinBox: Acceptable is what the box can hold, Intermediate what may become so."""
        seconds = self._seconds(text)
        if text == self.specialValueText() or (seconds is not None and seconds <= LONGEST):
            return QValidator.State.Acceptable, text, position
        return QValidator.State.Intermediate, text, position

    def _seconds(self, text: str) -> float | None:
        """The time that was typed; None where it is none."""
        found = _TYPED.fullmatch(text)
        number, good = self.locale().toDouble(found[1] if found else "")
        if found is None or not good or number < 0:
            return None
        return number / 1000 if found[2].lower() == "ms" else number
