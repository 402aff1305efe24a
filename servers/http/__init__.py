"""The HTTP server: static sites and dynamic pages."""
