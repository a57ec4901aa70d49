"""Pages on paper, and pages as pictures: PDF through PDFium onto Qt's printer. Blocks: for the paper lane."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QImageWriter, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clerk_app.domain.document import DocumentKind
from clerk_app.errors import OfficeError
from clerk_app.papers import pdfium

_DOTS = 300  # per inch: sharp enough for stamps and QR codes, and no slower than the printer
_A4_WIDTH = 210 / 25.4  # inches


class NoPrinter(OfficeError):
    message = "Không thấy máy in."
    remedy = "Bật máy in rồi bấm In lại. Giấy đã lập và đã lưu, không mất."


class PrinterRefused(OfficeError):
    message = "Máy in {printer} không nhận giấy cần in."
    remedy = "Kiểm tra giấy, mực và dây nối rồi bấm In lại. Giấy đã lập và đã lưu."


class PrinterGone(OfficeError):
    message = "Không thấy máy in {printer} đã chọn cho giấy này."
    remedy = "Bật máy in đó rồi bấm In lại, hoặc chọn máy khác ở Thiết lập (Ctrl+9). Giấy đã lập và đã lưu."


class QtPrinter:
    """The printers of this computer: the one chosen for a form, else the system's default."""

    def __init__(self, chosen: Mapping[DocumentKind, str] = MappingProxyType({})) -> None:
        self._chosen = chosen

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Hand all pages to the form's printer; raises `NoPrinter`, `PrinterGone` or `PrinterRefused`.

        Never to another one than was chosen: its tray may hold other paper.
        """
        name = self._chosen.get(form, "")
        chosen = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
        if chosen.isNull():
            raise PrinterGone(printer=name) if name else NoPrinter
        printer = QPrinter(chosen, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        paint(pdf, printer, note)


def paint(pdf: bytes, printer: QPrinter, note: str = "") -> None:
    """Draw all pages on A4 without margins of ours, with the note at their foot.

    Raises `PrinterRefused` when the printer stops taking them.
    """
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
            _write_note(painter, note)
    finally:
        painter.end()


def _write_note(painter: QPainter, note: str) -> None:
    """Write the note small in the right foot of the page, where the form leaves its margin."""
    page = QRectF(painter.viewport())
    millimetre = page.width() / 210
    painter.setFont(QFont("Be Vietnam Pro", 7))
    foot = QRectF(
        page.left(), page.bottom() - 12 * millimetre, page.width() - 15 * millimetre, 6 * millimetre
    )
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)


class FolderPrinter:
    """Puts the very bytes into a folder: for practice and for machines without a screen, never for real papers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Write `title`.pdf, with the note in its name, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        told = f"{title} - {note}" if note else title
        name = "".join(sign if sign.isalnum() or sign in "-. " else "_" for sign in told).strip() or "in"
        fresh = self._folder / f"{name}.pdf.part"
        fresh.write_bytes(pdf)
        fresh.replace(self._folder / f"{name}.pdf")


class PracticePrinter:
    """The chosen or default printer, or a folder where there is none."""

    def __init__(self, folder: Path, chosen: Mapping[DocumentKind, str] = MappingProxyType({})) -> None:
        self._paper, self._folder = QtPrinter(chosen), FolderPrinter(folder)

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Hand the pages to whichever there is."""
        try:
            self._paper.spool(form, pdf, title, note)
        except NoPrinter:
            self._folder.spool(form, pdf, title, note)


def list_printers() -> tuple[str, ...]:
    """Return the names of the printers that this computer knows. Blocks: for the paper lane."""
    return tuple(sorted(QPrinterInfo.availablePrinterNames()))


def pictures(pdf: bytes, width: int) -> tuple[bytes, ...]:
    """Return each page as PNG bytes, `width` pixels wide for A4."""
    return tuple(_png(image) for image in images(pdf, width / _A4_WIDTH))


def images(pdf: bytes, dots: float) -> Iterator[QImage]:
    """Yield each page, drawn at `dots` per inch of A4's width; raises `PaperBroken`."""
    width = round(dots * _A4_WIDTH)
    for number in range(pdfium.count_pages(pdf)):
        page = pdfium.paint_page(pdf, number, width)
        drawn = QImage(page.tobytes(), page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
        yield drawn.copy()  # the bytes end with this step


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
