"""The body as a file: which one, and whether variables in it are replaced."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model.body_files import FileLine, file_line
from desktop.explorer.request_view.source_body import SourceBody
from desktop.widgets.fields.file_field import FileField
from desktop.widgets.variables import Provider


class FileBodyPage(QWidget):
    """The fields of one line such as ``< ./file``; a body with other lines is shown as it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = FileField("File to send", "", self)
        self.file.field.setPlaceholderText("choose a file, drop it here, or type its name")
        self.fill = QCheckBox("&Replace variables in it", self)
        self.charset = QLineEdit(self)
        self.charset.setPlaceholderText("utf-8")
        self.source = SourceBody("Text and files", self)
        self._stack = QStackedWidget(self)
        self._showing = False
        self._lay_out()
        for signal in (self.file.changed, self.fill.toggled, self.charset.textChanged):
            signal.connect(self._edited)
        self.source.changed.connect(self.changed)

    @property
    def path(self) -> str:
        """The name of the file as typed."""
        return self.file.field.text().strip()

    def text(self) -> str:
        """The body as it stands in a file of requests."""
        if self._stack.currentWidget() is self.source:
            return self.source.text()
        fills = self.fill.isChecked()
        return str(FileLine(self.path, fills, self.charset.text().strip() if fills else "")) if self.path else ""

    def show_text(self, text: str) -> None:
        """Show another body."""
        said = file_line(text) if text else FileLine("")
        self._showing = True
        if said is None or (text and str(said) != text):
            self.source.show_text(text)
            self._stack.setCurrentWidget(self.source)
            self.setFocusProxy(self.source)
        else:
            self.file.field.setText(said.path)
            self.fill.setChecked(said.fill)
            self.charset.setText(said.charset)
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self.file)
        self._showing = False

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self.file.field.set_variables(provider)
        self.source.set_variables(provider)

    def _edited(self) -> None:
        self.charset.setEnabled(self.fill.isChecked())
        if not self._showing:
            self.changed.emit()

    def _lay_out(self) -> None:
        page = QWidget(self)
        form = QFormLayout()
        form.setSpacing(theme.S)
        form.addRow("&File", self.file)
        form.addRow(self.fill)
        form.addRow("Its &charset", self.charset)
        self.charset.setEnabled(False)
        hint = QLabel(
            "It is read while it is sent, whatever its size. A relative name starts at the folder of the request.", self
        )
        hint.setWordWrap(True)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(form)
        inside.addWidget(hint)
        inside.addStretch(1)
        self._stack.addWidget(page)
        self._stack.addWidget(self.source)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.file)
