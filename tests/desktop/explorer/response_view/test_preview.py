"""Tests of bodies as they are meant to look."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.explorer.reading.formats import Form
from desktop.explorer.response_view.pictures import SIDE, picture_of, svg_drawn
from desktop.explorer.response_view.preview import Page
from tests.conftest import Run
from tests.desktop.explorer.response_view.views import shown, typed, until

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10">
<style>rect { fill: #00ff00 }</style><rect width="20" height="10"/>%s</svg>"""
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x00\x0a\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00"
    b"\x02\x02D\x01\x00!\xf9\x04\x00\x0a\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02L\x01\x00;"
)


def png(width: int, height: int, color: str = "#ff0000") -> bytes:
    """A picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub wants bytes, it wants text
    return bytes(data.data())


def test_pictures(qapp: QApplication) -> None:
    picture = picture_of(png(20, 10))
    assert picture.words == "PNG, 20 × 10 pixels"
    assert picture.image is not None
    assert picture.image.pixelColor(1, 1).name() == "#ff0000"
    animated = picture_of(GIF)
    assert animated.image is not None
    assert "first frame" in animated.words


def test_large_pictures_are_made_smaller_or_refused(qapp: QApplication) -> None:
    picture = picture_of(png(SIDE + 100, 2))
    assert picture.image is not None
    assert picture.image.width() == SIDE
    huge = bytearray(png(1, 1))
    huge[16:24] = b"\0\1\0\0\0\1\0\0"
    assert picture_of(bytes(huge)).image is None


def test_what_is_no_picture_is_said(qapp: QApplication) -> None:
    assert "not an image" in picture_of(b"hello").words
    assert "not an image" in picture_of(SVG % b"").words
    assert "damaged" in picture_of(png(900, 900)[:-40]).words


def test_a_drawing_refers_to_nothing_outside(qapp: QApplication, tmp_path: Path) -> None:
    outside = tmp_path / "a.png"
    outside.write_bytes(png(20, 10, "#0000ff"))
    parts = "".join(
        f'<image {name}="{value}" width="20" height="10"/>'
        for name in ("href", "xlink:href")
        for value in (outside, outside.as_uri(), f" {outside} ")
    )
    drawn = QImage.fromData(svg_drawn(SVG % parts.encode()))
    assert (drawn.width(), drawn.height()) == (20, 10)
    assert drawn.pixelColor(5, 5).name() == "#00ff00"
    assert svg_drawn(b"<svg") == b""
    assert svg_drawn(b'<!DOCTYPE s [<!ENTITY a "b">]>' + SVG % b"&a;") == b""
    assert svg_drawn(SVG % b'<style>@import "x.css";</style>') != b""


def test_previews_on_the_screen(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            preview = view.body_page.view.preview
            view.show_reply(typed("image/png", png(20, 10)))
            await until(lambda: preview.words.text() == "PNG, 20 × 10 pixels")
            view.show_reply(typed("image/svg+xml", SVG % b""))
            await until(lambda: preview.words.text().startswith("SVG, 20 × 10 pixels"))
            view.show_reply(typed("text/html", b"<h1>Hi</h1><script>x()</script><a href='http://evil'>l</a>"))
            view.body_page.bar.forms[Form.PREVIEW].click()
            await until(lambda: preview.page.toPlainText() == "Hi\nl")
            view.show_reply(typed("text/html", b"<p>a</p>" * 10_000))
            view.body_page.bar.forms[Form.PREVIEW].click()
            await until(lambda: "first 64 KB" in view.body_page.notice.text())

    run(check())


def test_a_page_loads_nothing(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    assert page.loadResource(2, QUrl("file:///etc/hostname")) is None
    assert not page.openLinks()
    assert not page.openExternalLinks()
