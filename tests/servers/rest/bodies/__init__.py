"""Tests of servers/rest/bodies."""
