"""The checklist of the procedure: the paper and its scan apart, everything by keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QProgressBar, QStackedWidget

from clerk_app.domain.paper import PaperState
from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import PaperRow
from ui.intake.scan_desk import ScanDesk
from ui.intake.scan_row import ScanRow
from ui.intake.words import paper_badge, paper_details
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.status_badge import StatusBadge

LETTERS = "dtmkxn"


class PapersCard(Card):
    """Shows `papers`; what the officer does to a line goes straight there."""

    page_wanted = Signal(str)  # key of a line: show its first page
    import_wanted = Signal()
    path_wanted = Signal()
    sets_chosen = Signal(int)
    reason_wanted = Signal(object)  # what to do with the reason
    pages_dropped = Signal(str, object)  # key of a line, names of the pages laid on it

    def __init__(self, papers: PapersDesk, scans: ScanDesk) -> None:
        super().__init__(padding=10)
        self.column.setContentsMargins(10, 6, 10, 6)
        self._papers, self._scans = papers, scans
        self._roomy = False
        self._build()
        self._bind()

    def _build(self) -> None:
        self.column.setSpacing(4)
        self.badge, self.bar = StatusBadge(), QProgressBar()
        self.bar.setFixedWidth(64)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Giấy tờ đã đủ"))
        self.doing = ElidedLabel(role="small")
        self.sets = QLineEdit()
        self.sets.setMaxLength(2)
        self.sets.setValidator(QIntValidator(1, 99, self.sets))
        self.sets.setFixedWidth(48)
        self.sets.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sets.setStyleSheet("min-height: 26px; padding: 0;")
        self.sets.setAccessibleName(self.tr("Số bộ hồ sơ"))
        self.choose = KeyButton(self.tr("Chọn tệp"), "Ctrl+O", "file-up", "quiet")
        self.scan = KeyButton(self.tr("Quét"), "F6", "scan-line", "quiet")
        for button in (self.choose, self.scan):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(label(self.tr("Thành phần hồ sơ"), role="heading"))
        head.addWidget(self.badge)
        head.addWidget(self.bar)
        head.addWidget(self.doing, 1)
        head.addWidget(label(self.tr("Số bộ"), role="small"))
        for widget in (self.sets, self.choose, self.scan):
            head.addWidget(widget)
        self.column.addLayout(head)
        self.scan_row = ScanRow(self._papers, self._scans)
        self.column.addWidget(self.scan_row)
        self.list = Checklist(self.tr("Thành phần hồ sơ"), LETTERS)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setMinimumHeight(56)
        self.nothing = label(self.tr("Chọn thủ tục để thấy giấy tờ cần nộp."), role="muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        self.column.addWidget(self.stack, 1)
        self.hint = ElidedLabel(
            self.tr(
                "Dấu cách đủ/thiếu · M mờ · K không phải nộp · X chỉ xuất trình · N nợ bản quét · Enter xem trang · Shift+F6 cách quét"
            ),
            role="small",
        )
        self.hint.setContentsMargins(6, 0, 6, 0)
        self.column.addWidget(self.hint)

    def _bind(self) -> None:
        self.list.cycled.connect(self._papers.tick)
        self._papers.turned_to.connect(self.list.choose)
        self.list.state_asked.connect(self._on_letter)
        self.list.opened.connect(self.page_wanted)
        self.list.pages_dropped.connect(self.pages_dropped)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.choose.clicked.connect(self.import_wanted)
        self.scan.clicked.connect(self._on_scan)
        self.scan_row.taken.connect(lambda: self._scans.take(self.current_key))
        self.sets.textEdited.connect(lambda text: self.sets_chosen.emit(int(text or 1)))

    @property
    def current_key(self) -> str:
        """The line that imports and scans go to."""
        return self.list.current_key

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for a line about the keys."""
        self._roomy = roomy

    def go_to(self, key: str) -> None:
        """Put the focus on one line."""
        self.list.choose(key)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_papers(self, sets: int) -> None:
        """Show the checklist as it is."""
        rows = self._papers.rows
        self.list.set_rows([_row(row) for row in rows])
        self.stack.setCurrentIndex(0 if rows else 1)
        needed = [row for row in rows if row.missing or row.settled]
        settled = sum(not row.missing for row in needed)
        missing = len(needed) - settled
        self.badge.set_status(f"{settled}/{len(needed)}" if rows else "", Tone.WARN if missing else Tone.OK)
        self.bar.setVisible(bool(rows) and self._roomy)
        self.bar.setRange(0, max(1, len(needed)))
        self.bar.setValue(settled)
        self.hint.setVisible(bool(rows) and self._roomy)
        self.doing.set_words(self._doing())
        self.scan.set_words(self._scan_words())
        self.scan.setToolTip(self._scans.way)
        self.scan_row.show_scans()
        self.choose.setEnabled(bool(rows))
        self.scan.setEnabled(bool(rows))
        if not self.sets.hasFocus():
            self.sets.setText(str(sets))

    def _doing(self) -> str:
        if self._scans.scanning:
            pages = self._scans.stack.pages if self._scans.stack else 0
            words = self._scans.doing or self.tr("Đang quét…")
            return self.tr("{doing} · đã lưu {n} trang").format(doing=words, n=pages) if pages else words
        if self._papers.filing:
            return self.tr("Đang lưu {n} tệp…").format(n=self._papers.filing)
        return "" if self._roomy or not self._papers.rows else self.tr("Dấu cách: đủ/thiếu")

    def _scan_words(self) -> str:
        if self._scans.scanning:
            return self.tr("Dừng quét")
        return self.tr("Quét tiếp") if self._scans.stack else self.tr("Quét")

    def choose_way(self) -> None:
        """Shift+F6: scan at once in a way that is chosen by its number."""
        if self._scans.scanning or not self.current_key:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, way in enumerate(self._scans.ways, start=1):
            action = menu.addAction(f"&{number}  {way}", partial(self._scans.scan, self.current_key, way))
            if way == self._scans.way:
                menu.setActiveAction(action)
        if not self._scans.ways:
            menu.addAction(self.tr("Chưa khai báo máy quét (Ctrl+9)")).setEnabled(False)
        menu.popup(self._under(self.current_key))
        self.menu = menu

    def _on_scan(self) -> None:
        if self._scans.scanning:
            self._scans.stop()
        else:
            self._scans.scan(self.current_key)

    def _on_letter(self, key: str, letter: str) -> None:
        match letter:
            case "d":
                self._papers.set_state(key, PaperState.PRESENT)
            case "t":
                self._papers.set_state(key, PaperState.MISSING)
            case "m":
                self._papers.set_state(key, PaperState.ILLEGIBLE)
            case "x":
                self._papers.set_state(key, PaperState.SHOWN_ONLY)
            case "k":
                self._ask_reason(key, self._not_needed_reasons(key), self._not_needed(key))
            case "n":
                self._ask_reason(key, self._owed_reasons(), partial(self._papers.owe_scan, key))

    def _not_needed(self, key: str) -> Callable[[str], None]:
        return lambda reason: self._papers.set_state(key, PaperState.NOT_NEEDED, reason)

    def _not_needed_reasons(self, key: str) -> tuple[str, ...]:
        """The database that replaces this very paper is offered first."""
        database = next((row.kind.replaced_by for row in self._papers.rows if row.kind.key == key), "")
        return (
            self.tr("Khai thác từ {database}").format(database=database or self.tr("cơ sở dữ liệu")),
            self.tr("Đã có trong kho dữ liệu"),
            self.tr("Đã xuất trình trên VNeID"),
            self.tr("Không thuộc trường hợp phải nộp"),
        )

    def _owed_reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Máy quét hỏng"),
            self.tr("Đông người, quét trong ngày"),
            self.tr("Khổ giấy lớn hơn máy quét"),
        )

    def _ask_reason(self, key: str, reasons: tuple[str, ...], act: Callable[[str], None]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, reason in enumerate(reasons, start=1):
            menu.addAction(f"&{number}  {reason}", partial(act, reason))
        other = self.tr("Lý do khác…")
        menu.addAction(f"&{len(reasons) + 1}  {other}", lambda: self.reason_wanted.emit(act))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._under(key))
        self.menu = menu

    def _show_menu(self, place: QPoint) -> None:
        key = self.current_key
        if not key:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for letter, words in (
            ("d", self.tr("Đã đủ")),
            ("t", self.tr("Còn thiếu")),
            ("m", self.tr("Mờ, không đọc được")),
            ("k", self.tr("Không phải nộp…")),
            ("x", self.tr("Chỉ xuất trình, đã đối chiếu")),
            ("n", self.tr("Nợ bản quét…")),
        ):
            menu.addAction(f"{words}\t{letter.upper()}", partial(self._on_letter, key, letter))
        menu.addSeparator()
        menu.addAction(self.tr("Quét\tF6"), self._on_scan)
        menu.addAction(self.tr("Cách quét…\tShift+F6"), self.choose_way)
        menu.addAction(self.tr("Chọn tệp…\tCtrl+O"), self.import_wanted.emit)
        menu.addAction(self.tr("Gõ đường dẫn tệp…\tCtrl+Shift+O"), self.path_wanted.emit)
        menu.popup(self.list.viewport().mapToGlobal(place))
        self.menu = menu

    def _under(self, key: str) -> QPoint:
        place = self.list.visualRect(self.list.currentIndex())
        return self.list.viewport().mapToGlobal(place.bottomLeft() + QPoint(46, 0))


def _row(row: PaperRow) -> Row:
    badge, tone = paper_badge(row)
    icon = "database" if row.laid.state is PaperState.NOT_NEEDED else ""
    return Row(row.kind.key, row.kind.title, paper_details(row), badge, tone, icon)
