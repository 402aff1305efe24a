"""The parts of the Chat page: where to connect to, what can be done with all windows, the list of them."""
