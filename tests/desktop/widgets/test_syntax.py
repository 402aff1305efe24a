"""Tests of finding what a piece of source is."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.widgets.syntax import LANGUAGES, Coloring, Kind, color_of


def pieces(text: str, language: str) -> list[tuple[str, Kind]]:
    """All coloured pieces of a text."""
    coloring = Coloring(text, language)
    while not coloring.done:
        coloring.read_on(0.1)
    return [(text[start:end], kind) for start, end, kind in coloring.within(0, len(text))]


def test_json() -> None:
    assert pieces('{"a": [1e400, "b", null]}', "json") == [
        ('"a"', Kind.NAME),
        ("1e400", Kind.NUMBER),
        ('"b"', Kind.STRING),
        ("null", Kind.KEYWORD),
    ]


def test_markup_and_what_is_in_it() -> None:
    found = pieces("<!-- c --><p id='x'>&amp;</p><script>var a = 1;</script>", "html")
    assert "".join(text for text, kind in found if kind is Kind.COMMENT) == "<!-- c -->"
    assert {kind for _, kind in found} == {
        Kind.COMMENT,
        Kind.NAME,
        Kind.ATTRIBUTE,
        Kind.STRING,
        Kind.NUMBER,
        Kind.KEYWORD,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_read(language: str) -> None:
    assert Coloring("", language).done is False
    assert isinstance(pieces("a { b: c } <d>", language), list)


def test_other_text_has_no_colours() -> None:
    assert Coloring("{}", "klingon").done
    assert Coloring("1" * 200_001, "json").done


def test_a_range_cuts_what_it_touches() -> None:
    coloring = Coloring('["abcdef", 12]', "json")
    while not coloring.done:
        coloring.read_on(0.1)
    assert list(coloring.within(3, 5)) == [(3, 5, Kind.STRING)]
    assert list(coloring.within(8, 13)) == [(8, 9, Kind.STRING), (11, 13, Kind.NUMBER)]


def _luminance(color: str) -> float:
    parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_colours_can_be_read(qapp: QApplication, scheme: theme.Scheme) -> None:
    theme.apply(qapp, scheme)
    try:
        for background in (theme.colors().surface, theme.colors().window):
            for kind in Kind:
                one, other = sorted((_luminance(color_of(kind)), _luminance(background)))
                assert (other + 0.05) / (one + 0.05) >= 4.5
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)
