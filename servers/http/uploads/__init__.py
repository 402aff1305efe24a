"""Adds files to a served folder: forms with files that are posted to it, and PUT of a file."""

from servers.http.uploads.answering import upload

__all__ = ["upload"]
