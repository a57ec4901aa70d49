"""The line that a scanner types a card's code or a passport's zone into, wherever the focus was when it began."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from clerk_app.domain.mrz import is_whole_mrz, looks_like_mrz
from clerk_app.domain.scanner_keys import shown_by
from ui.intake.scan_watch import GROUP_SEPARATOR, SEPARATOR, Scan, ScanWatch
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

CARD_BARS = 6  # so many bars make seven fields: a whole card
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CaptureRow(QWidget):
    """A title, the line, the way by a picture, and the two keys that end it. Input methods keep out of the line."""

    read = Signal(object)  # Keyed: a whole text, ended by Enter
    given_up = Signal()
    begun = Signal(int)  # a scanner types elsewhere, so many keys so far; its text goes on here
    picture_wanted = Signal()  # a picture of a card is to be chosen

    def __init__(self) -> None:
        super().__init__()
        self.watch = ScanWatch(self)
        self.line = QLineEdit()
        self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.line.setProperty("scanned", True)  # its letters are a scanner's
        self.line.setAccessibleName(self.tr("Mã QR trên thẻ căn cước"))
        self.line.setPlaceholderText(self.tr("Mã QR của thẻ, dòng mã < của hộ chiếu"))
        self.picture = KeyButton(self.tr("Từ ảnh"), "Ctrl+I", "image-plus", "quiet")
        self.picture.setAccessibleName(self.tr("Đọc thẻ từ ảnh"))
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = label(role="strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addWidget(self.line, 1)
        row.addWidget(self.picture)
        row.addWidget(label(self.tr("Enter: đọc · Esc: thôi"), role="small"))
        self.line.installEventFilter(self)
        self.watch.begun.connect(self._on_scan)
        self.picture.clicked.connect(self.picture_wanted)

    def ask(self, whose: str) -> None:
        """Name whose card is awaited, and stand empty with the focus."""
        self._title.setText(self.tr("Thẻ của {record}").format(record=whose))
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ends the text, Esc gives up; scanners end lines and fields by keys of their own."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        text = self.line.text()
        tab = event.key() == Qt.Key.Key_Tab and bool(text)
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in _ENTER or (tab and text.count(SEPARATOR) >= CARD_BARS):
            self._on_enter(text)
        elif tab or event.text() == GROUP_SEPARATOR:
            self._put(SEPARATOR)
        else:
            return False
        return True

    def _on_enter(self, text: str) -> None:
        if looks_like_mrz(text) and not is_whole_mrz(text) and not text.endswith(" "):
            self._put(" ")  # a line of a passport; the next one follows
            return
        keyed = self.watch.keyed(text)
        self.line.clear()
        self.read.emit(keyed)

    def _put(self, text: str) -> None:
        self.line.insert(text)
        self.watch.add(text)

    def _on_scan(self, scan: Scan) -> None:
        """The field that was not meant gets back what it held, the card a line of its own."""
        if isinstance(scan.field, QLineEdit):
            scan.field.setText(scan.before)
            scan.field.textEdited.emit(scan.before)
        self.begun.emit(0 if scan.field.property("scanned") else len(scan.strokes))
        if self.line.hasFocus():
            self.line.setText(shown_by(scan.strokes))
            self.watch.follow(self.line)
            self.watch.resume(scan.strokes)
