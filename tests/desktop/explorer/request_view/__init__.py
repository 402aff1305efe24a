"""Tests of desktop.explorer.request_view."""
