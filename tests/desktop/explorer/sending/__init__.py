"""Tests of desktop.explorer.sending."""
