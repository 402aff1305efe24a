"""Tests of the local certificate authority and of TLS under it."""
