"""Tests of desktop.explorer.runs."""
