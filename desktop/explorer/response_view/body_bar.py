"""The row above a body: its forms, its charset, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QMenu, QRadioButton, QWidget

from desktop import theme
from desktop.explorer.reading.content import CHARSETS
from desktop.explorer.reading.formats import Form
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.icon_button import IconButton

_WORDS = {
    Form.PRETTY: "&Pretty",
    Form.TREE: "&Tree",
    Form.TABLE: "Ta&ble",
    Form.EVENTS: "E&vents",
    Form.PREVIEW: "Pre&view",
    Form.RAW: "&Raw",
    Form.HEX: "He&x",
}
TEXTS = (Form.PRETTY, Form.RAW, Form.TABLE)
"""The forms that a charset changes."""


class BodyBar(QWidget):
    """``chosen`` carries a form, ``charset_chosen`` the name of a charset or nothing for the one that was sent."""

    chosen = Signal(Form)
    charset_chosen = Signal(str)
    find_wanted = Signal()
    filter_wanted = Signal()
    copy_wanted = Signal()
    save_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms = {form: QRadioButton(word, self) for form, word in _WORDS.items()}
        self._group = QButtonGroup(self)
        for button in self.forms.values():
            self._group.addButton(button)
            button.hide()
        self._group.buttonClicked.connect(self._choose)
        self.media_type = ElidedLabel(self)
        self.charset = QComboBox(self)
        self.charset.setAccessibleName("Charset of the text")
        self.charset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.charset.setMinimumContentsLength(11)
        self.charset.setToolTip("The charset in which the text is read")
        self.charset.activated.connect(self._choose_charset)
        self.search = IconButton("magnify", "Find in the body", self, "Find in the body (Ctrl+F)")
        self.filter = IconButton("filter-outline", "Select with a JSONPath or XPath", self)
        self.copy = IconButton("content-copy", "Copy the body", self)
        self.save = IconButton("content-save-outline", "Save the body to a file", self)
        self._both = QMenu(self)
        self._coded = False
        self._connect()
        self._lay_out()

    def offer(self, forms: tuple[Form, ...], *, queried: bool, coded: bool) -> None:
        """Offer these forms; whether the body can be queried, and whether it has another form as it came."""
        for form, button in self.forms.items():
            button.setVisible(form in forms)
        self.filter.setVisible(queried)
        self._coded = coded

    def show_form(self, form: Form) -> None:
        """Mark a form as the one that is shown."""
        self.forms[form].setChecked(True)
        self.charset.setEnabled(form in TEXTS)

    def show_charset(self, sent: str, chosen: str) -> None:
        """Offer the charsets; ``sent`` is the one that the response tells, ``chosen`` what was chosen instead."""
        self.charset.clear()
        self.charset.addItem(f"{sent} (auto)", "")
        for name in CHARSETS:
            if name != sent:
                self.charset.addItem(name, name)
        self.charset.setCurrentIndex(max(self.charset.findData(chosen), 0))

    def _choose(self, button: QRadioButton) -> None:
        self.chosen.emit(next(form for form, one in self.forms.items() if one is button))

    def _choose_charset(self, number: int) -> None:
        self.charset_chosen.emit(self.charset.itemData(number))

    def _save(self) -> None:
        """Ask in which form to save, where there are two."""
        if self._coded:
            self._both.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))
        else:
            self._save_decoded()

    def _save_decoded(self) -> None:
        self.save_wanted.emit(True)

    def _save_received(self) -> None:
        self.save_wanted.emit(False)

    def _connect(self) -> None:
        self.search.clicked.connect(self.find_wanted)
        self.filter.clicked.connect(self.filter_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.save.clicked.connect(self._save)
        for words, slot in (("&Decoded…", self._save_decoded), ("As &received…", self._save_received)):
            action = QAction(words, self)
            action.triggered.connect(slot)
            self._both.addAction(action)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for button in self.forms.values():
            layout.addWidget(button)
        layout.addWidget(self.media_type, 1)
        for widget in (self.charset, self.search, self.filter, self.copy, self.save):
            layout.addWidget(widget)
