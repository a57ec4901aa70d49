"""One signature on a card: how it stands in a sentence, then a line for each thing one should know."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel

from clerk_app.domain.signed_paper import DocumentVerdict, SignatureVerdict, Standing
from clerk_app.services.signature_words import Told, in_short, lines
from ui.icon import pixmap
from ui.language import told
from ui.theme import UNIT, current, tone_colours
from ui.verify.words import TONES, aloud, badge, standing_of
from ui.widgets.card import Card
from ui.widgets.label import label, set_tone
from ui.widgets.status_badge import StatusBadge

_ABOUT_WIDTH = 104
_SIGN = 16
_STRONG = (Standing.INVALID, Standing.CAUTION)  # lines that must not be overlooked


class SignatureCard(Card):
    """Takes the focus, so that it is read aloud as a whole."""

    def __init__(self, verdict: DocumentVerdict, signature: SignatureVerdict, number: int) -> None:
        super().__init__(padding=2 * UNIT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines = lines(verdict, signature)
        standing = standing_of(verdict, signature)
        head = QHBoxLayout()
        title = self.tr("{number}. {sentence}").format(number=number, sentence=told(in_short(signature)))
        head.addWidget(label(title, "heading", wrap=True), 1)
        head.addWidget(StatusBadge(badge(standing), TONES[standing], show_icon=True))
        self.column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(UNIT)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(1, _ABOUT_WIDTH)
        self._grid.setColumnStretch(2, 1)
        for row, line in enumerate(self.lines):
            self._add(row, line)
        self.column.addLayout(self._grid)
        self.setAccessibleName(title)
        said = (f"{told(each.about)} ({aloud(each.standing)}): {told(each.words)}" for each in self.lines)
        self.setAccessibleDescription("\n".join(said))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current().primary), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

    def _add(self, row: int, line: Told) -> None:
        tone = TONES[line.standing]
        sign = QLabel()
        sign.setPixmap(pixmap(tone.icon, tone_colours(tone)[0], _SIGN))
        sign.setAccessibleName(aloud(line.standing))
        words = label(told(line.words), "strong" if line.standing in _STRONG else "", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{told(line.about)}: {told(line.words)}")
        if line.standing in _STRONG:
            set_tone(words, tone)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(sign, row, 0, top)
        self._grid.addWidget(label(told(line.about), "muted"), row, 1, top)
        self._grid.addWidget(words, row, 2, top)
