"""What tells chat windows apart: their names and colours."""

import itertools

import pytest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.chat.identity import COLORS, NAMES, free_color, free_name
from desktop.chat.window_colors import DARK, LIGHT, window_color
from tests.desktop.test_theme import contrast


def test_names_go_on_after_the_last() -> None:
    assert free_name([]) == "Ann"
    assert free_name(NAMES) == "Ann 2"
    assert free_name({*NAMES, "Ann 2"}) == "Ben 2"


def test_a_colour_comes_again_when_all_are_in_use() -> None:
    assert free_color([0, 2]) == 1
    assert free_color([*range(COLORS), 0]) == 1


@pytest.mark.parametrize(("colors", "scheme"), [(LIGHT, theme.LIGHT), (DARK, theme.DARK)])
def test_colours_can_be_seen_on_all_backgrounds(colors: tuple[str, ...], scheme: theme.Colors) -> None:
    assert len(set(colors)) == COLORS
    for color, background in itertools.product(colors, (scheme.window, scheme.surface, scheme.raised)):
        assert contrast(color, background) >= 4.5


def test_colours_follow_the_scheme(qapp: QApplication) -> None:
    assert window_color(1) == LIGHT[1]
    theme.apply(qapp, theme.Scheme.DARK)
    assert window_color(COLORS + 1) == DARK[1]
