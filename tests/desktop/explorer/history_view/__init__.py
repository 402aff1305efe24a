"""Tests of desktop.explorer.history_view."""
