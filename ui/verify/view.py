"""Kiểm tra chữ ký: one file, the verdict in large letters, then each signature in lines of plain words."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clerk_app.services.signature_words import conclusion, headline
from ui.icon import pixmap
from ui.language import told
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone, tone_colours
from ui.verify.signature_card import SignatureCard
from ui.verify.view_model import VerifyViewModel
from ui.verify.words import TONES
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.keyed_scroll import KeyedScroll
from ui.widgets.label import label, set_tone
from ui.widgets.under_way import UnderWay

_SIGN = 36


class VerifyView(QWidget):
    """`copied` comes once the report lies on the clipboard."""

    copied = Signal()

    def __init__(self, model: VerifyViewModel) -> None:
        super().__init__()
        self._model = model
        self.cards: tuple[SignatureCard, ...] = ()
        self.setAcceptDrops(True)
        self._build()
        self._bind()
        self._render()

    def choose(self) -> None:
        """Ctrl+O: a dialog for one file."""
        dialog = self._dialog(self.tr("Chọn tệp PDF có chữ ký số"), self.tr("Tệp PDF (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Chọn"))
        dialog.fileSelected.connect(lambda name: self._model.check_file(Path(name)))
        dialog.open()

    def save(self) -> None:
        """Ctrl+S: a dialog for where the report goes."""
        dialog = self._dialog(self.tr("Lưu báo cáo kiểm tra chữ ký"), self.tr("Văn bản (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Lưu"))
        dialog.selectFile(f"{Path(self._model.name).stem}-chu-ky.txt")
        dialog.fileSelected.connect(lambda name: self._model.save(Path(name)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Judge the first of the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._model.check_file(paths[0])
            event.acceptProposedAction()

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setNameFilter(kinds)
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, self.tr("Thôi"))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _build(self) -> None:
        self.open = KeyButton(self.tr("Chọn tệp…"), "Ctrl+O", "file-up", "primary")
        self.technical = KeyButton(self.tr("Số liệu kỹ thuật"), "F8", "list-checks")
        self.keep = KeyButton(self.tr("Lưu báo cáo…"), "Ctrl+S", "save")
        self.copy = KeyButton(self.tr("Chép báo cáo"), "Ctrl+Shift+C", "copy")
        self.trouble = Banner(rounded=True)
        self._cards, self._figures = QVBoxLayout(), label(wrap=True)
        self._figures.setObjectName("figures")
        self._figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(GUTTER)
        self._cards.setSpacing(12)
        self._figures_card = Card(padding=GUTTER)
        self._figures_card.column.addWidget(self._figures)
        column.addWidget(self._figures_card)
        column.addLayout(self._cards)
        column.addStretch()
        self.whole = KeyedScroll(inside, self.tr("Từng chữ ký số"))
        self.whole.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # the cards take it, and pass the keys that scroll on
        self.setFocusProxy(self.open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        whole.setSpacing(GUTTER)
        whole.addWidget(self._head())
        whole.addWidget(self.trouble)
        whole.addWidget(self.whole, 1)

    def _head(self) -> Card:
        self._sign, self.headline = QLabel(), label(role="title")
        self._file, self.conclusion = ElidedLabel(role="small"), label(wrap=True)
        self.under_way = UnderWay(self.tr("Đang kiểm tra chữ ký"), self.tr("Dừng"), 160)
        self.stop = self.under_way.stop
        words = QVBoxLayout()
        words.setSpacing(2)
        for shown in (self._file, self.headline, self.conclusion):
            words.addWidget(shown)
        told_row = QHBoxLayout()
        told_row.setSpacing(12)
        told_row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        told_row.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addStretch()
        for button in (self.under_way, self.technical, self.copy, self.keep, self.open):
            buttons.addWidget(button)
        card = Card(padding=GUTTER)
        card.column.addLayout(told_row)
        card.column.addLayout(buttons)
        return card

    def _bind(self) -> None:
        self.open.clicked.connect(self.choose)
        self.stop.clicked.connect(self._model.cancel)
        self.technical.clicked.connect(self._turn_figures)
        self.keep.clicked.connect(self.save)
        self.copy.clicked.connect(self._copy)
        self._model.changed.connect(self._render)
        self._model.judged.connect(self._on_judged)

    def _render(self) -> None:
        model = self._model
        has_verdict = model.verdict is not None
        self.under_way.show_work(busy=model.busy)
        for button in (self.technical, self.keep, self.copy):
            button.setEnabled(has_verdict)
        self._file.set_words(model.name)
        self._file.setVisible(bool(model.name))
        self._render_head()
        self._render_trouble()
        self._show_cards()
        self._show_figures(shown=has_verdict and self._figures_card.isVisibleTo(self))

    def _render_head(self) -> None:
        bold, text, tone = self._head_words()
        self._sign.setPixmap(pixmap(tone.icon, tone_colours(tone)[0], _SIGN))
        self.headline.setText(bold)
        set_tone(self.headline, tone)
        self.conclusion.setText(text)
        self.headline.setAccessibleName(f"{bold}. {text}")

    def _head_words(self) -> tuple[str, str, Tone]:
        model = self._model
        if model.verdict is not None:
            tone = TONES[model.verdict.standing]
            return told(headline(model.verdict)), told(conclusion(model.verdict)), tone
        if model.busy:
            return self.tr("Đang kiểm tra…"), self.tr("Bấm Esc để dừng."), Tone.INFO
        if model.notice is not None:
            unknown = self.tr("Chưa biết chữ ký trong tệp này có đúng không.")
            return self.tr("Không kiểm tra được"), unknown, Tone.BAD
        if model.stopped:
            again = self.tr("Chưa biết chữ ký trong tệp này có đúng không. Bấm Ctrl+O để chọn lại.")
            return self.tr("Đã dừng"), again, Tone.WARN
        how = self.tr(
            "Chọn một tệp PDF, hoặc kéo tệp thả vào đây: ai ký, lúc nào, sau đó có gì bị sửa. "
            "Không dùng mạng; tệp không được lưu lại."
        )
        return self.tr("Kiểm tra chữ ký số trên tệp PDF"), how, Tone.INFO

    def _render_trouble(self) -> None:
        if self._model.notice is not None:
            words = in_words(self._model.notice)
            self.trouble.say(words.message, words.remedy, Tone.BAD)
        elif self._model.lacks_roots:
            remedy = self.tr("Nhờ người quản trị chép chứng thư gốc vào máy này, rồi kiểm tra lại tệp.")
            self.trouble.say(self.tr("Quầy này chưa tin cậy nơi cấp chứng thư nào."), remedy, Tone.WARN)
        else:
            self.trouble.hide()

    def _show_cards(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        verdict = self._model.verdict
        signatures = verdict.signatures if verdict else ()
        self.cards = tuple(
            SignatureCard(verdict, each, number) for number, each in enumerate(signatures, 1) if verdict
        )
        for card in self.cards:
            self._cards.addWidget(card)

    def _show_figures(self, *, shown: bool) -> None:
        self._figures.setText(self._model.figures if shown else "")
        self._figures_card.setVisible(shown)

    def _turn_figures(self) -> None:
        """Open the figures above the signatures, or close them."""
        self._show_figures(shown=not self._figures_card.isVisibleTo(self))
        self.whole.verticalScrollBar().setValue(0)

    def _on_judged(self) -> None:
        self.whole.verticalScrollBar().setValue(0)
        if self.isVisible():
            first = self.cards[0] if self.cards else self.open
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._model.report)
        self.copied.emit()
