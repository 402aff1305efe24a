"""Who can reach the site, and the step to the local network and back."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.network_urls import NetworkUrls
from desktop.server_panels.settings.reach import (
    LOCAL_NETWORK,
    THIS_COMPUTER,
    reached_beyond,
    runs_beyond,
    warning,
)
from desktop.server_panels.settings.section import Section
from desktop.widgets.message_line import MessageLine
from servers.logs import visible


class NetworkSection(Section):
    """Says who can reach the server that ``control`` speaks for; its button restarts a server that runs."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__("Local network", parent)
        self._control = control
        self._is_beyond = False
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.change = QPushButton(self)
        self.warning = MessageLine(parent=self)
        self.urls = NetworkUrls(self.change, self)
        self.alone = MessageLine(parent=self)
        self.add_row("Who can connect", self.state)
        self.add_below(self.warning)
        self.add_row("Another choice", self.change, "a running server is restarted, which ends its connections")
        self.add_row("From other computers", self.urls)
        self.add_below(self.alone)
        self.change.clicked.connect(self._change)
        control.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say how it is now."""
        address, settings = self._control.address, self._control.settings
        self._is_beyond = reached_beyond(address, settings)
        who = "Other computers" if self._is_beyond else "Only this computer"
        now, later = "can reach the server.", "can reach the server from its next start on; it does not run now."
        self.state.setText(f"{who} {later if address is None else now}")
        self.change.setText("Only this computer" if self._is_beyond else "Open to the local network")
        host = settings.host if address is None else address.host
        self.warning.say(visible(warning(host)), fault=True)
        urls = () if address is None else address.network_urls
        self.urls.show_urls(urls)
        self.show_row(self.urls, bool(urls))
        lonely = address is not None and runs_beyond(address) and not urls
        self.alone.say("This computer is in no network at the moment." if lonely else "")

    def _change(self) -> None:
        self._control.change(host=THIS_COMPUTER if self._is_beyond else LOCAL_NETWORK)
        self._control.restart()
