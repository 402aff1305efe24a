"""A button with an icon in the colours of the theme."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.icon_button import IconButton


def color(button: IconButton) -> str:
    """The colour of its darkest or lightest point: that of the icon."""
    image = button.icon().pixmap(32, 32).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return next(point.name() for point in points if point.alpha() == 255)


def test_it_has_a_name_and_a_tip(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    assert IconButton("plus", "Add", owner).toolTip() == "Add"
    button = IconButton("plus", "Add", owner, "Add (Ctrl+T)")
    assert (button.accessibleName(), button.toolTip()) == ("Add", "Add (Ctrl+T)")


@pytest.mark.parametrize("scheme", [theme.Scheme.DARK, theme.Scheme.LIGHT])
def test_the_icon_follows_the_scheme(qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    theme.apply(qapp, theme.Scheme.LIGHT if scheme is theme.Scheme.DARK else theme.Scheme.DARK)
    button = IconButton("square", "Stop", owner)
    with qtbot.waitExposed(owner):
        owner.show()
    theme.apply(qapp, scheme)
    qtbot.waitUntil(lambda: color(button) == theme.colors().text)
    before = button.icon().cacheKey()
    button.show_icon("plus")
    assert button.icon().cacheKey() != before
