"""Which printer takes which form, and the language of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout

from clerk_app.language import ENGLISH, VIETNAMESE
from clerk_app.services.change_settings import Choices
from ui.theme import UNIT
from ui.widgets.card import Card
from ui.widgets.form_field import FormField
from ui.widgets.label import label


class PrintingCard(Card):
    """`chosen` tells the name of a choice and what was chosen for it."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self.column.addWidget(label(self.tr("In ấn và ngôn ngữ"), "heading"))
        self.column.addWidget(
            label(
                self.tr("Mỗi loại giấy in ở máy đã chọn, không tự chuyển sang máy khác."), "small", wrap=True
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(UNIT)
        grid.addWidget(self._field("printer_slip", self.tr("Máy in giấy hẹn (Mẫu 01)")), 0, 0)
        grid.addWidget(self._field("printer_supplement", self.tr("Máy in phiếu bổ sung (Mẫu 02)")), 0, 1)
        grid.addWidget(self._field("printer_refusal", self.tr("Máy in phiếu từ chối (Mẫu 03)")), 1, 0)
        grid.addWidget(self._field("language", self.tr("Ngôn ngữ")), 1, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)

    def show_choices(self, choices: Choices, printers: tuple[str, ...]) -> None:
        """Show what is chosen, among the printers that this computer knows."""
        for name, box in self.boxes.items():
            value = str(getattr(choices, name))
            offered = self._languages() if name == "language" else self._printers(value, printers)
            if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] != offered:
                box.clear()
                for title, data in offered:
                    box.addItem(title, data)
            box.setCurrentIndex(box.findData(value))

    def _field(self, name: str, title: str) -> FormField:
        box = QComboBox()
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda: self.chosen.emit(name, box.currentData()))
        self.boxes[name] = box
        return FormField(title, box)

    def _printers(self, chosen: str, printers: tuple[str, ...]) -> list[tuple[str, str]]:
        known = [(printer, printer) for printer in printers]
        gone = [(self.tr("{printer} (không thấy)").format(printer=chosen), chosen)]
        usual = [(self.tr("Máy in mặc định của máy tính"), "")]
        return usual + known + (gone if chosen and chosen not in printers else [])

    def _languages(self) -> list[tuple[str, str]]:
        return [(self.tr("Theo máy tính"), ""), ("Tiếng Việt", VIETNAMESE), ("English", ENGLISH)]
