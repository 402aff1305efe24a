"""Tests of live reload."""
