"""The colours of methods can be read, in light and dark, chosen or not."""

import pytest
from PySide6.QtGui import QColor

from desktop.explorer.collection_view.delegate import method_color
from desktop.theme import DARK, LIGHT, Colors


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    shade = QColor(color)
    red, green, blue = map(_linear, (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_methods_have_contrast(scheme: Colors) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
        assert _contrast(method_color(method, scheme), scheme.surface) >= 4.5
    assert _contrast(scheme.on_accent, scheme.accent) >= 4.5
