"""A slip reaches the paper whole, or it is said that it did not."""

from pathlib import Path
from typing import ClassVar

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clerk_app.domain.document import DocumentKind
from ui import printing
from ui.printing import (
    FolderPrinter,
    NoPrinter,
    PracticePrinter,
    PrinterGone,
    PrinterRefused,
    QtPrinter,
    images,
    pictures,
)
from ui.theme import FAMILY


@pytest.fixture
def pdf(qapp: object) -> bytes:
    """Two A4 pages with a word each."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    painter = QPainter(writer)
    painter.setFont(QFont(FAMILY, 24))
    painter.drawText(1000, 1000, "Giấy hẹn")
    writer.newPage()
    painter.drawText(1000, 1000, "Trang hai")
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    class FakePrinters:
        @staticmethod
        def defaultPrinter() -> QPrinterInfo:  # noqa: N802 - Qt's name
            return QPrinterInfo()

    monkeypatch.setattr(printing, "QPrinterInfo", FakePrinters)


def test_all_pages_reach_the_printer(pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))

    printing.paint(pdf, printer)

    printed = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(printed) == 2
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    printed.close()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_refuses(pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "paper.pdf"))

    with pytest.raises(PrinterRefused):
        printing.paint(pdf, printer)


@pytest.mark.usefixtures("no_printer")
def test_no_printer_is_said(pdf: bytes) -> None:
    with pytest.raises(NoPrinter):
        QtPrinter().spool(DocumentKind.SLIP, pdf, "Giấy hẹn", "")


@pytest.mark.usefixtures("no_printer")
def test_practice_without_a_printer_keeps_the_very_bytes(pdf: bytes, tmp_path: Path) -> None:
    PracticePrinter(tmp_path / "printed").spool(DocumentKind.SLIP, pdf, "Giấy hẹn H26.99.01/261123-0042", "")

    files = list((tmp_path / "printed").iterdir())
    assert [file.name for file in files] == ["Giấy hẹn H26.99.01_261123-0042.pdf"]
    assert files[0].read_bytes() == pdf


def test_a_second_copy_stands_beside_the_first_and_says_so(pdf: bytes, tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    printer.spool(DocumentKind.SLIP, pdf, "Giấy hẹn", "")

    printer.spool(DocumentKind.SLIP, pdf, "Giấy hẹn", "Bản in lần 2")

    assert {file.name for file in tmp_path.iterdir()} == {"Giấy hẹn.pdf", "Giấy hẹn - Bản in lần 2.pdf"}


def test_a_reprint_says_so_at_the_foot_of_each_page(pdf: bytes, tmp_path: Path) -> None:
    plain, noted = (_on_paper(pdf, tmp_path / f"{name}.pdf", name) for name in ("", "Bản in lần 2"))

    for page in range(2):
        changed = _ink(noted[page]) - _ink(plain[page])
        assert changed
        assert min(y for _, y in changed) > noted[page].height() * 0.93


def _on_paper(pdf: bytes, file: Path, note: str) -> list[QImage]:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printing.paint(pdf, printer, note)
    return [QImage.fromData(page) for page in pictures(file.read_bytes(), 640)]


def _ink(page: QImage) -> set[tuple[int, int]]:
    return {
        (x, y)
        for y in range(page.height())
        for x in range(page.width())
        if page.pixelColor(x, y).lightness() < 160
    }


def test_pages_are_drawn_as_pictures(pdf: bytes) -> None:
    drawn = pictures(pdf, 640)

    assert len(drawn) == 2
    image = QImage.fromData(drawn[0])
    assert abs(image.width() - 640) <= 1
    assert any(image.pixelColor(x, y).lightness() < 128 for y in range(45, 70) for x in range(55, 140))


def test_colours_keep_their_places(qapp: object) -> None:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.fillRect(0, 0, 5000, 5000, "#B3261E")
    painter.end()

    image = next(images(bytes(buffer.data().data()), 50))
    seen = image.pixelColor(image.width() // 4, image.height() // 6)

    assert (seen.red(), seen.green(), seen.blue()) == (0xB3, 0x26, 0x1E)


class FakeQueues:
    """Two printers of one computer; remembers which of them was asked for."""

    asked: ClassVar[list[str]] = []

    @classmethod
    def printerInfo(cls, name: str) -> QPrinterInfo:  # noqa: N802 - Qt's name
        cls.asked.append(name)
        return QPrinterInfo()  # it is switched off

    @classmethod
    def defaultPrinter(cls) -> QPrinterInfo:  # noqa: N802 - Qt's name
        cls.asked.append("")
        return QPrinterInfo()


def test_a_form_goes_to_its_own_printer_and_to_no_other(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "QPrinterInfo", FakeQueues)
    printer = QtPrinter({DocumentKind.SUPPLEMENT: "Kyocera"})

    with pytest.raises(PrinterGone) as gone:
        printer.spool(DocumentKind.SUPPLEMENT, pdf, "Phiếu", "")
    with pytest.raises(NoPrinter):
        printer.spool(DocumentKind.SLIP, pdf, "Giấy hẹn", "")

    assert FakeQueues.asked == ["Kyocera", ""]
    assert gone.value.facts == {"printer": "Kyocera"}
