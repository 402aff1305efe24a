"""Tests of the frames of a connection and of their table."""
