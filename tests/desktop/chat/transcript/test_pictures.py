"""desktop.chat.transcript.pictures: images become small pictures, and what is none stays bytes."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.pictures import Pictures, format_of, picture_of


def image(width: int, height: int, kind: str = "PNG") -> bytes:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("red"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert made.save(buffer, kind)  # type: ignore[call-overload] # its stub wants bytes, it wants text
    return bytes(buffer.data().data())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_an_image_is_known_by_its_first_bytes_and_made_small(qapp: QApplication, kind: str) -> None:
    data = image(1280, 960, kind)
    assert format_of(data) == kind.lower()
    picture, made = picture_of(data, ratio=2.0)
    assert picture is not None
    assert (picture.size.width(), picture.size.height(), made.width()) == (320, 240, 640)
    assert picture.words == f"{kind} image, 1,280 × 960 pixels"


def test_a_small_image_stays_small(qapp: QApplication) -> None:
    picture, made = picture_of(image(3, 2))
    assert picture is not None
    assert (picture.size.width(), picture.size.height(), made.width()) == (3, 2, 3)


@pytest.mark.qt_log_ignore("JPEG", extend=True)  # the library says what is wrong with it
@pytest.mark.parametrize("data", [b"", b"RIFF1234WEBP", b"BM", b"GIF89a\xff\xff\xff\xff", b"\xff\xd8\xff\xe0"])
def test_what_is_damaged_has_no_picture(qapp: QApplication, data: bytes) -> None:
    assert picture_of(data)[0] is None


def test_too_many_pixels_are_not_decoded(qapp: QApplication) -> None:
    data = bytearray(image(1, 1, "BMP"))
    data[18:26] = (10_000).to_bytes(4, "little") * 2
    assert picture_of(bytes(data))[0] is None


def test_pictures_are_made_when_they_are_asked_for(qtbot: QtBot) -> None:
    owner = QObject()
    pictures = Pictures(owner)
    entry = Entry(EntryKind.BINARY, 0, data=image(3, 2))
    with qtbot.waitSignal(pictures.ready) as signal:
        assert pictures.of(entry) is None
    assert signal.args == [entry.serial]
    picture = pictures.of(entry)
    assert picture is not None
    assert pictures.image(entry).width() == 3
    assert pictures.of(Entry(EntryKind.PLAIN, 0, "BM")) is None
