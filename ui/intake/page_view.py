"""One page, big, over the form: zoomed, pushed about, turned; the next page and the way back on a key each."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.intake.page_acts import KEYS, PageAct, PageHands, told
from ui.intake.pages_desk import PagesDesk
from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import Page
from ui.tasks import Task
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.page_sheet import PUSH, Fit, PageSheet

_Key = Qt.Key
PUSHES = {
    _Key.Key_Left: (-PUSH, 0),
    _Key.Key_Right: (PUSH, 0),
    _Key.Key_Up: (0, -PUSH),
    _Key.Key_Down: (0, PUSH),
}
TURN_ON = {_Key.Key_Right, _Key.Key_Down, _Key.Key_Space}
TURN_BACK = {_Key.Key_Left, _Key.Key_Up, _Key.Key_Backspace}
ACTS = (PageAct.TURN_LEFT, PageAct.TURN_RIGHT, PageAct.MOVE, PageAct.DELETE)


class PageView(QFrame):
    """Covers its parent while it is open."""

    turned_to = Signal(object)  # Page

    def __init__(self, papers: PapersDesk, desk: PagesDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._papers, self._desk, self._over = papers, desk, parent
        self._page: Page | None = None
        self._drawing: Task | None = None
        self._before: QWidget | None = None
        self.hands = PageHands(desk, self, self.open)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Xem trang giấy"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.sheet.wanted.connect(self._draw)
        self.sheet.zoomed.connect(self._show_zoom)
        desk.arranged.connect(self._follow)
        self.hide()

    def _build(self) -> None:
        self.words = ElidedLabel(role="heading")
        self.sheet = PageSheet()
        self.percent = label(role="strong")
        self.percent.setFixedWidth(52)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.acts = {act: self._act_button(act) for act in ACTS}
        head, tools = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.words, 1)
        for button in self.acts.values():
            head.addWidget(button)
        head.addWidget(self._button(self.tr("Trở lại"), "Esc", "undo-2", self.shut))
        tools.setSpacing(2)
        tools.addWidget(self._button(self.tr("Thu nhỏ"), "Ctrl+-", "", partial(self.sheet.zoom_by, -1)))
        tools.addWidget(self.percent)
        tools.addWidget(self._button(self.tr("Phóng to"), "Ctrl++", "", partial(self.sheet.zoom_by, 1)))
        tools.addWidget(self._button(self.tr("Cả trang"), "Ctrl+0", "", partial(self.sheet.fit, Fit.PAGE)))
        tools.addWidget(self._button(self.tr("Vừa bề ngang"), "W", "", partial(self.sheet.fit, Fit.WIDTH)))
        tools.addWidget(self._button("100 %", "1", "", partial(self.sheet.zoom_to, 1.0)))
        tools.addStretch()
        tools.addWidget(self._button(self.tr("Trang trước"), "PgUp", "", partial(self._turn, -1)))
        tools.addWidget(self._button(self.tr("Trang sau"), "PgDown", "", partial(self._turn, 1)))
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self.sheet, 1)

    def _button(self, words: str, key: str, sign: str, act: Callable[[], None]) -> KeyButton:
        made = KeyButton(words, key, sign, "quiet")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda *_: act())
        return made

    def _act_button(self, act: PageAct) -> KeyButton:
        said = told(act)
        short = {PageAct.MOVE: self.tr("Chuyển…"), PageAct.DELETE: self.tr("Xóa")}.get(act, said.words)
        return self._button(short, said.key, said.sign, partial(self._do, act))

    def open(self, page: Page) -> None:
        """Show a page over everything else."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.fit(Fit.PAGE)
        self._turn_to(page)

    def shut(self) -> None:
        """Back to where the officer was."""
        self.hide()
        self.sheet.put_away()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows push an enlarged page, and turn over one that is seen whole; the buttons have their own keys."""
        key = _Key(event.key())
        pressed = QKeySequence(event.keyCombination()).toString()
        if pressed in KEYS and self._page is not None:
            self.hands.do(KEYS[pressed], [self._page], self.mapToGlobal(self.sheet.pos() + QPoint(24, 24)))
            return
        if key in PUSHES and self.sheet.push(*PUSHES[key]):
            return
        match key:
            case _ if key in TURN_ON:
                self._turn(1)
            case _ if key in TURN_BACK:
                self._turn(-1)
            case _Key.Key_Home | _Key.Key_End:
                self._turn(-len(self._papers.pages) if key == _Key.Key_Home else len(self._papers.pages))
            case _Key.Key_Plus | _Key.Key_Equal:
                self.sheet.zoom_by(1)
            case _Key.Key_Minus:
                self.sheet.zoom_by(-1)
            case _Key.Key_Escape | _Key.Key_Return | _Key.Key_Enter:
                self.shut()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show every act with its key."""
        if self._page is not None:
            self.hands.show_menu([self._page], event.globalPos())

    def _turn(self, by: int) -> None:
        pages = self._papers.pages
        if self._page in pages:
            self._turn_to(pages[min(max(pages.index(self._page) + by, 0), len(pages) - 1)])

    def _do(self, act: PageAct) -> None:
        if self._page is not None:
            corner = self.acts[act].rect().bottomLeft()
            self.hands.do(act, [self._page], self.acts[act].mapToGlobal(corner + QPoint(0, 4)))

    def _follow(self, pages: tuple[Page, ...]) -> None:
        """Go where the pages of an act are now; without any page there is nothing to see."""
        if not self.isVisible():
            return
        if pages:
            self._turn_to(pages[0])
        else:
            self.shut()

    def _turn_to(self, page: Page) -> None:
        same = self._page is not None and self._page.picture == page.picture and not self.sheet.seen.isNull()
        self._page = page
        pages = self._papers.pages
        number = pages.index(page) + 1 if page in pages else 1
        words = self.tr("Trang {number}/{all} · {title}")
        self.words.set_words(words.format(number=number, all=len(pages), title=page.title))
        for act, button in self.acts.items():
            button.setVisible(self._desk.may_act)
            button.setEnabled(self.hands.may(act, [page]))
        if same:
            self.sheet.turn(page.turned)
        else:
            self.sheet.show_page(page.turned)
        self.turned_to.emit(page)

    def _draw(self, width: int) -> None:
        if self._page is None:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        task = self._drawing = self._papers.picture(self._page, width)
        task.succeeded.connect(self._show)
        task.failed.connect(self._papers.failed)

    def _show(self, png: bytes) -> None:
        if self.sender() is self._drawing:  # else it comes too late: another page or size was asked for since
            self.sheet.take(png)

    def _show_zoom(self) -> None:
        self.percent.setText(f"{self.sheet.zoom:.0%}".replace("%", " %"))
