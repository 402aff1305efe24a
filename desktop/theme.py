"""The look: spacing, colours for light and dark, the Qt palette made of them, fonts and icons."""

import enum
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from desktop.icons import glyph_icon

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The one scale of spacing, in device-independent pixels."""


class Scheme(enum.Enum):
    """Which colours to use; the value is the word in the settings file."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colors:
    """One colour scheme, as #rrggbb. Text colours have a contrast of at least 4.5:1 on all backgrounds."""

    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    running: str
    changing: str
    failed: str
    stopped: str
    own: str
    broadcast: str
    reply: str
    reply_line: str


LIGHT = Colors(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#eaecf0",
    border="#c9ced6",
    text="#1b1f24",
    muted="#535b66",
    accent="#0b5cad",
    on_accent="#ffffff",
    running="#136b34",
    changing="#7a4d00",
    failed="#b3261e",
    stopped="#535b66",
    own="#d7e8fb",
    broadcast="#e9ebef",
    reply="#fdecc8",
    reply_line="#8a5a00",
)

DARK = Colors(
    window="#1b1e23",
    surface="#23272e",
    raised="#2e333c",
    border="#454c57",
    text="#e8eaed",
    muted="#aab2bd",
    accent="#7ab8f5",
    on_accent="#10233a",
    running="#6fd08c",
    changing="#f0b858",
    failed="#ff9b93",
    stopped="#aab2bd",
    own="#1f4468",
    broadcast="#343a44",
    reply="#4d3b12",
    reply_line="#f0b858",
)


_OUTLINED = ("QCheckBox", "QRadioButton", "QLineEdit", "QAbstractSpinBox")
"""Fusion outlines these in a colour that it darkens from Window; in dark schemes nobody would see it."""


def colors() -> Colors:
    """The colours in use now, told by the application's palette."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply(app: QApplication, scheme: Scheme) -> None:
    """Give the whole application this scheme; SYSTEM follows what the desktop says at this moment."""
    hints = app.styleHints()
    if scheme is Scheme.SYSTEM:
        hints.unsetColorScheme()
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
    else:
        dark = scheme is Scheme.DARK
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    app.setStyle("Fusion")
    # setColorScheme does nothing on some platforms, so the palette always says it too.
    chosen = _palette(DARK if dark else LIGHT)
    app.setPalette(chosen)
    outlined = QPalette(chosen)
    outlined.setColor(
        QPalette.ColorRole.Window, QColor(DARK.muted).lighter(130) if dark else QColor(LIGHT.muted).lighter(190)
    )
    for widget in _OUTLINED:
        app.setPalette(outlined, widget)  # type: ignore[arg-type] # it takes text only, whatever its stub says


def mono_font() -> QFont:
    """The font for everything that went over the wire."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def icon(name: str, color: str | None = None) -> QIcon:
    """A Material Design icon ("play", "stop", ...) in a colour, by default that of text."""
    return _icon(name, color or colors().text)


_icon = lru_cache(maxsize=256)(glyph_icon)


def _palette(scheme: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for one, value in {
        role.Window: scheme.window,
        role.WindowText: scheme.text,
        role.Base: scheme.surface,
        role.AlternateBase: scheme.window,
        role.Text: scheme.text,
        role.Button: scheme.raised,
        role.ButtonText: scheme.text,
        role.BrightText: scheme.failed,  # the role for words of failure
        role.PlaceholderText: scheme.muted,
        role.Highlight: scheme.accent,
        role.HighlightedText: scheme.on_accent,
        role.Accent: scheme.accent,
        role.Link: scheme.accent,
        role.LinkVisited: scheme.accent,
        role.ToolTipBase: scheme.raised,
        role.ToolTipText: scheme.text,
        role.Light: scheme.border,  # the line under the tabs of a document
        role.Mid: scheme.border,
    }.items():
        palette.setColor(one, QColor(value))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(scheme.muted))
    return palette
