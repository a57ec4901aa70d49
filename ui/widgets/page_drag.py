"""What travels with the mouse when pages are dragged: their names in the strip, inside this program only."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QDropEvent, QPixmap
from PySide6.QtWidgets import QWidget

_MIME = "application/x-counter-pages"
_HELD = 72  # pixels: height of the picture under the mouse


def drag_of(source: QWidget, keys: Sequence[str], picture: QPixmap | None) -> QDrag:
    """Return a drag of these pages, the first of them seen under the mouse."""
    data = QMimeData()
    data.setData(_MIME, "\n".join(keys).encode())
    drag = QDrag(source)
    drag.setMimeData(data)
    if picture is not None:
        drag.setPixmap(picture.scaledToHeight(_HELD, Qt.TransformationMode.SmoothTransformation))
        drag.setHotSpot(QPoint(0, 0))
    return drag


def dragged(event: QDropEvent) -> tuple[str, ...]:
    """Return the names of the pages that the mouse holds, if it holds pages of this program."""
    if event.source() is None or not event.mimeData().hasFormat(_MIME):
        return ()
    return tuple(event.mimeData().data(_MIME).toStdString().split("\n"))
