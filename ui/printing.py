"""Pages on paper, and pages as pictures: PDF through PDFium onto Qt's printer.

Called on the paper lane only: PDFium is not made for two threads at once.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clerk_app.errors import OfficeError

_DOTS = 300  # per inch: sharp enough for stamps and QR codes, and no slower than the printer
_POINTS = 72


class NoPrinter(OfficeError):
    message = "Không thấy máy in."
    remedy = "Bật máy in rồi bấm In lại. Giấy hẹn đã ký và đã lưu, không mất."


class PrinterRefused(OfficeError):
    message = "Máy in {printer} không nhận giấy hẹn."
    remedy = "Kiểm tra giấy, mực và dây nối rồi bấm In lại. Giấy hẹn đã ký và đã lưu."


class QtPrinter:
    """The printer that the system calls its default one."""

    def spool(self, pdf: bytes, title: str) -> None:
        """Hand all pages to the printer; raises `NoPrinter` or `PrinterRefused`."""
        chosen = QPrinterInfo.defaultPrinter()
        if chosen.isNull():
            raise NoPrinter
        printer = QPrinter(chosen, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        paint(pdf, printer)


def paint(pdf: bytes, printer: QPrinter) -> None:
    """Draw all pages on A4 without margins of ours; raises `PrinterRefused` when the printer stops taking them."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused(printer=printer.printerName())
    try:
        for number, image in enumerate(images(pdf, min(printer.resolution(), _DOTS))):
            if number and not printer.newPage():
                raise PrinterRefused(printer=printer.printerName())
            painter.drawImage(QRectF(painter.viewport()), image)
    finally:
        painter.end()


class FolderPrinter:
    """Puts the very bytes into a folder: for practice and for machines without a screen, never for real papers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def spool(self, pdf: bytes, title: str) -> None:
        """Write `title`.pdf, whole or not at all; a second copy replaces the first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = "".join(sign if sign.isalnum() or sign in "-. " else "_" for sign in title).strip() or "in"
        fresh = self._folder / f"{name}.pdf.part"
        fresh.write_bytes(pdf)
        fresh.replace(self._folder / f"{name}.pdf")


class PracticePrinter:
    """The default printer, or a folder where there is none."""

    def __init__(self, folder: Path) -> None:
        self._paper, self._folder = QtPrinter(), FolderPrinter(folder)

    def spool(self, pdf: bytes, title: str) -> None:
        """Hand the pages to whichever there is."""
        try:
            self._paper.spool(pdf, title)
        except NoPrinter:
            self._folder.spool(pdf, title)


def pictures(pdf: bytes, width: int) -> tuple[bytes, ...]:
    """Return each page as PNG bytes, `width` pixels wide for A4."""
    dots = width / (210 / 25.4)
    return tuple(_png(image) for image in images(pdf, dots))


def images(pdf: bytes, dots: float) -> Iterator[QImage]:
    """Yield each page drawn at `dots` per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=dots / _POINTS, prefer_bgrx=True)
            drawn = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            yield drawn.copy()  # the bitmap's memory ends with it
            bitmap.close()
            page.close()
    finally:
        document.close()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
