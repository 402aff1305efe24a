"""QR codes: what is painted is what was encoded, dark on white, sharp at every scale."""

import pytest
import segno
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, qGray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.qr_code import MODULE, QUIET, QrCode

URL = "http://192.168.178.20:8001"


@pytest.fixture
def code(qtbot: QtBot) -> QrCode:
    made = QrCode()
    qtbot.addWidget(made)
    return made


def drawn(code: QrCode, scale: float) -> QImage:
    """The widget as a screen of this scale shows it."""
    code.resize(code.sizeHint())
    image = QImage(code.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(0x808080)
    code.render(image, QPoint())
    return image


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_every_pixel_belongs_to_its_module(
    code: QrCode, qapp: QApplication, scale: float, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    code.show_text(URL)
    image = drawn(code, scale)
    matrix = [list(row) for row in segno.make_qr(URL).matrix_iter(border=QUIET)]
    module = int(MODULE * scale)
    for y in range(len(matrix) * module):
        for x in range(len(matrix) * module):
            expected = 0 if matrix[y // module][x // module] else 255
            assert qGray(image.pixel(x, y)) == expected


def test_what_is_left_around_it_is_white(code: QrCode) -> None:
    code.show_text(URL)
    code.setFixedSize(200, 220)
    image = code.grab().toImage()
    assert {qGray(image.pixel(199, y)) for y in range(220)} == {255}


def test_it_says_what_it_holds_and_is_hidden_without(code: QrCode) -> None:
    assert code.isHidden()
    code.show_text(URL)
    assert code.isVisible()
    assert code.accessibleName() == f"QR code of {URL}"
    assert code.toolTip() == URL
    code.show_text(f"{URL}/another/and/longer/path/that/needs/more/modules")
    assert code.sizeHint().width() > drawn(code, 1).width() - 1
    code.show_text("")
    assert code.isHidden()
    assert code.text() == ""


def test_what_is_too_long_is_refused_and_the_old_code_stays(code: QrCode) -> None:
    code.show_text(URL)
    with pytest.raises(ValueError, match="data"):
        code.show_text("x" * 5000)
    assert code.text() == URL
