"""Tests of the Clients tab."""
