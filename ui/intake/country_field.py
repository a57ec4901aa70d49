"""A nationality, found by a few letters without accents.

The list under it never takes the focus, nor the keys of an input method: only letters that have been committed are
looked for, and the text is the officer's until the field is left.
"""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout

from clerk_app.domain.country import Countries

_ROW = 30
_MOST_ROWS = 6
_BY_KEYS = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


class CountryField(QLineEdit):
    """Emits `chosen(name)` when a country is taken from the list: by Enter, Tab or a click."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.countries = Countries(())
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Quốc tịch tìm thấy"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(f"QListWidget::item {{ height: {_ROW}px; padding-left: 8px; }}")
        self.popup = QFrame(self)
        self.popup.setProperty("popup", True)
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(2, 4, 2, 4)
        column.addWidget(self.list)
        self.popup.hide()
        self.textEdited.connect(self._look)
        self.list.itemClicked.connect(lambda item: self._take(item.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list while it is open, Esc closes it."""
        if self.popup.isVisible() and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            row = self.list.currentRow() + (1 if event.key() == Qt.Key.Key_Down else -1)
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif self.popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            self.popup.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter and Tab take what is chosen in the list; otherwise a name typed whole gets its accents."""
        item = self.list.currentItem()
        known = self.countries.named(self.text())
        if self.popup.isVisible() and item is not None and event.reason() in _BY_KEYS:
            self._take(item.text())
        elif known is not None and known.name != self.text():
            self._take(known.name)
        self.popup.hide()
        super().focusOutEvent(event)

    def _look(self, text: str) -> None:
        found = self.countries.search(text, _MOST_ROWS)
        names = [country.name for country in found]
        self.popup.setVisible(bool(names) and names != [text])
        if not self.popup.isVisible():
            return
        self.list.clear()
        self.list.addItems(names)
        self.list.setCurrentRow(0)
        over = self.window()
        if self.popup.parent() is not over:
            self.popup.setParent(over)
        corner = self.mapTo(over, QPoint(0, self.height() + 2))
        self.popup.setGeometry(QRect(corner, QSize(max(self.width(), 240), len(names) * _ROW + 12)))
        self.popup.show()
        self.popup.raise_()

    def _take(self, name: str) -> None:
        self.popup.hide()
        self.setText(name)
        self.chosen.emit(name)
