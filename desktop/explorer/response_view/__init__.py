"""The response on the screen."""
