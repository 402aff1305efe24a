"""Tests of the Site tab."""
