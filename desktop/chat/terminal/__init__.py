"""The chat client without a window: in a terminal, or in a pipe."""
