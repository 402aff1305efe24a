"""Live reload: pages that are open in a browser load again when a file of the site changes."""

from servers.http.live.injecting import inject
from servers.http.live.reloading import PATHS, LiveReload

__all__ = ["PATHS", "LiveReload", "inject"]
