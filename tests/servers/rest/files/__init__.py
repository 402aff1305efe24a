"""Tests of servers/rest/files."""
