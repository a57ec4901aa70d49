"""A button that is only a sign, for narrow places: its words and its key stand in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui.icon import icon
from ui.theme import current

_SIZE = QSize(26, 28)


class IconButton(QPushButton):
    """Leaves the focus where it is: whoever works with keys has the key."""

    def __init__(self, words: str, key: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setStyleSheet("padding: 0; min-height: 26px;")
        self.setIcon(icon(sign, current().primary, 18, current().disabled))
        self.setIconSize(QSize(18, 18))
        self.setFixedSize(_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.tr("Phím {key}").format(key=key))
        self.setToolTip(f"{words} ({key})")
