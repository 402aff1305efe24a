"""A field whose text is hidden until its user wants to see it."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.widgets.icon_button import IconButton


class HiddenField(QWidget):
    """``field`` becomes a part of it and holds the text, which ``name`` says; ``reveal`` shows it."""

    def __init__(self, name: str, field: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.field.setParent(self)  # before the button is made, which Tab reaches after it
        self.field.setAccessibleName(name)
        self.reveal = IconButton("eye-outline", f"Show the {name.lower()}", self)
        self.reveal.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.reveal)
        self.setFocusProxy(self.field)
        self.reveal.toggled.connect(self._show)
        self._show()

    def hide_again(self) -> None:
        """Hide what was shown."""
        self.reveal.setChecked(False)

    def _is_plain(self) -> bool:
        """Whether the text may be seen now."""
        return self.reveal.isChecked()

    def _show(self) -> None:
        self.reveal.show_icon("eye-off-outline" if self.reveal.isChecked() else "eye-outline")
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if self._is_plain() else QLineEdit.EchoMode.Password)
