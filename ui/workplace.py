"""The workplace: head, rail, screens and news around one officer's work. Screens are given to it, it knows none."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.officer import Officer, Unit
from clerk_app.domain.sending import Sending
from clerk_app.errors import Notice
from ui import local_time
from ui.notices import in_words
from ui.theme import Tone
from ui.widgets.banner import Banner
from ui.widgets.header import Header
from ui.widgets.key_button import KeyButton
from ui.widgets.navigation import Navigation, RailButton
from ui.widgets.palette import EVERYTHING, Act, Palette
from ui.widgets.toast import Toast


def _keyed(buttons: list[KeyButton]) -> list[KeyButton]:
    """Leave the buttons that somebody could press now."""
    return [each for each in buttons if each.cap and each.isVisible() and each.isEnabled()]


class Workplace(QWidget):
    """Give it screens with `add_screen`; it answers what the officer asks of the frame by signals."""

    searched = Signal(str)  # typed into the head's search; "" when emptied
    results_asked = Signal()  # Enter or Down in the search
    reconnect_asked = Signal()
    care_read = Signal()
    lock_asked = Signal()
    shown = Signal(int)  # number of the screen that came up

    def __init__(self, officer: Officer, unit: Unit, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._now = now
        self._titles: list[str] = []
        self.banner, self.navigation, self.screens = Banner(), Navigation(), QStackedWidget()
        self.care = Banner(rounded=True)
        mark = unit.counter.removeprefix("Q")
        is_name = not mark[:1].isdigit()  # of its own, e.g. "Quầy Hộ tịch"
        self.header = Header(
            unit.name, unit.counter if is_name else self.tr("Quầy {counter}").format(counter=mark)
        )
        self.header.set_officer(officer.name)
        self._build()
        self.toast = Toast(self, now)
        self.act_list = Palette(self.header.search, self, self.acts)
        self._bind()

    @property
    def current(self) -> int:
        """Number of the screen that is shown."""
        return self.screens.currentIndex()

    def add_screen(self, title: str, icon: str, key: str, screen: QWidget) -> RailButton:
        """Take a screen in; the first one is shown."""
        button = self.navigation.add(title, icon, key)
        self._titles.append(title)
        self.screens.addWidget(screen)
        if len(self._titles) == 1:
            self.show_screen(0)
        return button

    def has(self, screen: QWidget | None) -> bool:
        """Tell whether this officer may use a screen: others are not taken in."""
        return screen is not None and self.screens.indexOf(screen) >= 0

    def open(self, screen: QWidget) -> None:
        """Bring a screen up, if it is there."""
        if self.has(screen):
            self.show_screen(self.screens.indexOf(screen))

    def shows(self, screen: QWidget) -> bool:
        """Tell whether a screen is up."""
        return self.screens.currentWidget() is screen

    def show_screen(self, number: int) -> None:
        """Bring a screen up."""
        self.screens.setCurrentIndex(number)
        self.navigation.choose(number)
        self.header.set_screen(self._titles[number])
        self.shown.emit(number)

    def acts(self) -> list[Act]:
        """Return what can be done from here by a key: the screen's own acts first, then the screens, then the frame's."""
        here, screen = self.current, self.screens.currentWidget()
        own = _keyed(screen.findChildren(KeyButton)) if screen is not None else []
        frame = _keyed(self.header.findChildren(KeyButton))
        return [
            *(Act(each.words, each.cap, partial(self._do, here, each)) for each in own),
            *(
                Act(each.text(), each.key, partial(self._go_to, place))
                for place, each in enumerate(self.navigation.buttons)
            ),
            *(Act(each.words, each.cap, each.click) for each in frame),
        ]

    def _do(self, number: int, button: KeyButton) -> None:
        """Press a button of a screen that the search may have covered meanwhile."""
        if self.current != number:
            self.show_screen(number)
        self._focus_screen()
        button.click()

    def say(self, words: str, tone: Tone = Tone.OK) -> None:
        """Tell news that nobody has to answer."""
        self.toast.say(words, tone)

    def show_connection(self, sending: Sending | None, busy: bool) -> None:
        """Say since when this counter is alone and how much waits; nothing while central answers."""
        if sending is None or sending.alone_since is None:
            self.banner.hide()
            return
        since = local_time.short(sending.alone_since, self._now())
        bold = self.tr("Mất kết nối từ {since} – vẫn tiếp nhận bình thường.").format(since=since)
        button = self.tr("Đang thử…") if busy else self.tr("Thử kết nối lại")
        self.banner.say(bold, self._waiting_words(sending), Tone.WARN, "wifi-off", button)
        self.banner.set_busy(busy)

    def show_upkeep(self, notices: tuple[Notice, ...]) -> None:
        """Say the gravest of what the counter found while it looked after itself; nothing while all is well."""
        if not notices:
            self.care.hide()
            return
        words = in_words(notices[0])
        self.care.say(words.message, words.remedy, Tone.WARN, button=self.tr("Đã đọc"))

    def _go_to(self, number: int) -> None:
        self.show_screen(number)
        self._focus_screen()

    def _search(self, text: str) -> None:
        if text != EVERYTHING:  # that asks for acts, not for dossiers
            self.searched.emit(text)

    def _focus_screen(self) -> None:
        """Put the keys on the screen; it says where by its focus proxy."""
        self.act_list.hide()
        if (screen := self.screens.currentWidget()) is not None:
            screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _waiting_words(self, sending: Sending) -> str:
        if not sending.dossiers_waiting:
            return self.tr("Chưa có hồ sơ nào chờ gửi.")
        count = sending.dossiers_waiting
        return self.tr("{count} hồ sơ đã lưu an toàn trên máy này, sẽ tự gửi khi có mạng.").format(
            count=count
        )

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.screens, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.care)
        column.addWidget(self.header)
        column.addLayout(middle, 1)

    def _bind(self) -> None:
        self.navigation.chosen.connect(self._go_to)
        self.banner.pressed.connect(self.reconnect_asked)
        self.care.pressed.connect(self.care_read)
        self.header.search.asked.connect(self._search)
        self.header.search.went_down.connect(self.results_asked)
        self.header.search.left.connect(self._focus_screen)
        self.header.lock_asked.connect(self.lock_asked)
        self.header.news_asked.connect(lambda: self.header.show_news(self.toast.recent))
