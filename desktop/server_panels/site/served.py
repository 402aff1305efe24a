"""What is served: the bundled sites or a folder, with the ways to choose another and what to know about it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop import assets, theme
from desktop.server_panels.settings.section import INSET, Section, muted
from desktop.server_panels.site.button_row import ButtonRow
from desktop.server_panels.site.folder import Look
from desktop.server_panels.site.recent_menu import RecentMenu
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.message_line import MessageLine
from desktop.widgets.tips import tip
from servers.logs import visible

_BUNDLED = "The bundled sites"


class ServedSection(Section):
    """``chosen`` has a folder, or None for the bundled sites; ``menu`` offers recent folders."""

    chosen = Signal(object)

    def __init__(self, menu: RecentMenu, parent: QWidget) -> None:
        super().__init__("What is served", parent)
        self._root: Path | None = None
        self._offered = Path()
        self.folder = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self.folder.setContentsMargins(0, INSET, 0, 0)
        self.choose = QPushButton("Choose folder…", self)
        self.recent = QPushButton("Recent folders", self)
        self.recent.setMenu(menu)
        self.bundled = QPushButton("Bundled sites", self)
        self.open = QPushButton("Open folder", self)
        self.open.setToolTip("Show the folder in the file manager")
        self.parent_instead = QPushButton("Serve its folder", self)
        self.warning = MessageLine(parent=self)
        self.message = MessageLine((self.parent_instead,), self)
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.bundled.clicked.connect(self._go_back)
        self.open.clicked.connect(self._open)
        self.parent_instead.clicked.connect(self._take_offered)
        menu.chosen.connect(self.chosen)

    def show_folder(self, root: Path | None) -> None:
        """Show what is served now; None for the bundled sites."""
        self._root = root
        self.folder.setText(_BUNDLED if root is None else visible(str(root)))
        self.folder.setToolTip("" if root is None else tip(str(root)))
        self.folder.setFont(self.font() if root is None else theme.mono_font())
        self.bundled.setEnabled(root is not None)

    def show_recent(self, known: int) -> None:
        """Say that so many folders were served before."""
        self.recent.setEnabled(known > 0)
        self.recent.setToolTip("" if known else "No folder has been served yet")

    def show_look(self, look: Look, reader: str) -> None:
        """Say what is wrong with the folder, or what ``reader`` can read in it that may not be meant."""
        exposed = f"{reader} can read {look.exposed}." if look.exposed else ""
        self.warning.say(look.fault or exposed, fault=True)
        self.open.setEnabled(not look.fault)

    def refuse_file(self, file: Path) -> None:
        """Say that a file cannot be served, and offer its folder."""
        self._offered = file.parent
        sentence = f"“{visible(file.name)}” is a file; only folders can be served."
        self.message.say(sentence, fault=True, buttons=(self.parent_instead,))

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Choose the folder to serve", "" if self._root is None else str(self._root))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, folder: str) -> None:
        self.chosen.emit(Path(folder))

    def _take_offered(self) -> None:
        self.choose.setFocus()  # the button goes, and its focus must stay here
        self.chosen.emit(self._offered)

    def _go_back(self) -> None:
        self.choose.setFocus()  # as above: the button is disabled
        self.chosen.emit(None)

    def _open(self) -> None:
        folder = assets.site("") if self._root is None else self._root
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.message.say("This computer has no program that shows folders.", fault=True)

    def _lay_out(self) -> None:
        self.add_row("Folder", self.folder)
        self.add_below(self.warning)
        self.add_below(ButtonRow((self.choose, self.recent, self.bundled, self.open), self))
        self.add_below(self.message)
        self.add_below(muted("You can also drop a folder anywhere onto this tab.", self))
