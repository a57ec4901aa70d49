"""A date as dd/MM/yyyy, typed freely: 14/7/1989, 14-07-1989, 14071989. No mask, so any input method works."""

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

_PARTS = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})|(\d{2})(\d{2})(\d{4})")


def read_date(text: str) -> date | None:
    """Return the date in `text`, day first; None when it is no date."""
    found = _PARTS.fullmatch(text.strip())
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def show_date(day: date | None) -> str:
    """Return the date as dd/MM/yyyy, or nothing."""
    return day.strftime("%d/%m/%Y") if day else ""


class DateField(QLineEdit):
    """Emits `date_changed(date | None)` while the clerk types; tidies the text when they leave it."""

    date_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("__/__/____")
        self.textEdited.connect(lambda text: self.date_changed.emit(read_date(text)))
        self.editingFinished.connect(self._tidy)

    @property
    def day(self) -> date | None:
        """The date typed so far, None while there is none."""
        return read_date(self.text())

    @property
    def is_wrong(self) -> bool:
        """Something is typed, and it is no date."""
        return bool(self.text().strip()) and self.day is None

    def set_date(self, day: date | None) -> None:
        """Show `day`, unless the clerk's own text already says it."""
        if self.day != day or (day is None and not self.hasFocus()):
            self.setText(show_date(day))

    def _tidy(self) -> None:
        if self.day:
            self.setText(show_date(self.day))
