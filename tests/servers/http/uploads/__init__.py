"""Tests of the uploads of the HTTP server."""
