"""The papers of the chosen dossier: a line each, their pages as small pictures, and one page large."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.register.detail_words import paper_row
from ui.register.page_dialog import PageDialog
from ui.register.sheet import Picture, Sheet
from ui.register.view_model import RegisterViewModel
from ui.tasks import Task
from ui.theme import UNIT
from ui.widgets.checklist import ROW_HEIGHT, Checklist
from ui.widgets.page_strip import PageStrip
from ui.widgets.page_tiles import PICTURE_WIDTH, TILE, Page

_SCROLL_BAR = 16
_REST_MS = 250  # on one dossier, before its pages are drawn: the line may only be passing


class PapersPart(QWidget):
    """Enter on a paper or on a page opens it large."""

    def __init__(self, model: RegisterViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sheets: list[Sheet] = []
        self._queue: list[str] = []  # pictures that are wanted
        self._drawing: Task | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._draw_next)
        self.papers = Checklist(self.tr("Giấy tờ"))
        self.strip = PageStrip(self.tr("Các trang đã quét"))
        self.dialog = PageDialog(model.picture, self)
        self.strip.setFlow(PageStrip.Flow.LeftToRight)
        self.strip.setWrapping(False)
        self.strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setFixedHeight(TILE.height() + _SCROLL_BAR)
        self.papers.opened.connect(self._open_paper)
        self.strip.opened.connect(self._open_page)
        self.strip.wanted.connect(self._draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.papers)
        column.addWidget(self.strip)

    def render_model(self) -> None:
        """Show the papers of the chosen dossier."""
        dossier = self._model.chosen
        papers = dossier.papers if dossier else ()
        titles = dict(self._model.detail.titles)
        self.papers.set_rows(
            [paper_row(paper, paper.title or titles.get(paper.key, paper.key)) for paper in papers]
        )
        self.papers.setFixedHeight(ROW_HEIGHT * len(papers) + 2)
        self._sheets = [
            Sheet(page.sha256, page.index, paper.title or titles.get(paper.key, paper.key), page.turned)
            for paper, page in self._model.pages
        ]
        self.strip.set_pages(
            [
                Page(str(at), sheet.title, picture=sheet.picture, turned=sheet.turned)
                for at, sheet in enumerate(self._sheets)
            ]
        )
        self.strip.setVisible(bool(self._sheets))

    def _open_paper(self, key: str) -> None:
        """Open the first page of a paper; one without pages has nothing to open."""
        for at, (paper, _) in enumerate(self._model.pages):
            if paper.key == key:
                self.dialog.show_page(self._sheets, at)
                return

    def _open_page(self, key: str) -> None:
        self.dialog.show_page(self._sheets, int(key))

    def _draw(self, picture: str) -> None:
        self._queue.append(picture)
        self._rest.start()

    def _draw_next(self) -> None:
        """Draw one page after another, so that a print never waits behind a whole dossier."""
        shown = {sheet.picture: sheet for sheet in self._sheets}
        self._queue = [picture for picture in self._queue if picture in shown]
        if not self._queue or self._drawing is not None:
            return
        sheet = shown[self._queue.pop(0)]
        self._drawing = task = self._model.picture(sheet, round(PICTURE_WIDTH * self.devicePixelRatioF()))
        task.succeeded.connect(self._on_drawn)
        task.failed.connect(self._on_not_drawn)

    def _on_drawn(self, drawn: Picture) -> None:
        self.strip.set_picture(drawn.sheet.picture, drawn.png)
        self._on_not_drawn(None)

    def _on_not_drawn(self, _: object) -> None:
        """Go on; a page that cannot be drawn stays white, and says why when it is opened."""
        self._drawing = None
        self._draw_next()
