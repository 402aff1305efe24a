"""Opens the connection of a chat window: the handshake with all its options, and the words for what went wrong."""
