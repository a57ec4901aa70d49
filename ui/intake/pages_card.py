"""The pages that are safe on the disk, as small pictures beside the form, and what may be done with them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.intake.page_acts import KEYS, PageAct, PageHands, told
from ui.intake.pages_desk import PagesDesk
from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import Page
from ui.theme import Tone
from ui.widgets import page_tiles
from ui.widgets.card import Card
from ui.widgets.icon_button import IconButton
from ui.widgets.label import label
from ui.widgets.page_strip import PageStrip
from ui.widgets.page_tiles import PICTURE_WIDTH
from ui.widgets.status_badge import StatusBadge

BUTTONS = (
    PageAct.TURN_LEFT,
    PageAct.TURN_RIGHT,
    PageAct.MOVE,
    PageAct.SPLIT,
    PageAct.DELETE,
    PageAct.UNDO,
)


class PagesCard(Card):
    """Asks `papers` for the pictures it lacks; what the officer does to pages goes to `desk`."""

    page_wanted = Signal(object)  # Page

    def __init__(self, papers: PapersDesk, desk: PagesDesk) -> None:
        super().__init__(padding=8)
        self._papers, self._desk = papers, desk
        self._pages: dict[str, Page] = {}
        self.hands = PageHands(desk, self, self.page_wanted.emit)
        self.count = StatusBadge()
        self.nothing = label(
            self.tr("Quét (F6), chọn tệp (Ctrl+O) hoặc kéo tệp vào đây. Trang chỉ hiện khi đã lưu an toàn."),
            role="small",
            wrap=True,
        )
        self.strip = PageStrip(self.tr("Trang đã lưu"), KEYS)
        self.buttons = {act: IconButton(*_told(act)) for act in BUTTONS}
        keys = self.tr("Shift+F5 tới đây · R xoay · Ctrl+← → đổi chỗ · M chuyển · S tách · Delete xóa")
        whole = (each.replace(" ", "\u00a0") for each in keys.split(" · "))  # a key stays beside its word
        self.hint = label(" · ".join(whole), role="small", wrap=True)
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 2, 0, 2)
        head.addWidget(label(self.tr("Trang đã lưu"), role="heading"))
        head.addWidget(self.count)
        head.addStretch()
        acts = QHBoxLayout()
        acts.setSpacing(0)
        for button in self.buttons.values():
            acts.addWidget(button)
        acts.addStretch()
        for words in (self.nothing, self.hint):
            words.setContentsMargins(6, 0, 6, 0)
        self.column.addLayout(head)
        self.column.addLayout(acts)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.strip, 1)
        self.column.addWidget(self.hint)

    def _bind(self) -> None:
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self._do, act))
        self.strip.wanted.connect(self._draw)
        self.strip.opened.connect(lambda key: self.page_wanted.emit(self._pages[key]))
        self.strip.asked.connect(self._do)
        self.strip.menu_wanted.connect(lambda at: self.hands.show_menu(self.chosen, at))
        self.strip.chosen_changed.connect(self._show_buttons)
        self.strip.dropped.connect(self._lay)
        self._desk.arranged.connect(lambda pages: self.strip.choose_all([page.key for page in pages]))

    @property
    def chosen(self) -> tuple[Page, ...]:
        """The pages that an act is meant for, in their order."""
        return self.named(self.strip.chosen_keys)

    def named(self, keys: Iterable[str]) -> tuple[Page, ...]:
        """Return the pages of these names."""
        return tuple(self._pages[key] for key in keys if key in self._pages)

    def show_pages(self, roomy: bool) -> None:
        """Show every filed page, in the order of the checklist."""
        self._pages = {page.key: page for page in self._papers.pages}
        self.strip.set_pages([_tile(page) for page in self._pages.values()])
        self.strip.let_move(self._desk.may_act)
        self.count.set_status(str(len(self._pages)) if self._pages else "", Tone.NEUTRAL)
        self.nothing.setVisible(not self._pages)
        self.hint.setVisible(roomy and bool(self._pages))
        self._show_buttons()

    def _show_buttons(self) -> None:
        for act, button in self.buttons.items():
            button.setVisible(self._desk.may_undo or (self._desk.may_act and bool(self._pages)))
            button.setEnabled(self.hands.may(act, self.chosen))

    def _do(self, act: PageAct, *_: bool) -> None:
        tile = self.strip.visualRect(self.strip.currentIndex())
        at = self.strip.viewport().mapToGlobal(tile.bottomLeft() + QPoint(8, -30))
        self.hands.do(act, self.chosen, at)

    def _lay(self, keys: tuple[str, ...], beside: str, behind: bool) -> None:
        if (picked := self.named(keys)) and beside in self._pages:
            self._desk.drop(picked, self._pages[beside], behind)

    def _draw(self, name: str) -> None:
        page = next(page for page in self._pages.values() if page.picture == name)
        width = round(PICTURE_WIDTH * self.devicePixelRatioF())
        task = self._papers.picture(page, width)
        awaited = _Awaited(self.strip, name)
        task.succeeded.connect(awaited.come)
        task.failed.connect(self._papers.failed)
        task.cancelled.connect(awaited.give_up)


class _Awaited(QObject):
    """A picture on its way to the strip, which may be gone when it comes: Qt lets go of the connection with the strip."""

    def __init__(self, strip: PageStrip, name: str) -> None:
        super().__init__(strip)
        self._strip, self._name = strip, name

    def come(self, png: bytes) -> None:
        self._strip.set_picture(self._name, png)
        self.deleteLater()

    def give_up(self) -> None:
        self._strip.give_up(self._name)
        self.deleteLater()


def _tile(page: Page) -> page_tiles.Page:
    return page_tiles.Page(page.key, page.title, picture=page.picture, turned=page.turned)


def _told(act: PageAct) -> tuple[str, str, str]:
    said = told(act)
    return said.words, said.key, said.sign
