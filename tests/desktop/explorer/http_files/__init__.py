"""Tests of desktop.explorer.http_files."""
