"""Tests of what is sent more than once."""
