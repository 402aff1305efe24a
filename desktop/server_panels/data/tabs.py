"""The tabs of the collections: name, number of documents, and which of them are protected."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabBar, QWidget

from desktop import theme
from desktop.server_panels.data.records import tip
from servers.logs import visible

if TYPE_CHECKING:
    from servers.rest.definition import Definition

_NAME = 40
"""Characters of a collection's name in its tab."""


class CollectionTabs(QTabBar):
    """``chosen`` says that the user wants to see another collection."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._definitions: tuple[Definition, ...] = ()
        self._counts: Mapping[str, int] = {}
        self.setAccessibleName("Collections")
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.currentChanged.connect(self._choose)

    def show_collections(self, definitions: "Iterable[Definition]") -> None:
        """Have a tab for each of them; the one that was chosen stays so if it is still there."""
        name = self.name()
        self._definitions = tuple(definitions)
        self.blockSignals(True)
        while self.count() > len(self._definitions):
            self.removeTab(self.count() - 1)
        while self.count() < len(self._definitions):
            self.addTab("")
        names = [definition.name for definition in self._definitions]
        self.setCurrentIndex(names.index(name) if name in names else 0)
        self.blockSignals(False)
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many documents there are, by the collection's name."""
        self._counts = counts
        for number, definition in enumerate(self._definitions):
            self._label(number, definition)

    def name(self) -> str:
        """The name of the collection that is chosen; empty where there is none."""
        number = self.currentIndex()
        return self._definitions[number].name if 0 <= number < len(self._definitions) else ""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_counts"):
            self.show_counts(self._counts)

    def _label(self, number: int, definition: "Definition") -> None:
        words = [visible(definition.name[:_NAME])]
        if definition.name in self._counts:
            words.append(f"{self._counts[definition.name]:,}")
        if definition.protected:
            words.append("protected")
        self.setTabText(number, "  ".join(words).replace("&", "&&"))
        self.setTabIcon(number, theme.icon("lock") if definition.protected else QIcon())
        self.setTabToolTip(number, tip(definition.protected or definition.name))

    def _choose(self, _: int) -> None:
        self.chosen.emit(self.name())
