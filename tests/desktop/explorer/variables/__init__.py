"""Tests of desktop.explorer.variables."""
