"""Tests of the tree of collections on the screen."""
