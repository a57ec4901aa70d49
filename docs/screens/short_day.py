"""A short day beside the counter day, for screens it does not come to: a morning without numbers, a book, a leader's turn, a sign-in.

`python docs/screens/short_day.py FOLDER` leaves the photographs in `FOLDER/screenshots`. Everything is done by keys.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog

from clerk_app.language import VIETNAMESE
from clerk_app.practice.central import start_central
from clerk_app.practice.office import PracticeOffice, make_practice
from clerk_app.practice.people import LEADER
from ui import offscreen, theme
from ui.day_clerk import Clerk
from ui.day_hands import DayStopped, Hands
from ui.day_script import ALONE
from ui.desktop import Desktop
from ui.language import speak
from ui.signfile.view_model import Step

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_LETTER = """<p align="center"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></p>
<p align="center"><b>CÔNG VĂN (LUYỆN TẬP)</b><br>về việc rà soát thủ tục hành chính</p>
<p>Đề nghị các quầy rà soát thành phần hồ sơ của những thủ tục đang tiếp nhận và báo lại trong tuần.</p>"""
_GROUND = "12/GUQ-UBND ngày 23/11/2026"


class NoBrowser(QObject):
    """Takes the address that a browser would be opened with: the page waits for a person at the browser."""

    @Slot(QUrl)
    def open(self, _: QUrl) -> None:
        """Leave it."""


class ShortDay:
    """One window, two people."""

    def __init__(self, office: PracticeOffice, desktop: Desktop, out: Path) -> None:
        self._office, self._desktop = office, desktop
        self._hands = Hands(desktop, out / "screenshots")

    def play(self, ends: ExitStack) -> None:
        """Play it; raises `DayStopped` where it gets stuck."""
        self._desktop.show()
        self._open()
        self._receive_without_numbers()
        self._open_a_book()
        self._sit_down_as_leader()
        self._look_at_the_list()
        self._delegate()
        self._put_a_sign_on_a_file()
        central = start_central(self._office.central, self._office.central_port)
        ends.callback(central.stop)
        self._begin_to_sign_in()

    def _open(self) -> None:
        field, before = self._desktop.unlock_view.passphrase, self._desktop.screens
        self._hands.wait(lambda: field.hasFocus() and bool(field.text()), "trang mở quầy")
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(lambda: self._desktop.screens is not before, "quầy mở ra")

    def _receive_without_numbers(self) -> None:
        screens = self._desktop.screens
        Clerk(self._hands, screens, self._office.papers, scans=False).receive(ALONE[1])
        self._hands.press(Qt.Key.Key_3, _CTRL)
        self._hands.press(Qt.Key.Key_F6)
        self._hands.wait(lambda: bool(screens.codes.items), "hồ sơ chờ cấp mã")
        self._hands.photograph("cho-cap-ma")
        self._hands.press(Qt.Key.Key_Escape)
        self._hands.press(Qt.Key.Key_1, _CTRL)

    def _open_a_book(self) -> None:
        view = self._desktop.screens.day_pages.books
        self._hands.press(Qt.Key.Key_0, _CTRL)
        self._hands.press(Qt.Key.Key_F7)
        self._hands.wait(self._hands.is_quiet, "trang sổ số")
        self._hands.press(Qt.Key.Key_F9)
        self._hands.wait(lambda: bool(view.books.rows) and view.news.isVisible(), "sổ mở xong")
        self._hands.wait(self._hands.is_quiet, "sổ hiện ra")
        self._hands.photograph("so-so")

    def _sit_down_as_leader(self) -> None:
        self._hands.press(Qt.Key.Key_L, _CTRL)
        people = self._desktop.unlock_view.officer
        self._hands.wait(people.isVisible, "trang mở quầy")
        self._hands.press(Qt.Key.Key_C, _ALT)
        self._hands.wait(people.hasFocus, "ô cán bộ")
        while people.currentData() != LEADER.officer.id:
            self._hands.press(Qt.Key.Key_Down)
        self._hands.press(Qt.Key.Key_M, _ALT)
        self._open()

    def _look_at_the_list(self) -> None:
        model = self._desktop.screens.approval
        self._hands.press(Qt.Key.Key_5, _CTRL)
        self._hands.wait(lambda: bool(model.items and model.pages), "văn bản chờ ký")
        self._hands.wait(self._hands.is_quiet, "văn bản hiện ra")
        self._hands.photograph("ky-duyet")

    def _delegate(self) -> None:
        screens = self._desktop.screens
        self._hands.press(Qt.Key.Key_F5)
        view = screens.approval_pages.delegations
        self._hands.wait(lambda: bool(screens.delegations.candidates), "người được ủy quyền")
        self._hands.press(Qt.Key.Key_F9)  # without its ground: the keys go there
        self._hands.wait(view.ground.hasFocus, "ô căn cứ")
        self._hands.type(_GROUND)
        self._hands.press(Qt.Key.Key_F9)
        self._hands.wait(lambda: bool(screens.delegations.delegations), "ủy quyền lập xong")
        self._hands.photograph("uy-quyen")
        self._hands.press(Qt.Key.Key_Escape)

    def _put_a_sign_on_a_file(self) -> None:
        screens = self._desktop.screens
        self._hands.press(Qt.Key.Key_7, _CTRL)
        self._hands.press(Qt.Key.Key_O, _CTRL)
        self._hands.wait(lambda: isinstance(self._hands.front, QDialog), "hộp chọn tệp")
        self._hands.type(str(_written(self._office.papers / "Công văn rà soát thủ tục.pdf")))
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(lambda: screens.sign_file.step is Step.READY, "tệp mở ra")
        self._hands.wait(self._hands.is_quiet, "trang hiện ra")
        self._hands.wait(lambda: not screens.workplace.toast.isVisible(), "tin ủy quyền biến mất")
        self._hands.photograph("ky-tep")

    def _begin_to_sign_in(self) -> None:
        self._hands.press(Qt.Key.Key_L, _CTRL)
        view, model = self._desktop.unlock_view, self._desktop.sign_in
        self._hands.wait(view.sign_in.isVisible, "nút đăng nhập hệ thống")
        self._hands.press(Qt.Key.Key_F2)
        self._hands.wait(lambda: model is not None and model.busy, "đang chờ trình duyệt")
        self._hands.photograph("dang-nhap")
        self._hands.press(Qt.Key.Key_Escape)
        self._hands.wait(lambda: model is not None and not model.busy, "thôi đăng nhập")


def _written(file: Path) -> Path:
    """Write a letter as an office program would."""
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    letter = QTextDocument()
    letter.setDefaultFont(QFont("Liberation Serif", 13))
    letter.setHtml(_LETTER)
    letter.print_(writer)
    return file


def main(folder: Path) -> int:
    """Play the day in a fresh practice office."""
    if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        offscreen.hush()
    app = QApplication([])
    speak(app, VIETNAMESE)
    theme.apply(app)
    app.setCursorFlashTime(0)
    nobody = NoBrowser()
    QDesktopServices.setUrlHandler("http", nobody, "open")
    office = make_practice(folder / ".practice", fresh=True)
    with ExitStack() as ends:
        desktop = Desktop(office.counter, printed=folder / "printed")
        ends.callback(desktop.close)
        try:
            ShortDay(office, desktop, folder).play(ends)
        except DayStopped as stopped:
            sys.stderr.write(f"{stopped}\n{stopped.remedy}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
