"""The Settings tab of each server: where it listens, the certificate authority, the WebSocket server's limits."""
