"""Explains the opening handshake of a WebSocket from its record, for people who learn the protocol."""
