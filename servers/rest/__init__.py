"""The REST server: resources over a SQLite store."""
