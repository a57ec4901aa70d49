"""Chữ ký và con dấu: whose picture stands on signatures, as it will be printed, chosen and let go."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit

from clerk_app.picture_settings import LEAST_MM, MOST_MM, SEAL
from clerk_app.services.sign_pictures import SignPicture
from ui.notices import in_words
from ui.settings.pictures_model import PicturesModel
from ui.theme import UNIT, Tone
from ui.widgets.card import Card
from ui.widgets.checklist import ROW_HEIGHT, Checklist, Row
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone

_PREVIEW = (250, 110)  # logical pixels
_MOST_ROWS = 3
_NARROW = 120


class PicturesCard(Card):
    """F3 chooses a picture for who is marked, F4 lets it go. Changes count from the next opening."""

    def __init__(self, model: PicturesModel) -> None:
        super().__init__()
        self._model = model
        self.column.addWidget(label(self.tr("Ảnh chữ ký và con dấu"), "heading"))
        self.column.addWidget(
            label(
                self.tr("Ảnh PNG nền trong suốt: chữ ký màu xanh, con dấu màu đỏ theo kích thước thật."),
                "small",
                wrap=True,
            )
        )
        self.list = Checklist(self.tr("Ảnh chữ ký và con dấu của ai"))
        self.preview = QLabel()
        self.preview.setFixedSize(*_PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setProperty("paper", True)
        self.preview.setAccessibleName(self.tr("Như khi in trên giấy"))
        self.mm = QLineEdit()
        self.mm.setValidator(QIntValidator(0, MOST_MM, self.mm))
        self.mm.setFixedWidth(_NARROW)
        self.width_field = FormField(
            self.tr("Con dấu thật rộng mấy mm ({least}–{most})").format(least=LEAST_MM, most=MOST_MM), self.mm
        )
        self.choose = KeyButton(self.tr("Chọn ảnh…"), "F3", "image-plus", "slim")
        self.drop = KeyButton(self.tr("Bỏ ảnh"), "F4", "trash-2", "slim")
        self._words = label(wrap=True)
        set_tone(self._words, Tone.BAD)
        self._lay_out()
        self._bind()
        self._render()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.preview)
        row.addWidget(self.width_field)
        row.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.drop)
        buttons.addStretch()
        self.column.addWidget(self.list)
        self.column.addLayout(row)
        self.column.addWidget(self._words)
        self.column.addLayout(buttons)

    def _bind(self) -> None:
        model = self._model
        self.list.current_changed.connect(model.choose)
        self.choose.clicked.connect(self._choose_file)
        self.drop.clicked.connect(model.drop)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.list.set_rows([self._row(each) for each in model.pictures])
        self.list.setFixedHeight(ROW_HEIGHT * min(len(model.pictures) or 1, _MOST_ROWS) + 2)
        if model.chosen and self.list.current_key != model.chosen and not model.busy:
            self.list.choose(model.chosen)
        there = model.picture is not None and model.picture.there
        self.choose.setEnabled(not model.busy and model.picture is not None)
        self.drop.setEnabled(not model.busy and there)
        self.width_field.setVisible(model.is_seal)
        if model.is_seal and model.picture is not None and there:
            self.mm.setText(str(model.picture.mm))
        words = in_words(model.notice) if model.notice is not None else None
        self._words.setText(f"{words.message} {words.remedy}" if words else "")
        self._words.setVisible(words is not None)
        self._show_preview()

    def _row(self, each: SignPicture) -> Row:
        name = each.name if each.whose != SEAL else self.tr("Con dấu: {unit}").format(unit=each.name)
        if not each.there:
            return Row(each.whose, name, self.tr("Hiện tên và giờ ký"), self.tr("Chưa có ảnh"), Tone.NEUTRAL)
        size = self.tr("rộng {mm} mm").format(mm=each.mm) if each.mm else ""
        return Row(each.whose, name, size, self.tr("Có ảnh"), Tone.OK)

    def _show_preview(self) -> None:
        picture = QPixmap()
        if not picture.loadFromData(self._model.preview):
            self.preview.clear()
            return
        ratio = self.devicePixelRatioF()
        scaled = picture.scaled(
            round(_PREVIEW[0] * ratio),
            round(_PREVIEW[1] * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        self.preview.setPixmap(scaled)

    def _choose_file(self) -> None:
        kinds = self.tr("Ảnh PNG (*.png)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Chọn ảnh chữ ký hoặc con dấu"), "", kinds)
        self._model.keep(path, int(self.mm.text() or 0))
