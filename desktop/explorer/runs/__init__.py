"""Requests of a file, sent one after another."""
