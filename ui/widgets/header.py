"""The head of the window: which screen, which office, the search, the news, the counter and its officer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from ui import local_time
from ui.icon import pixmap
from ui.theme import GUTTER, UNIT, Tone, current
from ui.widgets.avatar import Avatar
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.search_field import SearchField
from ui.widgets.status_badge import StatusBadge
from ui.widgets.toast import News

HEIGHT = 52


class Header(QFrame):
    """`search` is the field for anything; `lock_asked` when the officer leaves the counter."""

    news_asked = Signal()
    lock_asked = Signal()

    def __init__(self, unit: str, counter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "top")
        self.setFixedHeight(HEIGHT)
        self._title, self._unit = label(role="heading"), label(unit, "small")
        self.search = SearchField(self.tr("Tìm hồ sơ, tên việc… (gõ ? xem mọi phím)"), "Ctrl+K")
        self._counter = StatusBadge(counter, Tone.INFO)
        self._officer, self._avatar = label(), Avatar()
        self._news = KeyButton(self.tr("Tin"), "", "bell", "quiet")
        self._lock = KeyButton(self.tr("Khóa"), "Ctrl+L", "lock", "quiet")
        self._news.clicked.connect(self.news_asked)
        self._lock.clicked.connect(self.lock_asked)
        self._lay_out()

    def set_screen(self, title: str) -> None:
        """Name the screen that is shown."""
        self._title.setText(title)

    def set_officer(self, name: str) -> None:
        """Name who works here now."""
        self._officer.setText(name)
        self._avatar.set_name(name)

    def show_news(self, news: tuple[News, ...]) -> None:
        """List what the window said lately."""
        menu = self.news_menu(news)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._news.mapToGlobal(self._news.rect().bottomLeft()))

    def news_menu(self, news: tuple[News, ...]) -> QMenu:
        """Return the list, one line for each piece of news."""
        menu = QMenu(self)
        if not news:
            menu.addAction(self.tr("Chưa có tin nào")).setEnabled(False)
        for each in news:
            menu.addAction(f"{local_time.hour(each.at)}   {each.words}")
        return menu

    def _lay_out(self) -> None:
        sign = QLabel()
        sign.setPixmap(pixmap("landmark", current().primary, 26))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._unit)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 20, 4)
        row.setSpacing(UNIT + 4)
        row.addWidget(sign)
        row.addLayout(names)
        row.addSpacing(GUTTER)
        row.addWidget(self.search, 1)
        row.addStretch()
        for widget in (self._news, self._lock, self._counter, self._officer, self._avatar):
            row.addWidget(widget)
        self.search.setMaximumWidth(440)
        self.search.setMinimumWidth(220)
