"""The main window: the rail of pages, the menus, the status bar with a chip for each server."""

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import shortcuts, theme
from desktop.server_panels.control import BUSY, ServerControl
from desktop.widgets.status_badge import state_color, state_icon_name

PAGES = (
    ("Servers", "server-network", shortcuts.SERVERS_PAGE),
    ("Explorer", "compass-outline", shortcuts.EXPLORER_PAGE),
    ("Chat", "forum-outline", shortcuts.CHAT_PAGE),
)
SERVERS, EXPLORER, CHAT = range(3)
_ROLE = "main_window"


class ServerChip(QToolButton):
    """A server in the status bar: icon, word and port; a click starts or stops it."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__(parent)
        self._control = control
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(control.toggle)
        control.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state as it is now."""
        control = self._control
        self.setText(f"{control.spec.short} {control.port or 'any'}: {control.state.value}")
        self.setIcon(theme.icon(state_icon_name(control.state), state_color(control.state)))
        self.setEnabled(control.ready and control.state not in BUSY)
        self.setToolTip(f"{'Stop' if control.can_stop else 'Start'} the {control.spec.title} server")


class MainWindow(QMainWindow):
    """Holds the pages. Closing it only asks: ``exit_requested``; the application decides when it goes."""

    exit_requested = Signal()
    scheme_chosen = Signal(str)
    painted = Signal()

    def __init__(self, pages: tuple[QWidget, QWidget, QWidget], controls: tuple[ServerControl, ...]) -> None:
        super().__init__()
        self.setWindowTitle("Portside")
        self.resize(1240, 760)
        self._pages = QStackedWidget(self)
        for page in pages:
            self._pages.addWidget(page)
        self._rail = QButtonGroup(self)
        self._lay_out()
        self._chips = [ServerChip(control, self) for control in controls]
        for chip in self._chips:
            self.statusBar().addPermanentWidget(chip)  # a message must not hide it
        self._schemes: dict[str, QAction] = {}
        self.show_page(SERVERS)

    def show_page(self, number: int) -> None:
        """Show SERVERS, EXPLORER or CHAT."""
        self._pages.setCurrentIndex(number)
        self._rail.button(number).setChecked(True)

    def put_page(self, number: int, page: QWidget) -> None:
        """Put a page in the place of what was there until it was ready."""
        former, chosen = self._pages.widget(number), self._pages.currentIndex()
        self._pages.insertWidget(number, page)
        if former is not None:
            self._pages.removeWidget(former)
            former.deleteLater()
        self._pages.setCurrentIndex(chosen)

    def add_menus(self, actions: dict[str, list[QAction]], scheme: str) -> None:
        """Fill the menu bar: the given actions under their menus, the pages and the look under View."""
        for title, members in actions.items():
            self.menuBar().addMenu(title).addActions(members)
        view = self.menuBar().addMenu("&View")
        for number, (title, _, shortcut) in enumerate(PAGES):
            page = view.addAction(title, self._go)
            page.setShortcut(shortcut)
            page.setData(number)
        view.addSeparator()
        self._add_schemes(view.addMenu("Appearance"), scheme)

    def save_state(self, store: QSettings) -> None:
        """Remember size, place and page."""
        store.setValue(f"{_ROLE}/geometry", self.saveGeometry())
        store.setValue(f"{_ROLE}/page", self._pages.currentIndex())

    def restore_state(self, store: QSettings) -> None:
        """Come back as the window was left."""
        geometry = store.value(f"{_ROLE}/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        page = str(store.value(f"{_ROLE}/page", SERVERS))
        self.show_page(int(page) if page in ("0", "1", "2") else SERVERS)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()
        self.exit_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_schemes"):
            self._recolor()

    def _lay_out(self) -> None:
        rail = QVBoxLayout()
        rail.setContentsMargins(theme.S, theme.L, 0, theme.L)
        rail.setSpacing(theme.XS)
        for number, (title, _, shortcut) in enumerate(PAGES):
            rail.addWidget(self._rail_button(number, title, shortcut))
        rail.addStretch()
        central = QWidget(self)
        layout = QHBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(rail)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(central)
        self._rail.idClicked.connect(self.show_page)
        self._recolor_rail()

    def _rail_button(self, number: int, title: str, shortcut: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(title)
        button.setToolTip(f"{title} ({shortcut})")
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setFixedSize(76, 60)
        self._rail.addButton(button, number)
        return button

    def _add_schemes(self, menu: QMenu, chosen: str) -> None:
        group = QActionGroup(self)
        for scheme in theme.Scheme:
            action = menu.addAction(scheme.value.capitalize(), self._choose_scheme)
            action.setCheckable(True)
            action.setChecked(scheme.value == chosen)
            action.setData(scheme.value)
            group.addAction(action)
            self._schemes[scheme.value] = action

    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_page(action.data())

    def _choose_scheme(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.scheme_chosen.emit(action.data())

    def _recolor(self) -> None:
        self._recolor_rail()
        for chip in self._chips:
            chip.refresh()

    def _recolor_rail(self) -> None:
        for number, (_, icon, _) in enumerate(PAGES):
            self._rail.button(number).setIcon(theme.icon(icon))
