"""One line under the checklist's head while the scanner has left something to settle: words, and the key that settles it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ui.icon import pixmap
from ui.intake.papers_desk import PapersDesk
from ui.intake.scan_desk import ScanDesk
from ui.notices import in_words
from ui.theme import Tone, tone_colours
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton


class ScanRow(QFrame):
    """An open stack, or files in the scan folder; hidden while there is neither."""

    taken = Signal()  # what lies in the scan folder is wanted for the current line

    def __init__(self, papers: PapersDesk, scans: ScanDesk) -> None:
        super().__init__()
        self._papers, self._scans = papers, scans
        self.setObjectName("scan_row")
        self._tone: Tone | None = None
        self.sign, self.line = QLabel(), ElidedLabel()
        self.button = KeyButton("", "Ctrl+F6", kind="slim")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._on_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.setSpacing(10)
        row.addWidget(self.sign)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.hide()

    def show_scans(self) -> None:
        """Show what is left to settle, the stack first."""
        scans, stack = self._scans, self._scans.stack
        row = next((each for each in self._papers.rows if stack and each.kind.key == stack.paper), None)
        if scans.scanning or not self._papers.rows:
            self.hide()
        elif stack is not None and row is not None:
            words = self.tr("Lần quét dở: {n} trang đã lưu · {paper} · F6 quét tiếp")
            self._say(words.format(n=stack.pages, paper=row.kind.title), self.tr("Xong"), Tone.WARN)
        elif scans.waiting:
            words = self.tr("Thư mục quét: {n} tệp đang chờ").format(n=scans.waiting)
            self._say(words, self.tr("Lấy vào dòng đang chọn"), Tone.INFO)
        elif scans.folder_trouble is not None:
            self._say(in_words(scans.folder_trouble).message, "", Tone.WARN)
        else:
            self.hide()

    def _on_pressed(self) -> None:
        if self._scans.stack is not None:
            self._scans.end_stack()
        else:
            self.taken.emit()

    def _say(self, words: str, act: str, tone: Tone) -> None:
        """Say something, and what Ctrl+F6 does about it: "" for nothing."""
        self.line.set_words(words)
        self.button.set_words(act)
        self.button.setVisible(bool(act))
        self._dress(tone)
        self.show()

    def _dress(self, tone: Tone) -> None:
        if tone is self._tone:
            return
        self._tone = tone
        ink, ground = tone_colours(tone)
        self.sign.setPixmap(pixmap(tone.icon, ink, 18))
        self.setStyleSheet(f"#scan_row {{ background: {ground}; border: none; border-radius: 8px; }}")
