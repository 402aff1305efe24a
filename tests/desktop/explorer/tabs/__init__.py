"""Tests of desktop.explorer.tabs."""
