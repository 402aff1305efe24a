"""Tests of the collections on disk, without any widget."""
