"""What is sent more than once: series of messages, pings, and messages saved by name."""
