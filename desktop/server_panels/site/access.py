"""Who may use the site: pages of other origins, and people who know a user name and a password."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.data.switches import CORS_TITLES
from desktop.server_panels.settings.reach import reached_beyond
from desktop.server_panels.settings.section import Section, muted
from desktop.server_panels.site.current import settings_of
from desktop.widgets.fields.hidden_field import HiddenField
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm
from servers.http.access import user_fault
from servers.settings import Cors, HttpSettings

_ANY = "Any page that is open in a browser here can read this site while this is on."
_CLEAR = (
    "Without TLS, the password goes over the network as if written on a postcard. Encryption is in the Settings tab."
)


class AccessSection(Section):
    """Shows and sets what ``control.settings`` says; what is being typed stays until it is complete and good."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__("Who may use it", parent)
        self._control = control
        self.cors = QComboBox(self)
        self.cors.setAccessibleName("Pages of which origins may read this site (CORS)")
        self.cors.addItems(list(CORS_TITLES.values()))
        calm(self.cors)
        self.cors_warning = MessageLine(parent=self)
        self.user = QLineEdit(self)
        self.user.setPlaceholderText("anybody")
        self.user.setAccessibleName("User name")
        self.user.setToolTip("Who has to be named, with the password, with every request (Basic, RFC 7617)")
        self.password = HiddenField("Password", QLineEdit(self), self)
        self.remark = MessageLine(parent=self)
        self._lay_out()
        self.cors.activated.connect(self._set_cors)
        for field in (self.user, self.password.field):
            field.editingFinished.connect(self._set_credentials)
        control.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the settings are now, except where something is being typed."""
        settings = settings_of(self._control)
        self.cors.setCurrentIndex(list(CORS_TITLES).index(settings.cors))
        self.cors_warning.say(_ANY if settings.cors is Cors.ANY else "", fault=True)
        for field, value in ((self.user, settings.user), (self.password.field, settings.password)):
            if not field.isModified() and field.text() != value:
                field.setText(value)
        if not self.user.isModified():
            self._say_what_it_means(settings)

    def _say_what_it_means(self, settings: HttpSettings) -> None:
        beyond = reached_beyond(self._control.address, settings)
        if settings.password and not settings.user:
            self.remark.say("Without a user name nobody is asked for the password.")
        elif settings.user and not settings.password:
            self.remark.say("The password is empty: the user name alone lets in.", fault=True)
        else:
            self.remark.say(_CLEAR if settings.user and beyond and not settings.tls else "", fault=True)

    def _set_cors(self, index: int) -> None:
        self._control.change(cors=list(CORS_TITLES)[index])

    def _set_credentials(self) -> None:
        user, password = self.user.text(), self.password.field.text()
        if fault := user_fault(user):
            self.remark.say(fault, fault=True)
            return
        self.user.setModified(False)
        self.password.field.setModified(False)
        self._control.change(user=user, password=password)
        self.refresh()

    def _lay_out(self) -> None:
        self.add_row("CORS", self.cors, "pages of which origins may read this site")
        self.add_below(self.cors_warning)
        self.add_row("User name", self.user)
        self.add_row("Password", self.password)
        self.add_below(self.remark)
        self.add_below(
            muted(
                "Both are kept as they are in Portside’s settings file, which only you can read.",
                self,
            )
        )
