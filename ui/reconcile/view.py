"""Đối chiếu cuối ngày: the figures of the books in a row, the lines below, and what to do about each."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.domain.reconciling import DayReport
from clerk_app.services.reconcile_words import BOOKS, as_lines, books
from ui.language import told
from ui.notices import in_words
from ui.reconcile import words
from ui.reconcile.view_model import ReconcileViewModel
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.date_field import DateField
from ui.widgets.findings import Findings
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.stat import Stat
from ui.widgets.under_way import UnderWay

_DAY_WIDTH = 120


class ReconcileView(QWidget):
    """`dossier_asked(code)`: the clerk wants to see the dossier of a line; `copied`: the report lies on the clipboard.

    `books_asked`: they want to see the books without gaps.
    """

    dossier_asked = Signal(str)
    copied = Signal()
    books_asked = Signal()

    def __init__(self, model: ReconcileViewModel) -> None:
        super().__init__()
        self._model = model
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.day = DateField()
        self.day.setAccessibleName(self.tr("Ngày đối chiếu"))
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.set_date(self._model.day)
        self.look = KeyButton(self.tr("Đối chiếu"), "F5", "list-checks", "primary")
        self.to_books = KeyButton(self.tr("Sổ số"), "F7", "book-open")
        self.copy = KeyButton(self.tr("Chép báo cáo"), "Ctrl+Shift+C", "copy")
        self.said = Banner(rounded=True)
        empty = (
            self.tr("Chưa đối chiếu"),
            self.tr("Bấm F5 để đối chiếu số, giấy, sổ và máy chủ của ngày này."),
        )
        self.findings = Findings(self.tr("Đối chiếu cuối ngày"), self.tr("Hồ sơ trong ngày"), empty)
        self.setFocusProxy(self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._figures())
        column.addWidget(self.said)
        column.addWidget(self.findings, 1)

    def _figures(self) -> Card:
        self.books = tuple(Stat(told(name)) for name in BOOKS)
        self.under_way = UnderWay(self.tr("Tiến độ đối chiếu"), self.tr("Dừng"), 120)
        self.stop = self.under_way.stop
        self.more = label(role="small", wrap=True)
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(28)
        for book in self.books:
            row.addWidget(book)
        row.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(UNIT)
        for shown in (self.under_way, self.day, self.to_books, self.copy, self.look):
            acts.addWidget(shown)
        row.addLayout(acts)
        card.column.addLayout(row)
        card.column.addWidget(self.more)
        return card

    def _bind(self) -> None:
        self.look.clicked.connect(self._look)
        self.day.returnPressed.connect(self._look)
        self.stop.clicked.connect(self._model.cancel)
        self.copy.clicked.connect(self._copy)
        self.to_books.clicked.connect(self.books_asked)
        self.findings.opened.connect(self._open)
        self._model.changed.connect(self._render)

    def _look(self) -> None:
        if self.day.day is not None:
            self._model.choose(self.day.day)
        self.day.setText("")
        self.day.set_date(self._model.day)
        self._model.look()

    def _render(self) -> None:
        model, report = self._model, self._model.report
        self.look.setVisible(not model.busy)
        self.copy.setEnabled(report is not None and not model.busy)
        self.under_way.show_work(busy=model.busy, done=model.done, total=model.total)
        if model.notice is not None:
            said = in_words(model.notice)
            self.said.say(said.message, said.remedy, Tone.BAD)
        elif report is not None:
            bold, text = words.summary(report)
            self.said.say(bold, text, words.tone(report))
        if report is not None:
            self._render_report(report)
        self.more.setVisible(report is not None)

    def _render_report(self, report: DayReport) -> None:
        told_books = books(report)
        given = told_books[0][1]
        for stat, (_, count) in zip(self.books, told_books, strict=True):
            tone = Tone.NEUTRAL if count is None else Tone.OK if count == given else Tone.WARN
            stat.say(self.tr("chưa hỏi") if count is None else str(count), tone)
        self.more.setText(words.figures(report))
        nothing = self.tr("Không có việc nào"), self.tr("Ngày này quầy không tiếp nhận và không in gì.")
        self.findings.set_empty(nothing)
        self.findings.set_findings(
            [words.finding(each, asked=report.asked_at is not None) for each in report.lines]
        )

    def _open(self, key: str) -> None:
        line = self._model.line(key)
        if line is not None and line.code:
            self.dossier_asked.emit(line.code)

    def _copy(self) -> None:
        if self._model.report is not None:
            QGuiApplication.clipboard().setText(as_lines(self._model.report, told))
            self.copied.emit()
