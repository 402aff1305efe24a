"""How files are served: switches that count from the next request on."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.number_box import LARGEST, SizeBox
from desktop.server_panels.settings.reach import reached_beyond
from desktop.server_panels.settings.section import Section, muted
from desktop.server_panels.site.current import readers, settings_of
from desktop.widgets.message_line import MessageLine
from desktop.widgets.tips import shortened
from desktop.widgets.wheel import calm
from servers.settings import Caching, HttpSettings

CACHE_TITLES = {
    Caching.REVALIDATE: "Ask whether it has changed",
    Caching.HOUR: "Keep it for an hour",
    Caching.YEAR: "Keep it for a year",
    Caching.NEVER: "Never keep it",
}
"""What browsers are told to do with a file before they show it again."""

_SWITCHES = {
    "listing": ("Folders", "List what is in a folder that has no index.html", ""),
    "spa": (
        "Single-page app",
        "Answer paths that no file has with index.html",
        "For sites that make their pages in the browser and read the path themselves",
    ),
    "live_reload": (
        "Live reload",
        "Load open pages again when a file changes",
        "A small script is added to every HTML page that is served",
    ),
    "compression": (
        "Compression",
        "Compress text for browsers that take it",
        "In br, zstd or gzip, as the browser asks",
    ),
    "uploads": ("Uploads", "Let clients put files into the folder", "By a form in lists of folders, and by PUT"),
}


class Switch(QCheckBox):
    """One setting that is on or off; ``flipped`` has its name and what it is now."""

    flipped = Signal(str, bool)

    def __init__(self, key: str, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._key = key
        self.toggled.connect(self._tell)

    def follow(self, on: bool) -> None:
        """Show what the setting is now."""
        blocker = QSignalBlocker(self)
        self.setChecked(on)
        blocker.unblock()

    def _tell(self, on: bool) -> None:
        self.flipped.emit(self._key, on)


class SwitchesSection(Section):
    """Shows and sets what ``control.settings`` says."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__("How it is served", parent)
        self._control = control
        self.switches = {key: Switch(key, text, self) for key, (_, text, _) in _SWITCHES.items()}
        self.max_upload = SizeBox("Largest upload", self)
        self.max_upload.setToolTip("A larger one is refused with 413, and nothing of it is kept")
        self.uploads_remark = MessageLine(parent=self)
        self.size_remark = MessageLine(parent=self)
        self.cache = QComboBox(self)
        self.cache.setAccessibleName("What browsers do with a file before they show it again")
        self.cache.setToolTip("What Cache-Control says of every file (RFC 9111)")
        self.cache.addItems(list(CACHE_TITLES.values()))
        calm(self.cache)
        self._lay_out()
        for switch in self.switches.values():
            switch.flipped.connect(self._set)
        self.max_upload.chosen.connect(self._set_max_upload)
        self.cache.activated.connect(self._set_cache)
        control.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the settings are now."""
        settings = settings_of(self._control)
        for key, switch in self.switches.items():
            switch.follow(getattr(settings, key))
        self.max_upload.follow(min(settings.max_upload, LARGEST))
        beyond = settings.max_upload > LARGEST
        self.size_remark.say(f"It is {settings.max_upload:,} bytes, more than this field can show." if beyond else "")
        self.cache.setCurrentIndex(list(CACHE_TITLES).index(settings.cache))
        for field in (self.switches["uploads"], self.max_upload):
            field.setEnabled(settings.root is not None)
        self._say_where_uploads_go(settings, settings.root)

    def _say_where_uploads_go(self, settings: HttpSettings, root: Path | None) -> None:
        if root is None:
            self.uploads_remark.say("The bundled sites take no uploads. Serve a folder of your own for that.")
        elif settings.uploads:
            place = shortened(root.name or str(root))
            sentence = f"{readers(self._control)} can put files into “{place}” and the folders in it."
            self.uploads_remark.say(sentence, fault=reached_beyond(self._control.address, settings))
        else:
            self.uploads_remark.say("")

    def _lay_out(self) -> None:
        self.add(muted("What is chosen here counts from the next request on.", self))
        for key, (label, _, about) in _SWITCHES.items():
            self.switches[key].setToolTip(about)
            self.add_row(label, self.switches[key])
        self.add_row("Largest upload", self.max_upload, "for all files of one form, or one PUT")
        self.add_below(self.size_remark)
        self.add_below(self.uploads_remark)
        self.add_row("Browsers’ caches", self.cache, "before a file is shown again")

    def _set(self, key: str, on: bool) -> None:
        self._control.change(**{key: on})

    def _set_max_upload(self, size: int) -> None:
        self._control.change(max_upload=size)

    def _set_cache(self, index: int) -> None:
        self._control.change(cache=list(CACHE_TITLES)[index])
