"""The colours: readable on every background, light and dark, and really given to the application."""

from itertools import product

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.theme import DARK, LIGHT, Colors, Scheme

TEXTS = ("text", "muted", "running", "changing", "failed", "stopped", "accent")
BACKGROUNDS = ("window", "surface")


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [getattr(QColor(color), channel)() for channel in ("redF", "greenF", "blueF")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize(("text", "background"), list(product(TEXTS, BACKGROUNDS)))
    def test_of_words_on_every_background(self, scheme: Colors, text: str, background: str) -> None:
        assert contrast(getattr(scheme, text), getattr(scheme, background)) >= 4.5

    @pytest.mark.parametrize("bubble", ["own", "broadcast", "reply", "raised"])
    def test_of_text_on_bubbles_and_buttons(self, scheme: Colors, bubble: str) -> None:
        assert contrast(scheme.text, getattr(scheme, bubble)) >= 4.5
        assert contrast(scheme.muted, getattr(scheme, bubble)) >= 4.5

    def test_of_selected_text(self, scheme: Colors) -> None:
        assert contrast(scheme.on_accent, scheme.accent) >= 4.5


@pytest.mark.parametrize(("scheme", "expected"), [(Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)])
def test_apply_gives_the_colours_to_the_application(qapp: QApplication, scheme: Scheme, expected: Colors) -> None:
    theme.apply(qapp, scheme)
    assert theme.colors() is expected
    assert qapp.palette().window().color().name() == expected.window
    theme.apply(qapp, Scheme.LIGHT)


def test_icons_are_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    image = theme.icon("play", "#ff0000").pixmap(32, 32).toImage()
    pixels = {image.pixelColor(x, y).name() for x, y in product(range(32), range(32)) if image.pixelColor(x, y).alpha()}
    assert pixels == {"#ff0000"}
