"""The WebSocket server: its modes, its chat protocol and its hub of connected clients."""
