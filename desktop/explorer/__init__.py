"""The explorer: builds a request, sends it, and shows what came back as it came."""
