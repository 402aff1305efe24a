"""The settings of the HTTP server as they are now, and whom they let in."""

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.reach import audience
from servers.settings import HttpSettings


def settings_of(control: ServerControl) -> HttpSettings:
    """What is chosen now; the usual settings where ``control`` speaks for no HTTP server."""
    settings = control.settings
    return settings if isinstance(settings, HttpSettings) else HttpSettings(port=settings.port)


def readers(control: ServerControl) -> str:
    """Who can use the site, now or from the next start on, as a sentence begins."""
    settings = settings_of(control)
    return "Whoever knows the password" if settings.user else audience(control.address, settings)
