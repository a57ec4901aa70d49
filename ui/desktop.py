"""The window's day: unlock page first, then the desk is opened away from the window and held until the end."""

from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from clerk_app.clock import now
from clerk_app.errors import Notice, OfficeError
from clerk_app.language import language
from clerk_app.places import counter_folder
from clerk_app.practice.people import PASSPHRASE
from clerk_app.progress import Progress
from clerk_app.settings import Settings, read_settings
from ui import theme
from ui.garbage import GarbageCollector
from ui.language import speak
from ui.main_window import MainWindow
from ui.notices import Crashes
from ui.single_instance import SingleInstance
from ui.tasks import Lane, Tasks
from ui.unlock.sign_in_model import OpenBrowser, SignInViewModel
from ui.unlock.view import UnlockView
from ui.unlock.view_model import UnlockViewModel

ROUND_SECONDS = 20.0  # between two rounds with central
PRINTED = "printed"  # folder of a practice counter without a printer


class Desktop(QObject):
    """One window on one counter's folder. `opened` when a workplace stands in it: `screens` then holds it.

    `clerk_app.desk` and the screens are imported on the way to it, for start-up time: the unlock page is
    painted before SQLAlchemy, pyHanko and their like are read from the disk.
    """

    opened = Signal()

    def __init__(self, folder: Path, every: float = ROUND_SECONDS, printed: Path | None = None) -> None:
        super().__init__()
        self._every, self._printed = every, printed
        self._held = ExitStack()
        self._desk: Any = None  # clerk_app.furniture.Desk
        self._officer = ""
        self.screens: Any = None  # ui.screens.Screens
        GarbageCollector(self)
        self.tasks = Tasks(self)
        self.window = MainWindow()
        self.settings, trouble = _settings(folder)
        self.sign_in: SignInViewModel | None = None  # where the settings name a provider
        self.unlock, self.unlock_view = self._unlock_page(trouble)
        self.window.put(self.unlock_view)
        self.window.closing.connect(self.close)

    @property
    def desk(self) -> Any:
        """The open desk (clerk_app.furniture.Desk), None before the first unlock."""
        return self._desk

    def show(self) -> None:
        """Put the window on the screen, as large as the screen is worth."""
        self.window.show()

    def lock(self) -> None:
        """Leave the counter: the work stays where it is, behind the unlock page."""
        self.screens.rest()
        self.window.put(self.unlock_view)
        self.unlock_view.begin()

    def bar(self, notice: Notice) -> None:
        """Lock at once, and say why: who sits here may not stay. Behind the lock nothing is told."""
        if self.window.shows(self.screens.workplace):
            self.lock()
            self.unlock.refuse(notice)

    def close(self) -> None:
        """Put everything away; waits for work on its way."""
        if self.screens is not None:
            self.screens.stop()
        self.window.hide()
        self.tasks.finish()
        self._held.close()

    def _unlock_page(self, trouble: OfficeError | None) -> tuple[UnlockViewModel, UnlockView]:
        settings = self.settings
        model = UnlockViewModel(settings.officers if settings else (), self._open, self.tasks)
        if trouble is not None:
            model.refuse(trouble)
        practice = PASSPHRASE if settings and settings.unit.practice else ""
        if settings is not None and settings.sign_in.issuer:
            self.sign_in = SignInViewModel(self._sign_in, self._due, self.tasks)
        view = UnlockView(model, settings.unit.name if settings else "", practice, self.sign_in)
        view.painted.connect(self._warm)
        model.opened.connect(self._on_opened)
        return model, view

    def _warm(self) -> None:
        """Read the heavy rooms while the officer types."""
        self.tasks.start(Lane.ARCHIVE, lambda _: import_module("clerk_app.desk"))

    def _open(self, officer_id: str, passphrase: bytearray, progress: Progress) -> Any:
        """Open the desk, or hand it to another officer. Called on a lane."""
        proof = None if self.sign_in is None else self.sign_in.proof
        unlocked = import_module("clerk_app.services.unlock").unlock(
            _there(self.settings).folder, officer_id, passphrase, proof
        )
        if self._desk is None:
            desk = import_module("clerk_app.desk")
            return self._held.enter_context(desk.open_desk(self.settings, unlocked, progress=progress))
        if officer_id != self._officer or not self._desk.up_to_date():
            return self._desk.switch(unlocked)
        self._desk.admit(unlocked)
        return self._desk

    def _sign_in(self, officer_id: str, open_browser: OpenBrowser, progress: Progress) -> Any:
        """Sign an officer in. Called on a lane."""
        room = import_module("clerk_app.services.sign_in")
        return room.SignIn(self.settings, open_browser)(officer_id, progress)

    def _due(self) -> Any:
        """Return who has to sign in soon. Called on a lane."""
        return import_module("clerk_app.services.offline_days").sign_in_due(_there(self.settings), now())

    def _on_opened(self, desk: Any) -> None:
        is_new = desk is not self._desk
        if is_new:
            self._furnish(desk)
        self.window.put(self.screens.workplace)
        if is_new:
            self.screens.begin()  # only now can a field take the focus
        self.opened.emit()

    def _furnish(self, desk: Any) -> None:
        if self.screens is not None:
            self.screens.stop()
            self.window.drop(self.screens.workplace)
        self._desk, self._officer = desk, desk.officer.id
        self.screens = import_module("ui.screens").furnish(desk, self.tasks, self._printer(), self._every)
        self.screens.workplace.lock_asked.connect(self.lock)
        self.screens.rounds.barred.connect(self.bar)

    def _printer(self) -> Any:
        printing = import_module("ui.printing")
        if self._printed is not None:
            return printing.FolderPrinter(self._printed)
        settings = _there(self.settings)
        return (
            printing.PracticePrinter(settings.folder / PRINTED, settings.printers)
            if settings.unit.practice
            else printing.QtPrinter(settings.printers)
        )


def main(_: Sequence[str] = ()) -> int:
    """Open the window on this PC's own counter."""
    return run(counter_folder())


def run(folder: Path) -> int:
    """Open the window on a counter's folder and return the exit code when it is closed."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    speak(app, language_of(folder))
    theme.apply(app)
    instance = SingleInstance(folder)
    if not instance.take():
        return _give_way(instance)
    desktop = Desktop(folder)
    instance.asked.connect(desktop.window.come_up)
    crashes = Crashes(desktop)
    crashes.reported.connect(desktop.window.show_crash)
    crashes.listen()
    desktop.show()
    try:
        return app.exec()
    finally:
        instance.release()


def language_of(folder: Path) -> str:
    """Return what a counter's window speaks: its own choice, else as the command line."""
    settings, _ = _settings(folder)
    return language(settings.language if settings else "")


def _give_way(instance: SingleInstance) -> int:
    """Bring up the window that is open already; say so when it does not answer."""
    if instance.call_the_other():
        return 0
    QMessageBox.warning(
        None,
        QCoreApplication.translate("Desktop", "Quầy Một Cửa"),
        QCoreApplication.translate(
            "Desktop",
            "Quầy Một Cửa đang mở trên máy này nhưng không trả lời. Đợi một phút rồi mở lại; "
            "nếu vẫn vậy, khởi động lại máy. Hồ sơ đã lưu không mất.",
        ),
    )
    return 1


def _settings(folder: Path) -> tuple[Settings | None, OfficeError | None]:
    try:
        return read_settings(folder), None
    except OfficeError as notice:
        return None, notice


def _there(settings: Settings | None) -> Settings:
    if settings is None:
        raise RuntimeError("nobody can unlock a counter without settings")
    return settings
