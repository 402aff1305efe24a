"""Tests of desktop.explorer.model."""
