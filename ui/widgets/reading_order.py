"""The order in which Tab walks: as one reads what the layouts put beside and under each other."""

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QStackedWidget, QWidget


def tab_as_one_reads(screen: QWidget) -> None:
    """Let Tab go through a screen in reading order. Qt's own is the order in which its parts were made."""
    for before, after in pairwise(in_reading_order(screen)):
        QWidget.setTabOrder(before, after)


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes Tab in a widget, itself too, hidden parts as well."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QStackedWidget):
        for number in range(widget.count()):
            if (page := widget.widget(number)) is not None:
                yield from in_reading_order(page)
    elif isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield from in_reading_order(inside)
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: cast("tuple[int, ...]", layout.getItemPosition(place))[:2])
    for item in map(layout.itemAt, places):
        if item is not None and (widget := item.widget()) is not None:
            yield from in_reading_order(widget)
        elif item is not None and (inner := item.layout()) is not None:
            yield from _laid_out(inner)
