"""Tests of how a transcript is filtered, searched, paused and saved."""
