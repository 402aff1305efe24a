"""Tests of what is said about handshakes."""
