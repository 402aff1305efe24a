"""The request on the screen."""
