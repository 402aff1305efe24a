"""The upper part of a chat window: where to connect and how, the state, the handshake, who is there."""
