"""Widgets that know nothing of the features that use them."""
