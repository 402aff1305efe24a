"""Tests of desktop.explorer.curl."""
