"""How requests of this counter leave the PC, as its settings say it: to central, and to where officers sign in."""

from clerk_app.settings import Settings
from sync.route import Route


def way_out(settings: Settings) -> Route:
    """Return the proxy and the roots of the settings."""
    return Route(settings.line.proxy, settings.line.ca_file)
