"""Choosing and editing environments: the sets of values that stand for `{{names}}`."""
