"""The tree of collections on the screen."""
