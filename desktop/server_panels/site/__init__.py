"""The Site tab of the HTTP server: what is served, how, and to whom."""
