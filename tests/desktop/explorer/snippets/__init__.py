"""Tests of desktop.explorer.snippets."""
