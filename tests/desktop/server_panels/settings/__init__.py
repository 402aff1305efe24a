"""Tests of the Settings tab."""
