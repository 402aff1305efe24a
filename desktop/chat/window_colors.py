"""The colours that chat windows are told apart by, in both schemes; a name always stands beside them."""

from desktop import theme

LIGHT = ("#0b5cad", "#a34300", "#00696b", "#7b2fa8", "#4d6a00", "#a8195f", "#6e4b2a", "#3f4aa8")
DARK = ("#7ab8f5", "#f5a25d", "#4fc9c4", "#cf9cf2", "#b5cf5b", "#f58fbf", "#d6ae87", "#a6b0ff")
"""Blue, orange, teal, purple, olive, pink, brown, indigo: as easy to see as text on all backgrounds."""


def window_color(index: int) -> str:
    """One of the colours as #rrggbb, in the scheme that is in use; beyond the last one they begin again."""
    scheme = DARK if theme.colors() is theme.DARK else LIGHT
    return scheme[index % len(scheme)]
