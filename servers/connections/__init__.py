"""Connections of the HTTP and the REST server: deadlines, caps, and an answer to what is no HTTP."""
