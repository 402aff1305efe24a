"""The line above something that can be shown in several forms."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import theme


class FormBar(QHBoxLayout):
    """What it is, the choice of the form, and a button for what can be done with it."""

    def __init__(self, heading: QWidget, form: QComboBox, button: QPushButton, parent: QWidget) -> None:
        super().__init__()
        label = QLabel("Show &as", parent)
        label.setBuddy(form)
        self.setSpacing(theme.S)
        self.addWidget(heading, 1)
        for widget in (label, form, button):
            self.addWidget(widget)
