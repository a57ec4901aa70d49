"""The pages that are safe on the disk, as small pictures beside the form."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import Page
from ui.theme import Tone
from ui.widgets import page_strip
from ui.widgets.card import Card
from ui.widgets.label import label
from ui.widgets.page_strip import PICTURE_WIDTH, PageStrip
from ui.widgets.status_badge import StatusBadge


def page_key(page: Page) -> str:
    """Return the page's name in the strip."""
    return f"{page.paper}/{page.file.sha256}/{page.index}"


class PagesCard(Card):
    """Asks `papers` for the pictures it lacks."""

    page_wanted = Signal(object)  # Page
    removal_wanted = Signal(object)  # Page

    def __init__(self, papers: PapersDesk) -> None:
        super().__init__(padding=8)
        self._papers = papers
        self._pages: dict[str, Page] = {}
        self.count = StatusBadge()
        head = QHBoxLayout()
        head.setContentsMargins(6, 2, 0, 2)
        head.addWidget(label(self.tr("Trang đã lưu"), role="heading"))
        head.addWidget(self.count)
        head.addStretch()
        self.nothing = label(
            self.tr("Quét (F6), chọn tệp (Ctrl+O) hoặc kéo tệp vào đây. Trang chỉ hiện khi đã lưu an toàn."),
            role="small",
            wrap=True,
        )
        self.nothing.setContentsMargins(6, 0, 6, 0)
        self.strip = PageStrip(self.tr("Trang đã lưu"))
        self.column.addLayout(head)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.strip, 1)
        self.strip.wanted.connect(self._draw)
        self.strip.opened.connect(lambda key: self.page_wanted.emit(self._pages[key]))
        self.strip.removed.connect(lambda key: self.removal_wanted.emit(self._pages[key]))

    def show_pages(self) -> None:
        """Show every filed page, in the order of the checklist."""
        self._pages = {page_key(page): page for page in self._papers.pages}
        self.strip.set_pages([page_strip.Page(key, page.title) for key, page in self._pages.items()])
        self.count.set_status(str(len(self._pages)) if self._pages else "", Tone.NEUTRAL)
        self.nothing.setVisible(not self._pages)

    def _draw(self, key: str) -> None:
        width = round(PICTURE_WIDTH * self.devicePixelRatioF())
        task = self._papers.picture(self._pages[key], width)
        task.succeeded.connect(partial(self.strip.set_picture, key))
        task.failed.connect(self._papers.failed)
