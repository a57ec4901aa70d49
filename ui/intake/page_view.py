"""One page, big, over the form: arrows turn, plus and minus zoom, Esc goes back."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.intake.elided import ElidedLabel
from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import Page
from ui.theme import current
from ui.widgets.key_button import KeyButton

STEP = 1.25
LEAST, MOST = 0.5, 4.0
TURN_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space}
TURN_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp}


class PageView(QFrame):
    """Covers its parent while it is open."""

    def __init__(self, papers: PapersDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._papers = papers
        self._page: Page | None = None
        self._zoom = 1.0
        self._over = parent
        self._before: QWidget | None = None
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Xem trang giấy"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = ElidedLabel(role="heading")
        self.leave = KeyButton(self.tr("Trở lại (Esc)"), icon="undo-2", kind="quiet")
        self.leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave.clicked.connect(self.shut)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setStyleSheet(f"background: {current().sunken}; border-radius: 6px;")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.hide()

    def open(self, page: Page) -> None:
        """Show a page over everything else."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._zoom = 1.0
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turn_to(page)

    def shut(self) -> None:
        """Back to where the officer was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case key if key in TURN_ON:
                self._turn(1)
            case key if key in TURN_BACK:
                self._turn(-1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_to(self._zoom * STEP)
            case Qt.Key.Key_Minus:
                self._zoom_to(self._zoom / STEP)
            case Qt.Key.Key_Escape | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.shut()
            case _:
                super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        pages = self._papers.pages
        if self._page in pages:
            place = pages.index(self._page) + by
            if 0 <= place < len(pages):
                self._turn_to(pages[place])

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(MOST, max(LEAST, zoom))
        if self._page:
            self._turn_to(self._page)

    def _turn_to(self, page: Page) -> None:
        self._page = page
        number = self._papers.pages.index(page) + 1 if page in self._papers.pages else 1
        words = self.tr("Trang {number}/{all} · {title} · mũi tên: lật trang, + −: phóng to, thu nhỏ")
        self.words.set_words(words.format(number=number, all=len(self._papers.pages), title=page.title))
        ratio = self.devicePixelRatioF()
        fitting = (self.area.viewport().height() - 8) / 1.414
        task = self._papers.picture(page, round(max(320.0, fitting) * self._zoom * ratio))
        task.succeeded.connect(lambda png: self._show(page, png, ratio))
        task.failed.connect(self._papers.failed)

    def _show(self, page: Page, png: bytes, ratio: float) -> None:
        picture = QPixmap()
        if page == self._page and picture.loadFromData(png):
            picture.setDevicePixelRatio(ratio)
            self.sheet.setPixmap(picture)
