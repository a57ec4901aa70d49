"""The command `clerk-app`: without arguments or with `demo` it opens the window, the rest is the command line's."""

import importlib
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run what `argv` asks for (the program's own arguments by default) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    match words:
        case []:
            room = "ui.desktop"
        case ["demo", *_]:
            room = "ui.demo"
        case _:
            room = "clerk_app.cli"
    # Deferred for start-up time: the command line starts without Qt, the window without the command line.
    door = importlib.import_module(room)
    return int(door.main(words))


if __name__ == "__main__":
    sys.exit(main())
