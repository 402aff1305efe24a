"""Tests of the chat client without a window."""
