"""Tests of desktop.explorer.history."""
