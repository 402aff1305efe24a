"""The local certificate authority in plain words: where it is, how to recognise it, and a copy of it for others."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import theme
from desktop.server_panels.settings.section import INSET, SELECTABLE, CopyLine, Section, muted
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.disk import write_atomically
from servers.logs import visible
from servers.tls import MEANING, Certificate, LocalAuthority, explanation

_SUGGESTED = "portside-authority.crt"
_FILTER = "Certificates (*.crt *.pem *.cer);;All files (*)"
_WHAT = (
    "With TLS on, a server shows a certificate that this authority on your computer has signed. "
    "Portside’s own explorer and chat trust it; nothing else does unless you tell it to."
)
_NONE_YET = "There is none yet: it is made when TLS is first switched on and the server starts."
_GROUP = len("AB:") * 8


class AuthoritySection(Section):
    """Speaks of the authority whose certificate is at ``ca``, from the moment when there is one."""

    def __init__(self, ca: Path, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__("Local certificate authority", parent)
        self._ca = ca
        self._tasks = tasks
        self._authority = LocalAuthority(ca.parent)
        self._certificate: Certificate | None = None
        self._seen: tuple[int, int] | None = None
        self._folder = ""
        self.path = CopyLine("path of the certificate", self)
        self.path.show_text(visible(str(ca)))
        self.fingerprint = CopyLine("fingerprint", self)
        self.expires = QLabel(self)
        self.expires.setContentsMargins(0, INSET, 0, 0)
        self.state = MessageLine(parent=self)
        self.export = QPushButton("Export certificate…", self)
        self.export.clicked.connect(self._choose_place)
        self.help = QPushButton("What trusting it means, and how to undo it", self)
        self.help.setCheckable(True)
        self.help.toggled.connect(self._show_words)
        self.words = muted(explanation(visible(str(ca))), self)
        self.words.setTextInteractionFlags(SELECTABLE)
        self.words.hide()
        self.message = MessageLine(parent=self)
        self._lay_out()
        self._show_certificate()

    def refresh(self) -> None:
        """Look whether there is a certificate, or another one."""
        try:
            status = self._ca.stat()
        except OSError:
            seen = None
        else:
            seen = status.st_mtime_ns, status.st_size
        if seen == self._seen:
            return
        self._seen = seen
        if seen is None:
            self._certificate = None
            self._show_certificate()
        else:
            self._tasks.spawn(self._read(), name="read the authority’s certificate")

    async def _read(self) -> None:
        fault = ""
        try:
            self._certificate = await self._authority.certificate()
        except OSError as error:
            self._certificate, fault = None, str(error)
        self._show_certificate(fault)
        if self._authority.notice:  # it was about to run out, and looking at it has renewed it
            self.message.say(visible(self._authority.notice))

    def _show_certificate(self, fault: str = "") -> None:
        certificate = self._certificate
        self.state.say(visible(fault) or (_NONE_YET if certificate is None else ""), fault=bool(fault))
        for field in (self.path, self.fingerprint, self.expires):
            self.show_row(field, certificate is not None)
        self.export.setEnabled(certificate is not None)
        if certificate is not None:
            self.fingerprint.show_text(certificate.fingerprint, _in_groups(certificate.fingerprint))
            self.expires.setText(f"{certificate.expires:%Y-%m-%d}")

    def _show_words(self, shown: bool) -> None:
        self.words.setVisible(shown)

    def _choose_place(self) -> None:
        dialog = QFileDialog(self, "Export the certificate", self._folder, _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("crt")
        dialog.selectFile(_SUGGESTED)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._export_to)
        dialog.open()

    def _export_to(self, file: str) -> None:
        path = Path(file)
        self._folder = str(path.parent)
        if self._certificate is not None:
            self.export.setEnabled(False)
            self._tasks.spawn(self._write(self._certificate, path), name="export the authority’s certificate")

    async def _write(self, certificate: Certificate, path: Path) -> None:
        name = visible(path.name)
        try:
            await asyncio.to_thread(write_atomically, path, certificate.pem.encode())
        except OSError as error:
            self.message.say(f"“{name}” could not be written: {error.strerror}.", fault=True)
        else:
            self.message.say(f"Exported as “{name}”. {MEANING}")
        finally:
            self.export.setEnabled(self._certificate is not None)

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        for button in (self.export, self.help):
            line.addWidget(button)
        line.addStretch()
        self.add(muted(_WHAT, self))
        self.add(self.state)
        self.add_row("Certificate", self.path)
        self.add_row("SHA-256 fingerprint", self.fingerprint)
        self.add_row("Good until", self.expires)
        self.add(buttons)
        self.add(self.message)
        self.add(self.words)


def _in_groups(fingerprint: str) -> str:
    """The fingerprint in pieces that are easy to compare by eye, and where a line may end."""
    return " ".join(fingerprint[start : start + _GROUP].rstrip(":") for start in range(0, len(fingerprint), _GROUP))
