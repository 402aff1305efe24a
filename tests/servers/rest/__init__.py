"""Tests of the REST server, its store and its readers."""
