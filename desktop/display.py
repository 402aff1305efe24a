"""Finds out whether there is a display for a window, because Qt would end the process for the lack of one."""

import ctypes
import os
import sys


def display_fault() -> str:
    """Why no window can be opened, as part of a sentence; empty where one can."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform in ("win32", "darwin") or (platform and platform != "xcb"):
        return ""
    display = os.environ.get("DISPLAY")
    if display and (platform == "xcb" or not os.environ.get("WAYLAND_DISPLAY")):
        return "" if _x_server_answers() else f"the display {display} does not answer"
    if display or (os.environ.get("WAYLAND_DISPLAY") and not platform):
        return ""
    return "no display is set (DISPLAY or WAYLAND_DISPLAY)"


def _x_server_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt says by itself which library is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
