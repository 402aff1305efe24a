"""Small pictures of the images among the messages, decoded in a thread and never more than a few."""

from collections import OrderedDict
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.background import Background

BOX = QSize(320, 240)
"""Pixels that a picture may take."""

PIXELS = 20_000_000
"""Pixels of the largest image that is decoded."""

_KEPT, _SIZES = 64, 10_000
_MEGABYTES = 128
_WAITING = 8  # more than are in view at once have been scrolled past
_STARTS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"BM": "bmp",
}


class Picture(NamedTuple):
    """Something to be drawn in ``size``; ``words`` say what it is."""

    size: QSize
    words: str


class Pictures(QObject):
    """The pictures of entries; ``ready`` follows with the serial of an entry whose image has been made.

    Sizes are kept, so that nothing moves when an image has to be made again.
    """

    ready = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._pictures: OrderedDict[int, Picture | None] = OrderedDict()  # None: it cannot be shown
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._wanted: OrderedDict[int, bytes] = OrderedDict()

    def of(self, entry: Entry) -> Picture | None:
        """The picture of an entry, if there is one yet; else its image is made where that is possible."""
        if entry.kind is not EntryKind.BINARY or not format_of(entry.data):
            return None
        if entry.serial not in self._pictures:
            self._want(entry)
        return self._pictures.get(entry.serial)

    def image(self, entry: Entry) -> QImage:
        """The image of an entry that has a picture; an empty one while it is made again."""
        if entry.serial not in self._images:
            self._want(entry)
            return QImage()
        self._images.move_to_end(entry.serial)
        return self._images[entry.serial]

    def _want(self, entry: Entry) -> None:
        self._wanted[entry.serial] = entry.data
        self._wanted.move_to_end(entry.serial)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
        self._make()

    def _make(self) -> None:
        if self._wanted and not self._background.running:
            serial, data = self._wanted.popitem()
            ratio = QGuiApplication.primaryScreen().devicePixelRatio()
            self._background.run(partial(_numbered, serial, data, ratio), self._made)

    def _made(self, made: tuple[int, Picture | None, QImage]) -> None:
        serial, picture, image = made
        self._pictures[serial], self._images[serial] = picture, image
        if len(self._pictures) > _SIZES:
            self._pictures.popitem(last=False)
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self._make()
        if picture is not None:
            self.ready.emit(serial)


def format_of(data: bytes) -> str:
    """What kind of image bytes begin as; empty for none that is shown."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), "")


def picture_of(data: bytes, ratio: float = 1.0) -> tuple[Picture | None, QImage]:
    """Decode an image, of an animation its first frame, for a screen with ``ratio`` pixels in one.

    There is no picture of what is damaged or has more than PIXELS.
    """
    kind = format_of(data)
    reader, buffer = _reader(data, kind)
    size = reader.size()
    if not kind or not size.isValid() or size.width() * size.height() > PIXELS:
        return None, QImage()
    words = f"{kind.upper()} image, {size.width():,} × {size.height():,} pixels"
    shown = size.scaled(BOX, Qt.AspectRatioMode.KeepAspectRatio) if _exceeds(size) else size
    sharp = (QSize(shown) * ratio).boundedTo(size).expandedTo(QSize(1, 1))
    if sharp != size:
        reader.setScaledSize(sharp)
    image = reader.read()
    buffer.close()
    if image.isNull():
        return None, image
    turned = (image.width() > image.height()) != (sharp.width() > sharp.height())  # the image says how to turn it
    return Picture((shown.transposed() if turned else shown).expandedTo(QSize(1, 1)), words), image


def _numbered(serial: int, data: bytes, ratio: float) -> tuple[int, Picture | None, QImage]:
    return serial, *picture_of(data, ratio)


def _reader(data: bytes, kind: str) -> tuple[QImageReader, QBuffer]:
    """A reader, which does not keep its buffer alive."""
    QImageReader.setAllocationLimit(_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoTransform(True)
    return reader, buffer


def _exceeds(size: QSize) -> bool:
    return size.width() > BOX.width() or size.height() > BOX.height()
