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
from ui.widgets.page_strip import PICTURE_WIDTH, TILE, Page, PageStrip

_SCROLL_BAR = 16
_REST_MS = 250  # on one dossier, before its pages are drawn: the line may only be passing


class PapersPart(QWidget):
    """Enter on a paper or on a page opens it large."""

    def __init__(self, model: RegisterViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sheets: list[Sheet] = []
        self._queue: list[str] = []  # pages without a picture yet
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
            Sheet(file.sha256, page, paper.title or titles.get(paper.key, paper.key))
            for paper, file, page in self._model.page_files
        ]
        self.strip.set_pages([Page(_key(at, sheet), sheet.title) for at, sheet in enumerate(self._sheets)])
        self.strip.setVisible(bool(self._sheets))

    def _open_paper(self, key: str) -> None:
        """Open the first page of a paper; one without pages has nothing to open."""
        for at, (paper, _, _) in enumerate(self._model.page_files):
            if paper.key == key:
                self.dialog.show_page(self._sheets, at)
                return

    def _open_page(self, key: str) -> None:
        self.dialog.show_page(self._sheets, _place(key))

    def _draw(self, key: str) -> None:
        self._queue.append(key)
        self._rest.start()

    def _draw_next(self) -> None:
        """Draw one page after another, so that a print never waits behind a whole dossier."""
        shown = {page.key for page in self.strip.pages}
        self._queue = [key for key in self._queue if key in shown]
        if not self._queue or self._drawing is not None:
            return
        sheet = self._sheets[_place(self._queue.pop(0))]
        self._drawing = task = self._model.picture(sheet, round(PICTURE_WIDTH * self.devicePixelRatioF()))
        task.succeeded.connect(self._on_drawn)
        task.failed.connect(self._on_not_drawn)

    def _on_drawn(self, drawn: Picture) -> None:
        for at, sheet in enumerate(self._sheets):  # its title may have come meanwhile
            if (sheet.sha256, sheet.page) == (drawn.sheet.sha256, drawn.sheet.page):
                self.strip.set_picture(_key(at, sheet), drawn.png)
        self._on_not_drawn(None)

    def _on_not_drawn(self, _: object) -> None:
        """Go on; a page that cannot be drawn stays white, and says why when it is opened."""
        self._drawing = None
        self._draw_next()


def _key(at: int, sheet: Sheet) -> str:
    return f"{at}:{sheet.page}:{sheet.sha256}"


def _place(key: str) -> int:
    """Return where in the row of sheets a page stands; the rest of its key keeps pictures of others away."""
    return int(key.partition(":")[0])
