"""The Clients tab of the WebSocket server: who is connected, and what is sent to them."""
