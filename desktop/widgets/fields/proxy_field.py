"""The choice of a proxy: the system's, none, or the URL of one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop import theme
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY
from desktop.widgets.wheel import calm

_WORDS = (SYSTEM_PROXY, NO_PROXY)


class ProxyField(QWidget):
    """``field`` is there for the URL of a proxy alone."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox(self)
        self.kind.addItems(["System", "None", "URL"])
        self.kind.setAccessibleName("Proxy")
        calm(self.kind)
        self.field = VariableField(self)
        self.field.setPlaceholderText("http://localhost:3128")
        self.field.setAccessibleName("URL of the proxy")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.kind)
        layout.addWidget(self.field, 1)
        self.setFocusProxy(self.kind)
        self.kind.currentIndexChanged.connect(self._update)
        self.field.textChanged.connect(self.changed)
        self._update()

    def proxy(self) -> str:
        """The choice as Options has it; an empty URL means the system's."""
        index = self.kind.currentIndex()
        return _WORDS[index] if index < len(_WORDS) else self.field.text() or SYSTEM_PROXY

    def show_proxy(self, proxy: str) -> None:
        """Show another choice."""
        is_url = proxy not in _WORDS
        self.field.setText(proxy if is_url else "")
        self.kind.setCurrentIndex(len(_WORDS) if is_url else _WORDS.index(proxy))

    def _update(self) -> None:
        self.field.setVisible(self.kind.currentIndex() == len(_WORDS))
        self.changed.emit()
