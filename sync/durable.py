"""Writing a file so that it is there after a power cut, whole or not at all."""

import os
import secrets
from pathlib import Path

TEMPORARY = ".tmp-"
"""Names of files that were never finished begin with this."""


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file: temporary name, fsync, rename, fsync of the folder. Replaces what was there."""
    temporary = path.with_name(TEMPORARY + secrets.token_hex(8))
    write_temporary(temporary, data)
    os.replace(temporary, path)  # noqa: PTH105 -- named here so that a test can stop between the steps
    settle_folder(path.parent)


def write_temporary(path: Path, data: bytes) -> None:
    """Write and fsync a file that nobody looks for yet."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Make a rename in this folder last. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
