"""Where things lie on this computer: one answer for the window and the command line."""

import os
from pathlib import Path

import platformdirs


def counter_folder(chosen: Path | None = None) -> Path:
    """Return the counter's data folder: the one named, CLERK_APP_DATA, or the user's own."""
    if chosen is not None:
        return chosen.resolve()
    if told := os.environ.get("CLERK_APP_DATA"):
        return Path(told).resolve()
    return platformdirs.user_data_path("quay-mot-cua", appauthor=False)


def central_folder(chosen: Path | None = None) -> Path:
    """Return the reference central system's folder: the one named, or one of its own beside the user's counter."""
    if chosen is not None:
        return chosen.resolve()
    return platformdirs.user_data_path("quay-mot-cua-trung-tam", appauthor=False)


def state_folder(chosen: Path | None = None) -> Path:
    """Return where this computer remembers how far its counter has come: the one named, CLERK_APP_STATE, or the user's own."""
    if chosen is not None:
        return chosen
    if told := os.environ.get("CLERK_APP_STATE"):
        return Path(told).resolve()
    return platformdirs.user_state_path("quay-mot-cua", appauthor=False)
