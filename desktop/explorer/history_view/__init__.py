"""The list of all requests that were sent."""
