"""The command line: the same services as the window, without it."""

from clerk_app.cli.main import main

__all__ = ["main"]
