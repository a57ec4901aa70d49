"""One page under a magnifying glass: fitted or enlarged, turned, pushed about. It asks for as sharp a picture as it shows."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from enum import Enum, auto
from math import ceil, sqrt

from PySide6.QtCore import QPoint, QPointF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import current
from ui.widgets.page_tiles import as_turned

STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
WIDEST = 3200  # pixels of the picture: beyond, an old PC would have to keep too much of it in mind
PUSH = 64  # pixels an arrow key pushes the page
_A4 = QSizeF(794, 1123)  # logical pixels at 96 to the inch: what 100 % means
_PAUSE = 90  # milliseconds without zooming after which a sharper picture is asked for
_TOO_FINE = 1.6  # a picture that many times finer than shown would flicker when made smaller
_EDGE = 8  # pixels left free around a fitted page


class Fit(Enum):
    """What the size of the page follows."""

    PAGE = auto()  # the whole page is seen
    WIDTH = auto()  # as wide as the window
    NONE = auto()  # chosen by hand


class PageSheet(QScrollArea):
    """Show a page with `show_page`; answer `wanted(width)` with `take(png)`."""

    wanted = Signal(int)  # width of the unturned page in pixels of the screen
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._seen = QPixmap(), QPixmap()  # as it came, and turned
        self._turned, self._tall = 0, _A4.height() / _A4.width()
        self._fit, self._zoom = Fit.PAGE, 1.0
        self._asked = 0  # width of the picture that is here or on its way
        self._grip: QPoint | None = None
        self._sheet = _Sheet(self)
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("desk", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)

    @property
    def zoom(self) -> float:
        """How large the page is shown; 1.0 is the size of its paper."""
        return self._zoom

    @property
    def seen(self) -> QPixmap:
        """The picture that is shown now, turned as it is read."""
        return self._seen

    def show_page(self, turned: int) -> None:
        """Show another page, empty until its picture comes; the way of fitting stays."""
        self._picture, self._turned, self._asked = QPixmap(), turned, 0
        self._set_picture()
        self._ask()

    def put_away(self) -> None:
        """Let go of the picture: nobody looks at the page."""
        self._pause.stop()
        self._picture, self._seen, self._asked = QPixmap(), QPixmap(), 0

    def turn(self, turned: int) -> None:
        """Turn the page that is shown; `turned` is in degrees clockwise from how it was filed."""
        self._turned = turned
        self._set_picture()
        self._pause.start()

    def take(self, png: bytes) -> None:
        """Show the picture that was asked for."""
        picture = QPixmap()
        if picture.loadFromData(png):
            self._picture = picture
            self._tall = picture.height() / picture.width()
            self._set_picture()
            self._ask()

    def fit(self, how: Fit) -> None:
        """Follow the size of the window from now on."""
        self._fit = how
        policy, wide = Qt.ScrollBarPolicy, how is Fit.WIDTH
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if wide else policy.ScrollBarAsNeeded)
        self._settle()

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show the page in a size chosen by hand; the point `at` of the window, its middle else, stays where it is."""
        self.fit(Fit.NONE)
        self._show_at(min(STEPS[-1], max(STEPS[0], zoom)), at)

    def zoom_by(self, step: int, at: QPointF | None = None) -> None:
        """One step larger (1) or smaller (-1)."""
        beyond = [each for each in STEPS[::step] if (each - self._zoom) * step > 0.005]
        self.zoom_to(beyond[0] if beyond else self._zoom, at)

    def push(self, right: int, down: int) -> bool:
        """Push the view over the page by so many pixels; False where the page is no larger than the window that way."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        room = (right and across.maximum()) or (down and along.maximum())
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)
        return bool(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom where the mouse points; the wheel alone pushes the page."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif turned := event.angleDelta().y():
            self.zoom_by(1 if turned > 0 else -1, event.position())
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()
            self._show_hand()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            at = event.position().toPoint()
            self.push(self._grip.x() - at.x(), self._grip.y() - at.y())
            self._grip = at

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._grip = None
        self._show_hand()

    def _show_hand(self) -> None:
        shape = Qt.CursorShape.ClosedHandCursor if self._grip is not None else Qt.CursorShape.OpenHandCursor
        free = self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum()
        self.viewport().setCursor(shape if free else Qt.CursorShape.ArrowCursor)

    def _natural(self) -> QSizeF:
        """Return the size at 100 % of the page as filed: a sheet of its shape, as large as an A4 sheet."""
        across = sqrt(_A4.width() * _A4.height() / self._tall)
        return QSizeF(across, across * self._tall)

    def _upright(self) -> QSizeF:
        """Return the size at 100 % of the page as it is read."""
        size = self._natural()
        return size.transposed() if self._turned % 180 else size

    def _settle(self) -> None:
        """Take the zoom that the window's size asks for."""
        if self._fit is Fit.NONE:
            self._show_at(self._zoom)
            return
        room = self.viewport().size() if self._fit is Fit.WIDTH else self.maximumViewportSize()
        page = self._upright()
        across = (room.width() - 2 * _EDGE) / page.width()
        if self._fit is Fit.PAGE:
            across = min(across, (room.height() - 2 * _EDGE) / page.height())
        self._show_at(max(across, 0.05))

    def _show_at(self, zoom: float, at: QPointF | None = None) -> None:
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        still = middle if at is None else at
        on_page = QPointF(self._sheet.mapFrom(self.viewport(), still.toPoint()))
        grown = zoom / self._zoom
        self._zoom = zoom
        size = (self._upright() * zoom).toSize().expandedTo(QSize(1, 1))
        self._sheet.resize(size)
        self.horizontalScrollBar().setValue(round(on_page.x() * grown - still.x()))
        self.verticalScrollBar().setValue(round(on_page.y() * grown - still.y()))
        self._show_hand()
        self._pause.start()
        self.zoomed.emit()

    def _set_picture(self) -> None:
        self._seen = as_turned(self._picture, self._turned)
        self._settle()
        self._sheet.update()

    def _ask(self) -> None:
        """Ask for a picture as fine as the page is shown, unless the one here is good enough."""
        self._pause.stop()
        needed = ceil(self._natural().width() * self._zoom * self.devicePixelRatioF())
        needed = min(needed, WIDEST)
        if needed > self._asked or needed * _TOO_FINE < self._asked:
            self._asked = needed
            self.wanted.emit(needed)


class _Sheet(QWidget):
    """The paper itself."""

    def __init__(self, area: PageSheet) -> None:
        super().__init__()
        self._area = area

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))  # paper is white in every theme
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._area.seen)
        painter.setPen(QColor(current().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
