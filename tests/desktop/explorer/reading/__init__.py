"""Tests of desktop.explorer.reading."""
