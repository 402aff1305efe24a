"""Tests of the files of the HTTP server."""
