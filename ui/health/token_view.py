"""Kiểm tra thẻ: driver, tokens and certificates line by line; find a driver, take one into use, export a bundle."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.domain.token_library import FoundDriver
from clerk_app.domain.verdict import Health
from ui.health import words
from ui.health.token_view_model import Shown, TokenViewModel
from ui.language import told
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.findings import Finding, Findings
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.stat import Stat
from ui.widgets.under_way import UnderWay


class TokenView(QWidget):
    """`back_asked` leads to the checks of the whole counter."""

    back_asked = Signal()

    def __init__(self, model: TokenViewModel) -> None:
        super().__init__()
        self._model = model
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Examine when nobody has yet."""
        self._model.examine_once()

    def _build(self) -> None:
        self.trouble = Banner(rounded=True)
        self.notes = label(role="small", wrap=True)
        self.findings = Findings(self.tr("Kiểm tra thẻ"), "", ("", ""))
        self.setFocusProxy(self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._head())
        column.addWidget(self.trouble)
        column.addWidget(self.findings, 1)
        column.addWidget(self.notes)

    def _head(self) -> Card:
        self.back = KeyButton(self.tr("Kiểm tra thiết bị"), "Esc", "stethoscope")
        self.examine = KeyButton(self.tr("Kiểm tra lại"), "F5", "refresh-cw", "primary")
        self.search = KeyButton(self.tr("Tìm phần mềm thẻ…"), "F8", "search")
        self.choose = KeyButton(self.tr("Chọn thư viện PKCS#11…"), "F6", "inbox")
        self.export = KeyButton(self.tr("Xuất gói chẩn đoán…"), "F4", "save")
        self.use = KeyButton(self.tr("Dùng phần mềm này"), "F9", "check")
        self.good, self.odd, self.broken = (Stat(words.badge(each)) for each in Health)
        self.under_way = UnderWay(self.tr("Tiến độ kiểm tra"), self.tr("Dừng"), 120)
        self.stop = self.under_way.stop
        card = Card()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(40)
        for shown in (self.good, self.odd, self.broken):
            first.addWidget(shown)
        first.addStretch()
        acts = QHBoxLayout()
        acts.setSpacing(UNIT)
        for button in (self.under_way, self.back, self.use, self.examine):
            acts.addWidget(button)
        first.addLayout(acts)
        second.setSpacing(UNIT)
        for button in (self.search, self.choose, self.export):
            second.addWidget(button)
        second.addStretch()
        card.column.addLayout(first)
        card.column.addLayout(second)
        return card

    def _bind(self) -> None:
        model = self._model
        self.back.clicked.connect(self.back_asked)
        self.stop.clicked.connect(model.cancel)
        self.examine.clicked.connect(model.examine)
        self.search.clicked.connect(model.find)
        self.choose.clicked.connect(self._choose)
        self.export.clicked.connect(self._export)
        self.use.clicked.connect(lambda: model.choose(self.findings.checks.current_key))
        self.findings.opened.connect(lambda _: self.use.click())
        self.findings.current_changed.connect(lambda _: self._render_use())
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        for stat, health in ((self.good, Health.OK), (self.odd, Health.WARN), (self.broken, Health.FAIL)):
            count = model.count(health)
            stat.say(str(count), words.TONES[health] if count else Tone.NEUTRAL)
        for button in (self.examine, self.search, self.choose, self.export):
            button.setEnabled(not model.busy)
        self.back.setVisible(not model.busy)
        self.under_way.show_work(busy=model.busy, done=model.done, total=model.total)
        self._render_trouble()
        self._render_list()
        self._render_use()

    def _render_trouble(self) -> None:
        notice = self._model.notice
        if notice is None:
            self.trouble.hide()
        else:
            said = in_words(notice)
            self.trouble.say(said.message, said.remedy, Tone.BAD)

    def _render_list(self) -> None:
        model, findings = self._model, self.findings
        if model.shown is Shown.DRIVERS:
            findings.heading.setText(self.tr("Phần mềm thẻ trên máy này"))
            findings.set_empty(
                (
                    self.tr("Không tìm thấy phần mềm thẻ nào"),
                    self.tr(
                        "Cài phần mềm của nhà cung cấp thẻ rồi tìm lại, hoặc bấm F6 để chọn tệp thư viện."
                    ),
                )
            )
            findings.set_findings([_of_driver(each) for each in model.found.drivers])
            checked = self.tr("Danh sách nhà cung cấp kiểm ngày {day}.").format(day=model.found.checked)
            self.notes.setText(" ".join((checked, *map(told, model.found.notes))))
        else:
            findings.heading.setText(self.tr("Kết quả kiểm tra thẻ"))
            findings.set_empty(
                (self.tr("Chưa kiểm tra"), self.tr("Bấm F5 để kiểm tra thẻ; không cần mã PIN."))
            )
            findings.set_findings([words.finding(each) for each in model.checks])
            self.notes.setText("")
        self.notes.setVisible(bool(self.notes.text()))

    def _render_use(self) -> None:
        model = self._model
        driver = model.driver(self.findings.checks.current_key) if model.shown is Shown.DRIVERS else None
        may = driver is not None and driver.works and not driver.chosen and not model.busy
        self.use.setVisible(may)

    def _choose(self) -> None:
        kinds = self.tr("Thư viện PKCS#11 (*.dll *.so *.so.* *.dylib)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Chọn thư viện PKCS#11"), "", kinds)
        self._model.choose(str(Path(path)) if path else "")

    def _export(self) -> None:
        title, kinds = self.tr("Xuất gói chẩn đoán"), self.tr("Gói chẩn đoán (*.zip)")
        path, _ = QFileDialog.getSaveFileName(self, title, "kiem-tra-the.zip", kinds)
        self._model.export(path)


def _of_driver(driver: FoundDriver) -> Finding:
    badge, tone = words.of_driver(driver)
    more = f"{driver.library}\n{driver.architecture}"
    sentence, remedy = told(driver.sentence), told(driver.remedy)
    return Finding(driver.library, told(driver.vendor), sentence, remedy, badge, tone, more)
