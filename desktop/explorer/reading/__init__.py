"""From the bytes of a response to what a person reads."""
