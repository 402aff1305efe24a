"""Pictures out of a response: decoded within bounds, and SVG drawn without anything that is outside of it."""

import re
from dataclasses import dataclass

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMessageLogContext,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPainter

SIDE = 4_000
"""A picture is shown with at most so many pixels a side."""

_PIXELS = 100_000_000
_MEGABYTES = 256
_NO_SVG = (
    "png",
    "jpeg",
    "gif",
    "webp",
    "bmp",
    "ico",
    "cur",
    "tiff",
    "tga",
    "pbm",
    "pgm",
    "ppm",
    "xbm",
    "xpm",
    "wbmp",
    "icns",
)
_EMBEDDED = re.compile(r"data:image/(?:png;base64,\s*iVBOR|jpe?g;base64,\s*/9j/|gif;base64,\s*R0lGOD)")
_EMPTY = "{http://www.w3.org/2000/svg}g"
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """``image`` to show, and a sentence about it; where there is none, the sentence says why."""

    image: QImage | None
    words: str


def picture_of(data: bytes) -> Picture:
    """Decode an image; of an animation its first frame. Takes a second for the largest."""
    QImageReader.setAllocationLimit(_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    kind, size = bytes(reader.format().data()).decode(), reader.size()
    if kind not in _NO_SVG or not size.isValid():
        return Picture(None, "This is not an image of a kind that can be shown here.")
    words = f"{kind.upper()}, {size.width():,} × {size.height():,} pixels"
    if size.width() * size.height() > _PIXELS:
        return Picture(None, f"{words}: too large to be shown.")
    if reader.supportsAnimation() and reader.imageCount() != 1:
        words += "; the first frame of an animation is shown"
    if max(size.width(), size.height()) > SIDE:
        reader.setScaledSize(size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio))
        words += "; shown smaller"
    image = reader.read()
    return Picture(image, words) if not image.isNull() else Picture(None, f"{words}: it is damaged.")


def svg_drawn(data: bytes) -> bytes:
    """An SVG as PNG, without scripts and without anything it refers to elsewhere; empty where it cannot be drawn.

    For a child process: a hostile drawing can take any time.
    """
    from PySide6.QtSvg import QSvgRenderer

    clean = _closed(data)
    if not clean:
        return b""
    application = QGuiApplication.instance() or _application()
    renderer = QSvgRenderer(QByteArray(clean))
    size = renderer.defaultSize().boundedTo(QSize(SIDE, SIDE))
    if not renderer.isValid() or size.isEmpty():
        return b""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub wants bytes, it wants text
    del application
    return bytes(buffer.data().data())


def _application() -> QGuiApplication:
    """What texts in a drawing need; what Qt has to say about them is of no use to anybody."""
    qInstallMessageHandler(_ignore)
    return QGuiApplication(["svg", "-platform", "offscreen"])


def _ignore(kind: QtMsgType, context: QMessageLogContext, words: str | None) -> None:
    pass


def _closed(data: bytes) -> bytes:
    """The drawing without references to anything outside; empty where it is not XML."""
    from xml.etree.ElementTree import tostring

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return b""
    for element in root.iter():
        if str(element.tag).endswith("}style") and _OUTSIDE.search(element.text or ""):
            element.text = ""
        for name, value in list(element.attrib.items()):
            if _leads_outside(name, value):
                del element.attrib[name]
                element.tag = _EMPTY if str(element.tag).endswith("}image") else element.tag
    return tostring(root)


def _leads_outside(name: str, value: str) -> bool:
    if name.rpartition("}")[2] in ("href", "src", "base"):
        return not value.strip().startswith("#") and not _EMBEDDED.match(value.strip())
    return _OUTSIDE.search(value) is not None
