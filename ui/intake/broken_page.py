"""The sheet that stands in the place of a page which cannot be painted: it says why, and what to do."""

from PySide6.QtCore import QBuffer, QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from ui.notices import Words
from ui.theme import FAMILY, LIGHT

_A4 = 1.414  # high for its width
_SMALL = 300  # pixels: a narrower sheet has room for a few words only
_LARGEST = 1600  # pixels: words need no more


def broken_page(words: Words, width: int) -> bytes:
    """Return PNG bytes of a sheet, `width` pixels wide at most. May be called on any lane."""
    wide = min(width, _LARGEST)
    sheet = QImage(wide, round(wide * _A4), QImage.Format.Format_RGB32)
    sheet.fill(QColor(LIGHT.surface))
    painter = QPainter(sheet)
    try:
        _draw(painter, words, float(wide), float(sheet.height()))
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    sheet.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes the name
    return bytes(buffer.data().data())


def _draw(painter: QPainter, words: Words, wide: float, high: float) -> None:
    """A red cross and the words. Paper is white in every theme, so the light colours hold."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    margin = wide * 0.1
    middle = QRectF(margin, high * 0.3, wide - 2 * margin, high * 0.6)
    pen = QPen(QColor(LIGHT.bad))
    pen.setWidthF(max(2.0, wide / 60))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    size, centre = wide * 0.06, wide / 2
    top = high * 0.18
    for side in (-1, 1):
        painter.drawLine(
            round(centre - size), round(top - side * size), round(centre + size), round(top + side * size)
        )
    font = QFont(FAMILY)
    small = wide < _SMALL
    font.setPixelSize(max(10, round(wide / (9 if small else 26))))
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    told = _few_words() if small else f"{words.message}\n\n{words.remedy}"
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(middle, int(flags), told)


def _few_words() -> str:
    return QCoreApplication.translate("Intake", "Không xem được trang này")
