"""Tests of Portside."""
