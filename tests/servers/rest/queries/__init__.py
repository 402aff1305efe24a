"""Tests of servers/rest/queries."""
