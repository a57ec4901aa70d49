"""A QR code drawn as black squares."""

from reportlab.graphics.barcode.qr import QrCodeWidget

from clerk_app.forms.page import Sheet

QUIET = 4  # modules that stay white on each side (ISO/IEC 18004)


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the QR code, dark or not, from the top, without the quiet zone. Error level M."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def draw_qr(sheet: Sheet, text: str, corner: tuple[float, float], side: float) -> None:
    """Draw the code of `text` with its quiet zone into a square whose lower left is `corner`."""
    rows = qr_modules(text)
    module = side / (len(rows) + 2 * QUIET)
    left, top = corner[0] + QUIET * module, corner[1] + side - QUIET * module
    for number, row in enumerate(rows):
        for start, length in _dark_stretches(row):
            sheet.blacken(left + start * module, top - (number + 1) * module, length * module, module)


def _dark_stretches(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, length) of the dark modules that stand side by side: fewer squares, no seams."""
    stretches: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if dark and stretches and sum(stretches[-1]) == column:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
        elif dark:
            stretches.append((column, 1))
    return stretches
