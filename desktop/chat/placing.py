"""Puts chat windows on the screens that there are; places include the frames that the system draws."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from desktop.chat.arranging import Rect, Size, busiest, cascaded, screen_of, tiled

NORMAL = Size(600, 640)
"""The size of a new window."""


_NOT_NORMAL = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowMinimized | Qt.WindowState.WindowFullScreen


def screens() -> list[Rect]:
    """The areas that windows may fill, that of the primary screen first."""
    return [_area(screen) for screen in QGuiApplication.screens()]


def here() -> Rect:
    """The area of the screen that the user is working on."""
    window = QApplication.activeWindow()
    return _area(QGuiApplication.primaryScreen() if window is None else window.screen())


def area_of(window: QWidget) -> Rect:
    """The area of the screen that shows most of a window."""
    return screen_of(place_of(window), screens())


def place_of(window: QWidget) -> Rect:
    """Where a window is; of one that is maximized or minimized, where it goes back to."""
    inner = window.geometry() if _is_normal(window) else window.normalGeometry()
    return Rect(*inner.marginsAdded(_frame(window)).getRect())  # type: ignore[misc] # its stub says object


def put(window: QWidget, place: Rect) -> None:
    """Move a window, maximized ones as well, which are normal then."""
    frame = _frame(window)  # now, as that of a window that becomes normal is not known for a moment
    if not _is_normal(window):
        window.showNormal()
    window.setGeometry(QRect(*place).marginsRemoved(frame))


def show(window: QWidget, place: Rect) -> None:
    """Put a new window on the screen."""
    put(window, place)
    window.show()
    put(window, place)  # once more, as now its frame may be known


def tile(windows: Sequence[QWidget]) -> None:
    """Fill the screen that has most of the windows with them."""
    frames = [_frame(window) for window in windows]
    needs = [window.minimumSizeHint().expandedTo(window.minimumSize()) for window in windows]
    least = Size(
        max(
            (size.width() + frame.left() + frame.right() for size, frame in zip(needs, frames, strict=True)), default=0
        ),
        max(
            (size.height() + frame.top() + frame.bottom() for size, frame in zip(needs, frames, strict=True)), default=0
        ),
    )
    _put_all(windows, tiled(len(windows), _shared_screen(windows), least))


def cascade(windows: Sequence[QWidget]) -> None:
    """Lay the windows over one another by steps, on the screen that has most of them."""
    area = _shared_screen(windows)
    _put_all(windows, [cascaded(number, area, NORMAL) for number in range(len(windows))])


def _put_all(windows: Sequence[QWidget], places: Sequence[Rect]) -> None:
    for window, place in zip(windows, places, strict=True):
        put(window, place)
        window.raise_()


def _shared_screen(windows: Sequence[QWidget]) -> Rect:
    return busiest([place_of(window) for window in windows], screens())


def _is_normal(window: QWidget | QWindow) -> bool:
    state = window.windowState() if isinstance(window, QWidget) else window.windowStates()
    return not state & _NOT_NORMAL


def _frame(window: QWidget) -> QMargins:
    """What the system draws around a window; while that is not known, what it draws around another one."""
    own = window.windowHandle()
    others = (one for one in QGuiApplication.topLevelWindows() if one.type() is Qt.WindowType.Window)
    shown = (one for one in (own, *others) if one is not None and one.isVisible() and _is_normal(one))
    return next((frame for one in shown if not (frame := one.frameMargins()).isNull()), QMargins())


def _area(screen: QScreen) -> Rect:
    return Rect(*screen.availableGeometry().getRect())  # type: ignore[misc] # its stub says object
