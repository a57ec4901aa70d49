"""The line that a card reader types the QR text of an identity card into. Input methods keep out of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.widgets.label import label


class CaptureRow(QWidget):
    """A title, the line, and the two keys that end it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.line.setProperty("scanned", True)  # its letters are a scanner's
        self.line.setAccessibleName(self.tr("Mã QR trên thẻ căn cước"))
        self.line.setPlaceholderText(self.tr("Đưa mã QR trên thẻ vào máy đọc…"))
        self._title = label(role="strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addWidget(self.line, 1)
        row.addWidget(label(self.tr("Enter: đọc · Esc: thôi"), role="small"))

    def say(self, whose: str) -> None:
        """Name whose card is awaited, and stand empty."""
        self._title.setText(self.tr("Thẻ căn cước của {record}").format(record=whose))
        self.line.clear()
