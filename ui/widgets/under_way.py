"""What is under way: in words where there are any, how far it is, and the button that stops it where it can be stopped."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from ui.theme import UNIT
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton


class UnderWay(QWidget):
    """Nothing is seen of it while nothing is under way."""

    def __init__(self, name: str, stop: str = "", width: int = 0) -> None:
        """`name`: what a screen reader says; `stop`: the words of its button, "" for none; `width`: of the bar in pixels."""
        super().__init__()
        self._words, self._bar = ElidedLabel(role="small"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self.stop = KeyButton(stop, "Esc", "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * UNIT)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar, 3)
        row.addWidget(self.stop)
        self.stop.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if width:
            self._bar.setFixedWidth(width)
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._can_stop = bool(stop)
        self.show_work(busy=False)

    @property
    def said(self) -> str:
        """What it says in words."""
        return self._words.words

    def show_work(
        self, *, busy: bool, done: int = 0, total: int = 0, doing: str = "", can_stop: bool = True
    ) -> None:
        """Say how far it is; `total` 0: nobody knows how much there is."""
        self.setVisible(busy)
        self._words.setVisible(bool(doing))
        self._words.set_words(f"{doing} {done}/{total}" if doing and total else doing)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.stop.setVisible(busy and can_stop and self._can_stop)
