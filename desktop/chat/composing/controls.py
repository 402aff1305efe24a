"""The controls under the box in which a message is typed: its form, for whom it is, Format and Send."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import shortcuts, theme
from desktop.chat.composing.to_box import EVERYONE, To, ToBox
from desktop.chat.outgoing import Form
from desktop.widgets.icon_button import IconButton
from desktop.widgets.wheel import calm

_FORMS = tuple(Form)
_WIDER = 20  # times what the gap before Send takes


class Controls(QWidget):
    """``form_chosen`` follows every change of the form, ``format`` is there for JSON alone."""

    form_chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.form_box = QComboBox(self)
        self.form_box.addItems([form.value for form in _FORMS])
        self.form_box.setAccessibleName("Form of the message")
        self.form_box.setToolTip("What is typed: text and JSON are sent as text, the others as bytes")
        calm(self.form_box)
        self.to_box = ToBox(self)
        self.to_label = QLabel("&To", self)
        self.format = IconButton(
            "format-indent-increase",
            "Format the JSON",
            self,
            f"Format the JSON ({shortcuts.FORMAT_BODY}); nothing but white space changes",
        )
        self.send = QPushButton("Send", self)
        self._lay_out()
        self._recolor()
        self._show_format()
        self.show_names(None)
        self.show_problem("")
        self.form_box.currentIndexChanged.connect(self._show_format)
        self.form_box.currentIndexChanged.connect(self.form_chosen)

    @property
    def form(self) -> Form:
        """The form that is chosen; setting it chooses one."""
        return _FORMS[self.form_box.currentIndex()]

    @form.setter
    def form(self, form: Form) -> None:
        self.form_box.setCurrentIndex(_FORMS.index(form))

    @property
    def to(self) -> To:
        """For whom the message is; everyone where there is no choice."""
        return self.to_box.value if self.to_box.isVisibleTo(self) else EVERYONE

    def show_names(self, names: tuple[str, ...] | None) -> None:
        """Offer these names; None takes the choice away, which is remembered."""
        for widget in (self.to_label, self.to_box):
            widget.setVisible(names is not None)
        if names is None:
            self.to_box.forget_names()
        else:
            self.to_box.show_names(names)

    def show_problem(self, sentence: str) -> None:
        """Say at the button why nothing can be sent now; empty: something can."""
        self.send.setToolTip(sentence or "Send (Enter)")
        self.send.setAccessibleDescription(sentence)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "send"):
            self._recolor()

    def add(self, button: QWidget) -> None:
        """Put another button before Send."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.send), button)
            self.setTabOrder(button, self.send)

    def _show_format(self) -> None:
        self.format.setVisible(self.form is Form.JSON)

    def _lay_out(self) -> None:
        form_label = QLabel("&As", self)
        form_label.setBuddy(self.form_box)
        self.to_label.setBuddy(self.to_box)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.XS)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (form_label, self.form_box, self.to_label, self.to_box, self.format):
            layout.addWidget(widget, _WIDER if widget is self.to_box else 0)
        layout.addStretch(1)
        layout.addWidget(self.send)

    def _recolor(self) -> None:
        self.send.setIcon(theme.icon("send"))
