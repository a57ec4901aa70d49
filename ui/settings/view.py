"""Thiết lập: the header of the papers on the left, the tools of this computer on the right, one button to save."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clerk_app.errors import Notice
from ui.notices import in_words
from ui.settings.pictures_card import PicturesCard
from ui.settings.pictures_model import PicturesModel
from ui.settings.printing_card import PrintingCard
from ui.settings.view_model import SettingsViewModel
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone

_LIST_HEIGHT = 170  # three drivers; more of them scroll


class SettingsView(QWidget):
    """`saved` comes once the file is written."""

    saved = Signal()

    def __init__(self, model: SettingsViewModel, pictures: PicturesModel) -> None:
        super().__init__()
        self._model, self._pictures = model, pictures
        self._lines: dict[str, QLineEdit] = {}
        self._fields: dict[str, FormField] = {}
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.trouble = Banner(rounded=True)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GUTTER)
        self.printing = PrintingCard()
        left = QVBoxLayout()
        left.setSpacing(GUTTER)
        left.addWidget(self._office_card())
        left.addWidget(self.printing)
        self.pictures = PicturesCard(self._pictures)
        left.addWidget(self.pictures)
        left.addStretch()
        row.addLayout(left, 1)
        row.addWidget(self._tools_card(), 1, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QVBoxLayout()
        inner.setContentsMargins(GUTTER, GUTTER, GUTTER, 0)
        inner.setSpacing(GUTTER)
        inner.addWidget(self.trouble)
        inner.addWidget(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(self._foot())
        self.setFocusProxy(self._lines["name"])

    def _office_card(self) -> Card:
        card = Card()
        card.column.addWidget(label(self.tr("Đơn vị"), "heading"))
        card.column.addWidget(
            label(self.tr("In ở đầu giấy hẹn và các văn bản của quầy."), "small", wrap=True)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(UNIT)
        grid.addWidget(self._field("superior", self.tr("Đơn vị chủ quản")), 0, 0, 1, 2)
        grid.addWidget(self._field("name", self.tr("Tên đơn vị"), required=True), 1, 0, 1, 2)
        grid.addWidget(self._field("address", self.tr("Địa chỉ"), required=True), 2, 0, 1, 2)
        grid.addWidget(self._field("place", self.tr("Địa danh ghi ngày tháng"), required=True), 3, 0)
        grid.addWidget(self._field("phone", self.tr("Điện thoại"), required=True), 3, 1)
        grid.addWidget(self._field("counter", self.tr("Tên quầy"), required=True), 4, 0)
        grid.addWidget(self._field("agency_code", self.tr("Mã cơ quan")), 4, 1)
        self._lines["agency_code"].setReadOnly(True)
        given = self.tr("Do máy chủ trung tâm cấp khi đăng ký máy.")
        self._lines["agency_code"].setToolTip(given)
        self._lines["agency_code"].setAccessibleDescription(given)
        card.column.addLayout(grid)
        return card

    def _tools_card(self) -> Card:
        card = Card()
        card.column.addWidget(label(self.tr("Kết nối và thiết bị"), "heading"))
        card.column.addWidget(self._field("central", self.tr("Địa chỉ máy chủ trung tâm")))
        card.column.addSpacing(UNIT)
        self.scanner, self._device = QComboBox(), QLineEdit()
        self.scanner.setEditable(True)
        self.scanner.setLineEdit(self._device)
        self.scanner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scanner.setCompleter(None)  # type: ignore[arg-type]  # none: a device's name is typed as it is
        self.find_scanner = KeyButton(self.tr("Tìm máy quét"), "F6", "search", "slim")
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(self.scanner, 1)
        line.addWidget(self.find_scanner)
        self._fields["scanner"] = FormField(self.tr("Máy quét"), both)
        for part in (self.scanner, self._device):
            part.setAccessibleName(self.tr("Máy quét"))
        card.column.addWidget(self._fields["scanner"])
        card.column.addSpacing(UNIT)
        card.column.addWidget(self._scans())
        card.column.addSpacing(UNIT)
        card.column.addWidget(label(self.tr("Phần mềm thẻ ký số (PKCS#11)"), "strong"))
        self.tokens = Checklist(self.tr("Phần mềm thẻ ký số"))
        self.tokens.setFixedHeight(_LIST_HEIGHT)
        self._no_tokens = label(
            self.tr("Chưa có. Cài phần mềm của nhà cung cấp thẻ, rồi chọn tệp thư viện của nó."),
            "muted",
            wrap=True,
        )
        card.column.addWidget(self.tokens)
        card.column.addWidget(self._no_tokens)
        self._token_words = label(wrap=True)
        set_tone(self._token_words, Tone.BAD)
        card.column.addWidget(self._token_words)
        self.add = KeyButton(self.tr("Chọn thư viện…"), "Ctrl+O", "plus", "slim")
        self.drop = KeyButton(self.tr("Bỏ"), "Delete", "trash-2", "slim")
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.add)
        buttons.addWidget(self.drop)
        buttons.addStretch()
        card.column.addLayout(buttons)
        return card

    def _scans(self) -> FormField:
        """Return the field of the folder that a network scanner writes to, with what becomes of its files."""
        self._lines["scan_folder"] = QLineEdit()
        self.choose_folder = KeyButton(self.tr("Chọn thư mục…"), "F7", "inbox", "slim")
        self.keep_scans = QCheckBox(self.tr("&Giữ lại bản gốc trong thư mục sau khi nhận"))
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(UNIT)
        grid.addWidget(self._lines["scan_folder"], 0, 0)
        grid.addWidget(self.choose_folder, 0, 1)
        grid.addWidget(self.keep_scans, 1, 0, 1, 2)
        title = self.tr("Thư mục máy quét mạng ghi vào")
        self._fields["scan_folder"] = FormField(title, box)
        self._lines["scan_folder"].setAccessibleName(title)
        return self._fields["scan_folder"]

    def _foot(self) -> QFrame:
        self._said = label(role="muted", wrap=True)
        self.undo = KeyButton(self.tr("Bỏ thay đổi"), "Ctrl+R", "undo-2")
        self.save = KeyButton(self.tr("Lưu thiết lập"), "Ctrl+S", "save", "primary")
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        row = QHBoxLayout(foot)
        row.setContentsMargins(GUTTER, 10, GUTTER, 10)
        row.setSpacing(UNIT)
        row.addWidget(self._said, 1)
        row.addWidget(self.undo)
        row.addWidget(self.save)
        return foot

    def _field(self, name: str, title: str, required: bool = False) -> FormField:
        self._lines[name] = QLineEdit()
        self._fields[name] = FormField(title, self._lines[name], required)
        return self._fields[name]

    def _bind(self) -> None:
        model = self._model
        for name, line in self._lines.items():
            line.textEdited.connect(lambda text, name=name: model.put(name, text))
        self._device.textEdited.connect(lambda text: model.put("scanner", text))
        self.scanner.activated.connect(lambda: model.put("scanner", str(self.scanner.currentData())))
        self.find_scanner.clicked.connect(model.find_scanners)
        self.choose_folder.clicked.connect(self._choose_scan_folder)
        self.keep_scans.clicked.connect(lambda ticked: model.put("keep_scans", ticked))
        self.printing.chosen.connect(model.put)
        self.tokens.current_changed.connect(self._say_token)
        self.add.clicked.connect(self._choose_library)
        self.drop.clicked.connect(lambda: model.drop_token(self.tokens.current_key))
        self.undo.clicked.connect(model.undo)
        self.save.clicked.connect(model.save)
        model.changed.connect(self._render)
        model.saved.connect(self.saved)
        self._pictures.kept.connect(self.saved)

    def _render(self) -> None:
        model = self._model
        self._render_fields()
        self._render_tokens()
        self._render_trouble()
        wrong = len(model.mistakes)
        self.save.setEnabled(model.dirty and not wrong and not model.busy)
        self.undo.setEnabled(model.dirty and not model.busy)
        self.find_scanner.setEnabled(not model.busy)
        if wrong:
            self._said.setText(self.tr("Còn {count} chỗ cần sửa trước khi lưu.").format(count=wrong))
        elif model.dirty:
            self._said.setText(self.tr("Có thay đổi chưa lưu."))
        else:
            self._said.setText(self.tr("Thay đổi có hiệu lực từ lần mở chương trình sau."))

    def _render_fields(self) -> None:
        choices = self._model.choices
        if choices is None:
            return
        remarks = {**self._model.warnings, **self._model.mistakes}
        for name, line in self._lines.items():
            value = str(getattr(choices, name))
            if line.text() != value:
                line.setText(value)
            if name != "agency_code":
                self._say(self._fields[name], remarks.get(name), stops=name in self._model.mistakes)
        self.keep_scans.setChecked(choices.keep_scans)
        self.printing.show_choices(choices, self._model.printers)
        self._render_scanners(choices.scanner)

    def _render_scanners(self, chosen: str) -> None:
        wanted = [(each.device, each.label) for each in self._model.scanners]
        if [self.scanner.itemData(place) for place in range(self.scanner.count())] != [
            each for each, _ in wanted
        ]:
            self.scanner.clear()
            for name, title in wanted:
                self.scanner.addItem(f"{title} ({name})" if title else name, name)
        if self._device.text() != chosen:
            self.scanner.setEditText(chosen)
        if self._model.looked_for_scanners and not wanted:
            none = self.tr("Không thấy máy quét nào. Bật máy quét, xem lại dây nối rồi tìm lại.")
            self._fields["scanner"].say(none, Tone.WARN)
        elif self._model.looked_for_scanners:
            found = self.tr("Thấy {count} máy quét; mở danh sách để chọn.").format(count=len(wanted))
            self._fields["scanner"].say(found, Tone.NEUTRAL)

    def _render_tokens(self) -> None:
        tokens = self._model.choices.tokens if self._model.choices else ()
        wrong = self._model.mistakes
        rows = []
        for path in tokens:
            name, notice = path.replace("\\", "/").rpartition("/")[2], wrong.get(f"tokens:{path}")
            if notice is None:
                rows.append(Row(path, name, path, self.tr("Dùng được"), Tone.OK))
            else:
                words = in_words(notice)
                rows.append(Row(path, name, f"{words.message} {words.remedy}", self.tr("Cần sửa"), Tone.BAD))
        self.tokens.set_rows(rows)
        self._say_token()
        self.tokens.setVisible(bool(rows))
        self._no_tokens.setVisible(not rows)
        self.drop.setEnabled(bool(rows))

    def _say_token(self) -> None:
        """Say in full what is wrong with the driver that the keys are on."""
        notice = self._model.mistakes.get(f"tokens:{self.tokens.current_key}")
        words = in_words(notice) if notice is not None else None
        self._token_words.setText(f"{words.message} {words.remedy}" if words else "")
        self._token_words.setVisible(words is not None)

    def _render_trouble(self) -> None:
        if self._model.notice is None:
            self.trouble.hide()
        else:
            words = in_words(self._model.notice)
            self.trouble.say(words.message, words.remedy, Tone.BAD)

    def _say(self, field: FormField, notice: Notice | None, *, stops: bool) -> None:
        if notice is None:
            field.say("")
        else:
            words = in_words(notice)
            field.say(f"{words.message} {words.remedy}", Tone.BAD if stops else Tone.WARN)

    def _choose_library(self) -> None:
        kinds = self.tr("Thư viện PKCS#11 (*.dll *.so *.so.* *.dylib)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Chọn thư viện PKCS#11"), "", kinds)
        self._model.add_token(path)

    def _choose_scan_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Chọn thư mục máy quét ghi vào"))
        if path:
            self._model.put("scan_folder", str(Path(path)))
