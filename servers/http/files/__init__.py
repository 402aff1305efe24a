"""From a decoded path to a response: files with their forms, ranges, conditions and caches."""

from servers.http.files.answering import Files
from servers.http.files.lookup import FolderFound

__all__ = ["Files", "FolderFound"]
