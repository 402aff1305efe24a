"""Tests of what a chat window shows of a conversation."""
