"""Tests of desktop.chat."""
