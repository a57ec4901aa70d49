"""Whether words are Vietnamese, by their letters alone; and every word that a window holds, drawn or read aloud."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

_READ_ALOUD = ("accessibleName", "accessibleDescription", "toolTip", "windowTitle", "whatsThis")
_DRAWN = ("text", "placeholderText", "title", "words", "toPlainText")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def vietnamese_letters(text: str) -> set[str]:
    """Return the letters and marks that English does not have."""
    return {
        mark
        for mark in unicodedata.normalize("NFD", text)
        if (mark.isalpha() or unicodedata.combining(mark)) and not mark.isascii()
    }


def vietnamese_in(window: QWidget, *data: object) -> list[str]:
    """Return what a window says in Vietnamese; `data` are the values whose own words do not count."""
    own = sorted(set(_words_of(data)), key=len, reverse=True)
    return sorted(text for text in set(_said(window)) if vietnamese_letters(_without(text, own)))


def _without(text: str, own: Sequence[str]) -> str:
    rest = _without_shortened(unicodedata.normalize("NFC", text).casefold(), own)
    for each in own:
        rest = rest.replace(each, "")
    return rest.replace(" đ", "")  # the sign of the currency


def _without_shortened(text: str, own: Sequence[str]) -> str:
    """Take out the beginnings of `own` that were shortened to fit."""
    before, dots, after = text.partition("…")
    if not dots:
        return text
    fitting = (end for each in own for end in range(3, len(each)) if before.endswith(each[:end]))
    return before[: len(before) - max(fitting, default=0)] + _without_shortened(after, own)


def _words_of(value: object) -> Iterator[str]:
    match value:
        case str():
            yield unicodedata.normalize("NFC", value).casefold()
        case Mapping():
            yield from _words_of(list(value.values()))
        case list() | tuple() | set() | frozenset():
            for each in value:
                yield from _words_of(each)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _words_of(getattr(value, field.name))


def _said(window: QWidget) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        for name in (*_READ_ALOUD, *_DRAWN):
            said = getattr(widget, name, "")
            said = said() if callable(said) else said
            if isinstance(said, str):
                yield said
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _listed(widget.model())


def _listed(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex()))
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount(QModelIndex())):
            index = model.index(row, column)
            yield from (str(model.data(index, role) or "") for role in _ROLES)
