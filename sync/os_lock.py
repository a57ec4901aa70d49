"""A lock of the operating system on an open file: held by one process, let go when it ends, however it ends."""

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def take(file: BinaryIO) -> None:
        """Take the lock at once; raises `OSError` where another holds it."""
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def let_go(file: BinaryIO) -> None:
        """Let the lock go."""
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def take(file: BinaryIO) -> None:
        """Take the lock at once; raises `OSError` where another holds it."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def let_go(file: BinaryIO) -> None:
        """Let the lock go."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


_LOCKED_BYTE = 1 << 30  # far behind a note, so that others can read the note where locks are mandatory
