"""Tests of servers/rest/storage."""
