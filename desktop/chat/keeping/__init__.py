"""What comes back after a restart: the chat windows, and the URLs that were connected to."""
