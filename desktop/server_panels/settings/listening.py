"""Who can connect to a server and whether over TLS, what it is really bound to, and the restart that changes need."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QRadioButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.network_urls import NetworkUrls
from desktop.server_panels.settings.reach import (
    LOCAL_NETWORK,
    THIS_COMPUTER,
    runs_as_chosen,
    runs_beyond,
    socket_name,
    warning,
)
from desktop.server_panels.settings.section import CopyLine, Section
from desktop.widgets.message_line import MessageLine
from servers.logs import visible


class ListeningSection(Section):
    """What counts from the next start, beside what counts now."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__("Listening", parent)
        self._control = control
        self._given = ""
        self._make_choices()
        self.warning = MessageLine(parent=self)
        self.bound = CopyLine("addresses that the server listens on", self)
        self.network = NetworkUrls(self.bound.copy, self)
        self.restart = QPushButton("Restart now", self)
        self.restart.setToolTip("Stop the server, which ends its connections, and start it as it is chosen here")
        self.restart.clicked.connect(self._restart)
        self.message = MessageLine((self.restart,), self)
        self._lay_out()
        control.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen and what runs."""
        settings = self._control.settings
        if settings.host not in (THIS_COMPUTER, LOCAL_NETWORK):
            self._given = settings.host
        blockers = [QSignalBlocker(one) for one in (self.choices, self.tls)]
        chosen = {THIS_COMPUTER: self.this_computer, LOCAL_NETWORK: self.local_network}
        chosen.get(settings.host, self.given).setChecked(True)
        self.tls.setChecked(settings.tls)
        for blocker in blockers:
            blocker.unblock()
        self.given.setText(f"Only {visible(self._given)}, as given")
        self.given.setVisible(bool(self._given))
        self.warning.say(visible(warning(settings.host)), fault=True)
        self._show_address()
        self._show_difference()

    def _make_choices(self) -> None:
        title = self._control.spec.title
        self.this_computer = QRadioButton("This computer", self)
        self.this_computer.setToolTip("localhost: 127.0.0.1 and ::1")
        self.local_network = QRadioButton("Local network", self)
        self.local_network.setToolTip(f"{LOCAL_NETWORK}: every network that this computer is in")
        self.given = QRadioButton(self)
        self.given.setToolTip("The host in the settings file or after --host")
        self.choices = QButtonGroup(self)
        for button in (self.this_computer, self.local_network, self.given):
            self.choices.addButton(button)
        self.choices.buttonToggled.connect(self._choose_host)
        secure = "wss://" if self._control.spec.name == "ws" else "https://"
        self.tls = QCheckBox(f"Encrypt with TLS: {secure}", self)
        self.tls.setAccessibleName(f"TLS for the {title} server")
        self.tls.toggled.connect(self._choose_tls)

    def _choose_host(self, button: QRadioButton, chosen: bool) -> None:
        if chosen:
            hosts = {self.this_computer: THIS_COMPUTER, self.local_network: LOCAL_NETWORK, self.given: self._given}
            self._control.change(host=hosts[button])

    def _choose_tls(self, tls: bool) -> None:
        self._control.change(tls=tls)

    def _restart(self) -> None:
        (self.choices.checkedButton() or self.tls).setFocus()  # the button goes, and its focus must stay here
        self._control.restart()

    def _show_address(self) -> None:
        address = self._control.address
        names = [] if address is None else [socket_name(*one) for one in address.bound]
        self.bound.show_text("\n".join(names), "" if names else "Nothing: the server does not run")
        urls = () if address is None else address.network_urls
        self.show_row(self.network, bool(urls))
        self.network.show_urls(urls)

    def _show_difference(self) -> None:
        control = self._control
        address = control.address if control.can_stop else None
        if control.error:
            self.message.say(control.error, fault=True)
        elif address is None or runs_as_chosen(address, control.settings):
            self.message.say("")
        else:
            reach = "where other computers reach it" if runs_beyond(address) else "for this computer alone"
            sentence = f"The server still runs as {address.url}, {reach}. What is chosen counts from its next start."
            self.message.say(sentence, buttons=(self.restart,))

    def _lay_out(self) -> None:
        who = QWidget(self)
        who.setFocusProxy(self.this_computer)
        column = QVBoxLayout(who)
        for button in (self.this_computer, self.local_network, self.given):
            column.addWidget(button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        self.add_row("Who can connect", who)
        self.add_below(self.warning)
        self.add_row("Encryption", self.tls)
        self.add_row("Listens on", self.bound)
        self.add_row("From other computers", self.network)
        self.add_below(self.message)
