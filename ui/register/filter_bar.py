"""The chips over the register: each opens its menu by a key, says what it filters by, and one key takes all away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from clerk_app.domain.register_filter import EVERYTHING, RegisterChoices, RegisterFilter
from ui import local_time
from ui.register import filter_words
from ui.register.filter_words import Choice
from ui.register.period_dialog import PeriodDialog
from ui.theme import UNIT
from ui.widgets.key_button import KeyButton

_LONGEST = 16  # letters of a choice that a chip shows; the whole stands in its tooltip


class FilterBar(QWidget):
    """Asks for another filter by `asked`; shows what it is told with `show_filter`. `clear` stands by the list."""

    asked = Signal(object)  # a RegisterFilter

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._wanted, self._choices = EVERYTHING, RegisterChoices()
        self._build()

    def show_filter(self, wanted: RegisterFilter, choices: RegisterChoices) -> None:
        """Show what is filtered and what may be."""
        self._wanted, self._choices = wanted, choices
        self._say(self.state, self.tr("Trạng thái"), filter_words.chosen(self._states()))
        self._say(self.due, self.tr("Hẹn trả"), filter_words.chosen(self._dues()))
        period = filter_words.chosen(self._periods()) or filter_words.span(wanted, self._today)
        self._say(self.period, self.tr("Ngày nhận"), period)
        self._say(self.procedure, self.tr("Thủ tục"), filter_words.chosen(self._procedures()))
        self._say(self.officer, self.tr("Cán bộ"), filter_words.chosen(self._officers()))
        self.unsent.setChecked(wanted.unsent)
        self.clear.setVisible(bool(wanted))

    def _build(self) -> None:
        self.state = self._chip("Alt+1", self._states)
        self.due = self._chip("Alt+2", self._dues)
        self.period = self._chip("Alt+3", self._periods)
        self.procedure = self._chip("Alt+4", self._procedures)
        self.officer = self._chip("Alt+5", self._officers)
        self.unsent = KeyButton(self.tr("Chưa gửi"), "Alt+6", kind="slim")
        self.unsent.setCheckable(True)
        self.unsent.clicked.connect(
            lambda: self.asked.emit(replace(self._wanted, unsent=not self._wanted.unsent))
        )
        self.clear = KeyButton(self.tr("Bỏ lọc"), "Alt+0", "x", "quiet")
        self.clear.clicked.connect(lambda: self.asked.emit(EVERYTHING))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for chip in (
            self.state,
            self.due,
            self.period,
            self.procedure,
            self.officer,
            self.unsent,
            self.clear,
        ):
            row.addWidget(chip)
        row.addStretch()

    def _chip(self, key: str, choices: Callable[[], list[Choice]]) -> KeyButton:
        chip = KeyButton("", key, kind="slim")
        chip.setCheckable(True)
        chip.clicked.connect(lambda: self._open(chip, choices()))
        return chip

    def _say(self, chip: KeyButton, name: str, chosen: str) -> None:
        short = chosen if len(chosen) <= _LONGEST else f"{chosen[: _LONGEST - 1].rstrip()}…"
        chip.set_words(short or name)
        chip.setAccessibleName(f"{name}: {chosen}" if chosen else name)
        chip.setToolTip(chosen)
        chip.setChecked(bool(chosen))

    def _open(self, chip: KeyButton, choices: list[Choice]) -> None:
        chip.setChecked(bool(chip.toolTip()))  # a chip is pressed by its choice, not by opening it
        menu = self.menu(choices)
        if chip is self.period:
            menu.addSeparator()
            menu.addAction(self.tr("Chọn ngày…")).triggered.connect(self._ask_days)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
        chosen = next((action for action in menu.actions() if action.isChecked()), None)
        if chosen is not None:
            menu.setActiveAction(chosen)

    def menu(self, choices: list[Choice]) -> QMenu:
        """Return the menu of a chip."""
        menu = QMenu(self)
        for choice in choices:
            action = QAction(choice.words, menu, checkable=True, checked=choice.chosen)
            action.triggered.connect(lambda _=False, wanted=choice.wanted: self.asked.emit(wanted))
            menu.addAction(action)
        return menu

    def _ask_days(self) -> None:
        dialog = PeriodDialog(self._wanted.received_from, self._wanted.received_to, self)
        dialog.chosen.connect(
            lambda since, until: self.asked.emit(
                replace(self._wanted, received_from=since, received_to=until)
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def _today(self) -> date:
        return local_time.local(self._now()).date()

    def _states(self) -> list[Choice]:
        return filter_words.states(self._wanted)

    def _dues(self) -> list[Choice]:
        return filter_words.dues(self._wanted)

    def _periods(self) -> list[Choice]:
        return filter_words.periods(self._wanted, self._today)

    def _procedures(self) -> list[Choice]:
        return filter_words.procedures(self._wanted, self._choices)

    def _officers(self) -> list[Choice]:
        return filter_words.officers(self._wanted, self._choices)
