"""Tests of the upper part of a chat window."""
