"""The fields of one person, two rows of them, changing with what the person is to the office."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from clerk_app.domain.applicant import Person, PersonKind
from clerk_app.domain.text import nfc
from ui.icon import pixmap
from ui.intake.country_field import CountryField
from ui.intake.people_model import Gravity, Remark, Who
from ui.intake.words import number_words
from ui.theme import Tone, tone_colours
from ui.widgets.date_field import DateField
from ui.widgets.elided import ElidedLabel
from ui.widgets.label import restyle, set_tone

_TONES = {Gravity.STOPS: Tone.BAD, Gravity.WARNS: Tone.WARN, Gravity.NOTES: Tone.NEUTRAL}
_WITH_BIRTH = {PersonKind.CITIZEN, PersonKind.FOREIGNER, PersonKind.NO_PAPERS}
SEXES = ("", "Nam", "Nữ")


class PersonForm(QWidget):
    """Emits `typed(name, value)` by the names of Person's fields, `left(name)` when such a field is left."""

    typed = Signal(str, object)
    left = Signal(str)
    date_wrong = Signal(str, bool)

    def __init__(self, who: Who) -> None:
        super().__init__()
        self.who = who
        self._kind = PersonKind.CITIZEN
        self._labels: dict[str, QLabel] = {}
        self.name, self.id_number, self.birth, self.sex = QLineEdit(), QLineEdit(), DateField(), QComboBox()
        self.address, self.phone, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.nationality, self.representative = CountryField(), QLineEdit()
        self.expiry = DateField()
        self.dates = {"birth_date": self.birth, "id_expires_on": self.expiry}
        self.vneid = QCheckBox(self.tr("Đã kiểm tra trên VNeID"))
        self.lines = {
            "name": self.name,
            "id_number": self.id_number,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
            "nationality": self.nationality,
            "representative": self.representative,
        }
        self._build()
        self._bind()

    def _build(self) -> None:
        self.sex.addItems(SEXES)
        self.sex.setItemData(0, self.tr("chưa ghi"), Qt.ItemDataRole.AccessibleTextRole)
        self.phone.setPlaceholderText(self.tr("không bắt buộc"))
        self.email.setPlaceholderText(self.tr("không bắt buộc"))
        self.id_number.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        self._place(grid, 0, 0, "name", self._name_words(organisation=False), self.name)
        self._place(grid, 0, 1, "id_number", self.tr("Số định danh cá nhân"), self.id_number)
        self._place(grid, 0, 2, "representative", self.tr("Người đại diện"), self.representative, span=2)
        self._place(grid, 0, 2, "birth_date", self.tr("Ngày sinh"), self.birth)
        self._place(grid, 0, 3, "sex", self.tr("Giới tính"), self.sex)
        self._place(grid, 2, 0, "address", self.tr("Địa chỉ"), self.address)
        self._place(grid, 2, 1, "phone", self.tr("Điện thoại"), self.phone)
        self._place(grid, 2, 2, "email", self.tr("Thư điện tử"), self.email, span=2)
        self._place(grid, 2, 2, "nationality", self.tr("Quốc tịch"), self.nationality)
        self._place(grid, 2, 3, "id_expires_on", self.tr("Hết hạn"), self.expiry)
        grid.addWidget(self.vneid, 3, 2, 1, 2)
        for column, (least, share) in enumerate(((180, 10), (160, 4), (124, 3), (104, 0))):
            grid.setColumnMinimumWidth(column, least)
            grid.setColumnStretch(column, share)
        self._sign, self._words, self._notes = QLabel(), ElidedLabel(role="small"), ElidedLabel(role="small")
        self._said = said = QGridLayout()
        said.setContentsMargins(0, 4, 0, 0)
        said.setHorizontalSpacing(6)
        said.addWidget(self._sign, 0, 0)
        said.addWidget(self._words, 0, 1)
        said.addWidget(self._notes, 0, 2)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addLayout(grid)
        column_box.addLayout(said)

    def _place(
        self, grid: QGridLayout, row: int, column: int, name: str, title: str, field: QWidget, span: int = 1
    ) -> None:
        said = QLabel(title)
        said.setProperty("role", "small")
        said.setBuddy(field)
        self._labels[name] = said
        field.setAccessibleName(title.replace("&", "").removesuffix(" *"))
        grid.addWidget(said, row, column, 1, span)
        grid.addWidget(field, row + 1, column, 1, span)

    def _bind(self) -> None:
        for name, line in self.lines.items():
            line.textEdited.connect(lambda text, name=name: self.typed.emit(name, text))
            line.editingFinished.connect(lambda name=name: self.left.emit(name))
        for name, field in self.dates.items():
            field.date_changed.connect(lambda day, name=name: self.typed.emit(name, day))
            field.editingFinished.connect(
                lambda name=name, field=field: self.date_wrong.emit(name, field.is_wrong)
            )
        self.nationality.chosen.connect(lambda name: self.typed.emit("nationality", name))
        self.sex.activated.connect(lambda number: self.typed.emit("sex", SEXES[number]))
        self.vneid.clicked.connect(lambda ticked: self.typed.emit("checked_on_vneid", ticked))

    @property
    def chain(self) -> tuple[QWidget, ...]:
        """The fields in the order of the Tab key."""
        return (
            self.name,
            self.id_number,
            self.birth,
            self.sex,
            self.representative,
            self.address,
            self.phone,
            self.nationality,
            self.expiry,
            self.email,
            self.vneid,
        )

    def place(self, name: str) -> QWidget:
        """Return the field of that name of Person."""
        return self.lines.get(name) or self.dates.get(name) or (self.sex if name == "sex" else self.name)

    def show_person(self, person: Person, whole: bool) -> None:
        """Show the person. A field with the focus is the officer's own, unless `whole` says that all is new."""
        for name, line in self.lines.items():
            self._show_line(line, getattr(person, name), whole)
        for name, field in self.dates.items():
            if whole or not field.hasFocus():
                if whole and field.is_wrong:
                    field.clear()
                field.set_date(getattr(person, name))
        with QSignalBlocker(self.sex):
            self.sex.setCurrentIndex(SEXES.index(person.sex) if person.sex in SEXES else 0)
        self.vneid.setChecked(person.checked_on_vneid)
        self._show_kind(person.kind, mail=bool(person.email))

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Say what is odd: words under the fields, a red edge around what cannot be true."""
        stops = {remark.field for remark in remarks if remark.gravity is Gravity.STOPS}
        for name in (*self.lines, *self.dates):
            field = self.place(name)
            restyle(field, "wrong", name in stops)
            field.setAccessibleDescription(" ".join(each.text for each in remarks if each.field == name))
        notes = [each.text for each in remarks if each.gravity is Gravity.NOTES]
        grave = sorted(
            (each for each in remarks if each.gravity is not Gravity.NOTES),
            key=lambda each: each.gravity.value,
        )
        tone = _TONES[grave[0].gravity] if grave else Tone.NEUTRAL
        self._say(1, self._words, [each.text for each in grave], weight=3)
        self._say(2, self._notes, notes, weight=1)
        set_tone(self._words, tone)
        self._sign.setPixmap(
            pixmap(Tone.INFO.icon if tone is Tone.NEUTRAL else tone.icon, tone_colours(tone)[0], 14)
        )
        self._sign.setVisible(bool(remarks))

    def _say(self, column: int, label: ElidedLabel, sentences: list[str], weight: int) -> None:
        """Say these in one line beside what else is said; where room is short, the heavier are cut last."""
        label.set_words("   ".join(sentences))
        label.setVisible(bool(sentences))
        self._said.setColumnStretch(column, label.fontMetrics().horizontalAdvance(label.words) * weight)

    def _name_words(self, organisation: bool) -> str:
        own = self.who is Who.OWNER
        if organisation:
            return self.tr("&Tên tổ chức *") if own else self.tr("Tên tổ chức *")
        return self.tr("&Họ và tên *") if own else self.tr("Họ và tên *")

    def _show_line(self, line: QLineEdit, text: str, whole: bool) -> None:
        if nfc(line.text()) != text and (whole or not line.hasFocus()):
            line.setText(text)
            line.setCursorPosition(0 if not line.hasFocus() else len(text))  # a long name shows its beginning

    def _show_kind(self, kind: PersonKind, mail: bool) -> None:
        self._labels["id_number"].setText(number_words(kind))
        self.id_number.setAccessibleName(number_words(kind))
        organisation, foreigner = kind is PersonKind.ORGANISATION, kind is PersonKind.FOREIGNER
        self._labels["name"].setText(self._name_words(organisation))
        self.name.setPlaceholderText(self.tr("như trên hộ chiếu, họ trước") if foreigner else "")
        shown: dict[str, tuple[QWidget, bool]] = {
            "birth_date": (self.birth, kind in _WITH_BIRTH),
            "sex": (self.sex, kind in _WITH_BIRTH),
            "representative": (self.representative, organisation),
            "nationality": (self.nationality, foreigner),
            "id_expires_on": (self.expiry, foreigner),
            "email": (self.email, mail if foreigner else kind is not PersonKind.NO_PAPERS),
        }
        for name, (field, wanted) in shown.items():
            self._labels[name].setVisible(wanted)
            field.setVisible(wanted)
        self.vneid.setVisible(kind is PersonKind.NO_PAPERS)
        if kind is not self._kind:
            self._kind = kind
            top = 4 if foreigner else 2  # a foreigner's two fields more take its place
            self._grid.addWidget(self._labels["email"], top, 0 if foreigner else 2, 1, 2)
            self._grid.addWidget(self.email, top + 1, 0 if foreigner else 2, 1, 2)
