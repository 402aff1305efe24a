"""The chat windows: any number of WebSocket clients, each in a window of its own."""
