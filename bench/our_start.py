"""Our program from its door to the first paint of the unlock page: `python -m bench.our_start FOLDER`."""

import sys
from pathlib import Path

from bench.first_paint import report
from ui import __main__ as door
from ui import desktop


class _Measured(desktop.Desktop):
    def _warm(self) -> None:
        """Called when the unlock page has been painted: the end of the way."""
        report()


def main(folder: Path) -> int:
    """Open the window as `clerk-app` does, on a counter's folder of the bench."""
    names = vars(desktop)
    assert {"Desktop", "counter_folder"} <= names.keys()
    names.update(Desktop=_Measured, counter_folder=lambda: folder)
    return door.main([])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
