"""Ký tệp: the file and the act on the left, the page with the place of the sign on the right, one key to sign."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from pathlib import PurePath

from PySide6.QtCore import QRectF, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clerk_app.domain.file_act import CopyForm, FileAct
from ui.notices import in_words
from ui.pin_turn import asked_of
from ui.signfile import words
from ui.signfile.page import SignPage
from ui.signfile.view_model import SignFileViewModel, Step
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import ROW_HEIGHT, Checklist, Row
from ui.widgets.elided import ElidedLabel
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.pin_dialog import PinDialog
from ui.widgets.under_way import UnderWay

_LEFT = 420


class SignFileView(QWidget):
    """Ctrl+O opens, the list chooses the act, arrows move the sign on the page, F9 signs. Files may be dropped."""

    checked = Signal(str)  # path of a signed file whose signatures are to be looked at

    def __init__(self, model: SignFileViewModel) -> None:
        super().__init__()
        self._model = model
        self.setAcceptDrops(True)
        self._build()
        self._bind()
        self._render()

    def choose(self) -> None:
        """Ctrl+O: a dialog for one file."""
        dialog = QFileDialog(self.window(), self.tr("Chọn tệp PDF để ký"))
        dialog.setNameFilter(self.tr("Tệp PDF (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Chọn"))
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, self.tr("Thôi"))
        dialog.fileSelected.connect(self._model.open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first of the files that were dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._model.open(paths[0])
            event.acceptProposedAction()

    def _build(self) -> None:
        self.news = Banner(rounded=True)
        self.pin = PinDialog(self, pen=False)
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(self._order_card())
        row.addWidget(self._page_card(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self.news)
        column.addLayout(row, 1)
        column.addWidget(self._foot())
        self.setFocusProxy(self.open)

    def _order_card(self) -> Card:
        self.open = KeyButton(self.tr("Chọn tệp…"), "Ctrl+O", "file-up")
        self._file = ElidedLabel(role="strong")
        self._how = label(role="small", wrap=True)
        self.acts = Checklist(self.tr("Việc cần làm với tệp"))
        self.acts.setFixedHeight(ROW_HEIGHT * len(self._model.acts) + 2)
        self.number = QLineEdit()
        self.number_field = FormField(self.tr("Số đến"), self.number, required=True)
        self.copy = QComboBox()
        for form in CopyForm:
            self.copy.addItem(words.copy(form), form)
        self.copy_field = FormField(self.tr("Hình thức sao"), self.copy)
        card = Card(padding=GUTTER)
        card.setFixedWidth(_LEFT)
        for widget in (self._file, self._how, self.open):
            card.column.addWidget(widget)
        card.column.addSpacing(UNIT)
        card.column.addWidget(label(self.acts.accessibleName(), "heading"))
        card.column.addWidget(self.acts)
        card.column.addWidget(self.number_field)
        card.column.addWidget(self.copy_field)
        card.column.addStretch()
        return card

    def _page_card(self) -> Card:
        self.page = SignPage(self.tr("Trang sẽ ký; mũi tên dời chỗ ký"))
        self._where = label(role="small", wrap=True)
        card = Card(padding=UNIT)
        card.column.addWidget(self.page, 1)
        card.column.addWidget(self._where)
        return card

    def _foot(self) -> Card:
        self.under_way = UnderWay(self.tr("Đang làm việc với tệp"), self.tr("Dừng"), 200)
        self.stop = self.under_way.stop
        self.folder = KeyButton(self.tr("Mở thư mục"), "F6", "inbox")
        self.check = KeyButton(self.tr("Kiểm tra chữ ký"), "F8", "shield-check")
        self.sign = KeyButton(self.tr("Ký tệp này"), "F9", "pen-line", "primary")
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.under_way)
        row.addStretch()
        for button in (self.folder, self.check, self.sign):
            row.addWidget(button)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        model = self._model
        self.open.clicked.connect(self.choose)
        self.acts.current_changed.connect(lambda key: model.choose_act(FileAct(key)) if key else None)
        self.number.textEdited.connect(model.put_number)
        self.copy.activated.connect(lambda: model.choose_copy(CopyForm(self.copy.currentData())))
        self.page.moved.connect(model.move)
        self.page.turned.connect(model.turn)
        self.sign.clicked.connect(model.sign)
        self.stop.clicked.connect(model.cancel)
        self.folder.clicked.connect(self._open_folder)
        self.check.clicked.connect(lambda: self.checked.emit(model.outcome.path if model.outcome else ""))
        self.pin.entered.connect(model.enter_pin)
        self.pin.cancelled.connect(model.cancel)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.acts.set_rows([self._row(each) for each in model.acts])
        if self.acts.current_key != model.order.act:
            self.acts.choose(model.order.act)
        self.acts.setEnabled(not model.busy)
        self.number_field.setVisible(model.order.act is FileAct.INCOMING)
        self.copy_field.setVisible(model.order.act is FileAct.COPY)
        self._render_file()
        self._render_page()
        self._render_news()
        can_stop = model.step in {Step.OPENING, Step.CHECKING}
        self.under_way.show_work(busy=can_stop or model.step is Step.SIGNING, can_stop=can_stop)
        self.sign.setEnabled(model.step is Step.READY)
        for button in (self.folder, self.check):
            button.setVisible(model.outcome is not None)
        self._follow_pin()

    def _row(self, each: FileAct) -> Row:
        chosen = each is self._model.order.act
        tone, icon = (Tone.OK, "circle-check") if chosen else (Tone.NEUTRAL, "circle-dashed")
        return Row(each, words.act(each), words.purpose(each), "", tone, icon)

    def _render_file(self) -> None:
        look = self._model.look
        self._file.set_words(PurePath(look.path).name if look else self.tr("Chưa chọn tệp"))
        if look is None:
            self._how.setText(
                self.tr(
                    "Chọn tệp PDF, hoặc kéo tệp thả vào đây. Bản đã ký nằm cạnh tệp cũ, tệp cũ giữ nguyên."
                )
            )
        else:
            self._how.setText(self.tr("{count} trang").format(count=look.pages))

    def _render_page(self) -> None:
        model, place = self._model, self._model.place
        width, height = model.sign_size
        sign = QRectF(place.x, place.y, width, height) if place is not None else QRectF()
        self.page.show_page(model.picture, model.page, sign, words.act(model.order.act))
        if place is None or model.look is None:
            self._where.setText("")
            return
        told = self.tr(
            "Trang {page}/{pages}. Mũi tên: dời chỗ ký 5 mm (Shift: 1 mm). PgUp, PgDn: sang trang khác."
        )
        self._where.setText(told.format(page=place.page + 1, pages=model.look.pages))

    def _render_news(self) -> None:
        model = self._model
        if model.notice is not None:
            said = in_words(model.notice)
            self.news.say(said.message, said.remedy, Tone.BAD)
        elif model.outcome is not None:
            self.news.say(*words.outcome(model.outcome), Tone.OK)
        else:
            self.news.hide()

    def _follow_pin(self) -> None:
        model = self._model
        asking = model.step is Step.ASKING_PIN and model.look is not None
        name = PurePath(model.look.path).name if model.look is not None else ""
        asked = asked_of(model, f"{words.act(model.order.act)}: {name}") if asking else None
        self.pin.follow(asked, over=model.step is not Step.CHECKING, back=self.page)

    def _open_folder(self) -> None:
        if self._model.outcome is not None:
            folder = str(PurePath(self._model.outcome.path).parent)
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
