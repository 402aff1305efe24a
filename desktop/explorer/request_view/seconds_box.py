"""A box for seconds, or for no limit."""

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.widgets.wheel import calm

_LONGEST = 86_400.0


class SecondsBox(QDoubleSpinBox):
    """0 means no limit. What was shown comes back to the digit as long as it is not changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: float | None = None
        self._shown = 0.0
        self.setRange(0, _LONGEST)
        self.setDecimals(3)
        self.setSuffix(" s")
        self.setSpecialValueText("no limit")
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setAccessibleName(f"{name} in seconds")
        calm(self)

    def seconds(self) -> float | None:
        """The time; None for no limit."""
        if self.value() == self._shown:
            return self._given
        return self.value() or None

    def show_seconds(self, seconds: float | None) -> None:
        """Show another time."""
        self.setValue(seconds or 0)
        self._given, self._shown = seconds, self.value()

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        text = self.locale().toString(value, "g", 8)
        return text.replace(self.locale().groupSeparator(), "")
