"""Tests of desktop.explorer.response_view."""
