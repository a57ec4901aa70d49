"""A clerk's hands and eyes on the real window: keys, typed text, waiting for what is seen, photographs of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from clerk_app.errors import OfficeError
from ui.desktop import Desktop
from ui.tasks import Task

SIZES = ((1366, 768), (1920, 1080))  # the office's usual screens, in pixels
_TICK = 20  # ms between two looks while nothing happens
_PATIENCE = 60.0  # seconds until something that should come counts as missing
_QUIET = 5.0  # seconds to wait for what is still being drawn
_STOREYS = 6  # turns of the event loop: a new size travels one layout inwards a turn
_EDGE = "#8A96A3"
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class DayStopped(OfficeError):
    message = "Ngày làm việc mẫu dừng lại: chờ mãi không thấy {what}."
    remedy = "Xem ảnh chụp cuối cùng trong thư mục kết quả và dòng lỗi ở trên."


class Hands:
    """Works one window as a person does. `keys` counts the strokes."""

    def __init__(self, desktop: Desktop, photos: Path) -> None:
        self._desktop, self._photos = desktop, photos
        self.keys = 0
        self.crashes: list[str] = []

    @property
    def front(self) -> QWidget:
        """The window that takes the keys now: a dialog that is open, else the window itself."""
        dialogs = self._dialogs()
        return dialogs[-1] if dialogs else self._desktop.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Press one key on whatever has the focus; shortcuts see it first, as ever."""
        front = self._to_front()
        self.keys += 1
        QTest.keyClick(front.windowHandle(), key, modifier)

    def type(self, text: str) -> None:
        """Type into the field with the focus; letters beyond ASCII arrive as from an input method."""
        front = self._to_front().windowHandle()
        for letter in text:
            self.keys += 1
            if letter.isascii():
                QTest.keyClick(front, ord(letter))
            else:
                commit = QInputMethodEvent()
                commit.setCommitString(letter)
                QCoreApplication.sendEvent(_field(), commit)

    def scan(self, text: str) -> None:
        """Let a wedge scanner type the text of a code: keys without an input method, and no key of the clerk's."""
        self._to_front()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(_field(), QKeyEvent(kind, 0, _NO_MODIFIER, letter))

    def wait(self, until: Callable[[], bool], what: str, seconds: float = _PATIENCE) -> None:
        """Let the window live until something is so; raises `DayStopped` naming `what` was waited for."""

        def is_over() -> bool:
            self._activate()
            return bool(self.crashes) or until()

        if not _lives_until(is_over, seconds) or self.crashes:
            self.photograph("dung-lai")
            raise DayStopped(what=what)

    def is_quiet(self) -> bool:
        """Whether no work is on its way behind the window."""
        return not self._desktop.tasks.findChildren(Task)

    def photograph(self, name: str) -> None:
        """Photograph the window with its dialogs at both sizes."""
        self._photos.mkdir(parents=True, exist_ok=True)
        window = self._desktop.window
        before = window.size()
        for width, height in SIZES:
            window.resize(width, height)
            for _ in range(_STOREYS):
                QCoreApplication.processEvents()
            _lives_until(self.is_quiet, _QUIET)  # pages are drawn anew for another width
            self._picture(window, self._photos / f"{name}-{width}x{height}.png")
        window.resize(before)
        QCoreApplication.processEvents()

    def _picture(self, window: QWidget, file: Path) -> None:
        picture = window.grab()
        painter = QPainter(picture)
        for dialog in self._dialogs():
            place = QRect(QPoint(), dialog.size())
            place.moveCenter(window.rect().center())
            painter.fillRect(place.adjusted(-1, -1, 1, 1), QColor(_EDGE))  # as a window manager would
            painter.drawPixmap(place.topLeft(), dialog.grab())
        painter.end()
        picture.save(str(file))

    def _dialogs(self) -> list[QDialog]:
        return [dialog for dialog in self._desktop.window.findChildren(QDialog) if dialog.isVisible()]

    def _to_front(self) -> QWidget:
        front = self.front
        self.wait(front.isActiveWindow, "cửa sổ lên trước")
        return front

    def _activate(self) -> None:
        """Bring the right window to the front where no window manager does."""
        front = self.front
        if front.isVisible() and not front.isActiveWindow():
            front.activateWindow()


def _lives_until(so: Callable[[], bool], seconds: float) -> bool:
    """Let the event loop turn until something is so; False when it took too long."""
    tick = QTimer(interval=_TICK)
    tick.start()
    deadline = QDeadlineTimer(round(seconds * 1000))
    while not so():
        if deadline.hasExpired():
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return True


def _field() -> QWidget:
    field = QApplication.focusWidget()
    if field is None:
        raise DayStopped(what="ô nhập liệu")
    return field
