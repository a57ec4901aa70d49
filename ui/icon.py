"""The window's signs: outline icons of Lucide (ISC), coloured from the theme and drawn sharp for every screen.

Qt's own reader of SVG files is used through QImageReader: it needs no further module at start-up.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPixmap, QPixmapCache

FOLDER = Path(__file__).parent / "icons"


def pixmap(name: str, colour: str, size: int = 18, scale: float | None = None) -> QPixmap:
    """Return the icon `name` in `colour` ("#rrggbb"), `size` logical pixels square, for `scale` device pixels each."""
    ratio = scale or _ratio()
    key = f"icon/{name}/{colour}/{size}/{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = _draw(name, colour, round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: str, size: int = 18, faded: str = "") -> QIcon:
    """Return the icon as a QIcon; `faded` is its colour on a disabled button."""
    made = QIcon(pixmap(name, colour, size))
    if faded:
        made.addPixmap(pixmap(name, faded, size), QIcon.Mode.Disabled)
    return made


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _draw(name: str, colour: str, pixels: int) -> QPixmap:
    source = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    return QPixmap.fromImage(reader.read())
