"""The slip as it was issued, page by page, with the key that prints it again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

PAGE_WIDTH = 640  # logical pixels


class SlipPreview(QDialog):
    """Opens without stopping anything."""

    print_asked = Signal()
    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Giấy đã cấp"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._title = label(role="heading")
        self._pages = QVBoxLayout()
        self._pages.setSpacing(GUTTER)
        self._print = KeyButton(self.tr("In lại"), "Ctrl+P", "printer")
        self.check = KeyButton(self.tr("Kiểm tra chữ ký"), "F8", "shield-check")
        self._close = KeyButton(self.tr("Đóng"), "Esc", "", "primary")
        self._print.clicked.connect(self.print_asked)
        self.check.clicked.connect(self.check_asked)
        self._close.clicked.connect(self.hide)
        self._lay_out()

    def show_pages(
        self, title: str, pages: tuple[bytes, ...], *, again: bool = True, here: bool = True
    ) -> None:
        """Show the pages (PNG bytes) under `title`; what was replaced is not printed `again`, nor what is not `here`."""
        self._title.setText(title)
        self._print.setVisible(again)
        self.check.setVisible(here)
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, png in enumerate(pages, 1):
            self._pages.addWidget(self._page(number, png))
        self.open()
        self._close.setFocus()

    def _page(self, number: int, png: bytes) -> QLabel:
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(max(1.0, picture.width() / PAGE_WIDTH))
        page = QLabel()
        page.setPixmap(picture)
        page.setAccessibleName(self.tr("Trang {number}").format(number=number))
        return page

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._pages)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea()
        scroll.setProperty("desk", True)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self._title, 1)
        buttons.addWidget(self.check)
        buttons.addWidget(self._print)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addLayout(buttons)
        column.addWidget(scroll, 1)
        self.resize(PAGE_WIDTH + 88, 660)
