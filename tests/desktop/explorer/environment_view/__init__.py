"""Tests of desktop.explorer.environment_view."""
