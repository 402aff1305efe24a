"""Tests of the lab: against a server that has nothing but its endpoints."""
