"""Tests of desktop.chat.connecting."""
