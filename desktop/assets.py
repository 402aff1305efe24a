"""The one place on the desktop side that knows where the resources folder is."""

from pathlib import Path

from PySide6.QtGui import QIcon

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def application_icon() -> QIcon:
    """The icon of the windows and of the program."""
    return QIcon(str(_RESOURCES / "icons" / "portside.png"))
