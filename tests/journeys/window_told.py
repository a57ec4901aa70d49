"""The real window on a counter's folder, telling on standard output what a person in front of it would see.

Run as a script with the folder and the folder to print into. One JSON object a line, each time something
changed. It sends no key and calls nothing: whoever works here has a keyboard only.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.desktop import Desktop
from ui.notices import Crashes


def main(folder: str, printed: str) -> int:
    app = QApplication([])
    theme.apply(app)
    desktop = Desktop(Path(folder), printed=Path(printed))
    crashes = Crashes(desktop)
    crashes.listen()
    tell = Teller(desktop)
    crashes.reported.connect(tell.crash)
    app.focusChanged.connect(tell.focus)
    desktop.opened.connect(tell.opened)
    desktop.show()
    tell.front()
    return app.exec()


class Teller:
    """Says everything once."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._last: dict[str, object] = {}

    def opened(self) -> None:
        screens = self._desktop.screens
        for signal in (screens.intake.changed, screens.rounds.changed):
            signal.connect(self.seen)
        self.seen()

    def focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Name the field with the focus as a screen reader would, and the window it is in."""
        self._say(focus=now.accessibleName() if now is not None else "")

    def front(self) -> None:
        """Tell which window a window manager would give the keys to."""
        front = QApplication.activeModalWidget() or self._desktop.window
        self._say(window=int(front.winId()))

    def crash(self, report: str) -> None:
        self._say(crash=report)

    def seen(self) -> None:
        """Tell what the screen shows now."""
        self.front()
        screens = self._desktop.screens
        intake, sending = screens.intake, screens.rounds.sending
        slip = intake.slip
        self._say(
            stage=intake.stage.name,
            ready=bool(intake.draft.id),
            found=[each.code for each in intake.procedures.found],
            procedure=intake.draft.procedure,
            owner=intake.people.applicant.owner.name,
            laid=sorted(row.kind.key for row in intake.papers.rows if row.settled and not intake.at_work),
            todo=[each.text for each in intake.todo],
            notice=str(intake.notice or slip.notice or ""),
            line=screens.intake_view.papers.current_key,
            code=slip.dossier.code if slip.dossier else "",
            copies=slip.copies,
            counted=screens.intake_view.counted.presses,
            numbers=sending.numbers_left if sending else 0,
            waiting=sending.entries_waiting if sending else 0,
            last_round=str(sending.last_round if sending else ""),
        )

    def _say(self, **facts: object) -> None:
        fresh = {name: value for name, value in facts.items() if self._last.get(name) != value}
        self._last |= fresh
        if fresh:
            sys.stdout.write(json.dumps(fresh, ensure_ascii=False) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    run: Callable[[str, str], int] = main
    sys.exit(run(*sys.argv[1:]))
