"""A citizen lays a card on the counter, a foreigner a passport: the record stands on the screen and in the draft.

The real window on a practice counter, without a display. Keys are counted as the officer's hands feel them.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from clerk_app.domain.applicant import Person, PersonKind
from clerk_app.practice.office import PracticeOffice
from tests.domain.input_methods import Erasing
from ui.day_hands import Hands
from ui.desktop import Desktop
from ui.intake.people_model import Who
from ui.intake.view import IntakeView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
OLD_CARD = "001089000012|012345678|Trần Văn Được|14071989|Nam|Tổ 21, phường Luyện Tập|01062021"
NEW_CARD = "001189000013||Isaac Thị Thuý|15081989|Nữ|Tổ 3, phường Luyện Tập|01082024||Trần Cha|Lê Mẹ||"
PASSPORT = ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")


class Counter:
    """The window, its officer's hands, and a scanner beside them."""

    def __init__(self, desktop: Desktop, hands: Hands) -> None:
        self._desktop, self.hands = desktop, hands

    @property
    def view(self) -> IntakeView:
        return self._desktop.screens.intake_view

    @property
    def owner(self) -> Person:
        return self._desktop.screens.intake.people.applicant.owner

    @property
    def kept(self) -> Person:
        """The owner as the journal keeps the draft."""
        intake = self._desktop.screens.intake
        intake.save()
        self.hands.wait(lambda: intake.keeper.safe, "the draft saved")
        drafts = self._desktop._desk.drafts()
        return next(each for each in drafts if each.id == intake.draft.id).applicant.owner

    def begin(self) -> None:
        """Put an empty draft on the counter, for a birth registration."""
        intake = self._desktop.screens.intake
        if intake.draft.procedure:
            self.hands.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.hands.wait(lambda: bool(intake.draft.id) and self.view.picker.line.hasFocus(), "an empty draft")
        self.hands.type("khai sinh")
        found = intake.procedures
        self.hands.wait(
            lambda: self.view.picker.popup.isVisible() and [p.code for p in found.found][:1] == ["1.001193"],
            "the procedure",
        )
        self.hands.press(Key.Key_Return)
        self.hands.wait(self.view.people.forms[Who.OWNER].name.hasFocus, "the form")
        self.view.counted.begin()

    def is_next(self) -> bool:
        """Whether the record is filled, and the officer asked for what no card tells."""
        return self.view.people.forms[Who.OWNER].phone.hasFocus()

    def key_of_scanner(self, text: str, key: Key | int = 0) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(field, QKeyEvent(kind, int(key), NONE, text))

    def tell(self, what: str) -> int:
        keys = self.view.counted.presses
        sys.stdout.write(f"\n{what}: {keys} keys\n")
        return keys


@pytest.fixture
def counter(office: PracticeOffice, qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    desktop = Desktop(office.counter, printed=tmp_path / "printed")
    hands = Hands(desktop, tmp_path / "photos")
    desktop.show()
    hands.wait(lambda: bool(QApplication.focusWidget()), "the unlock page")
    hands.press(Key.Key_Return)
    hands.wait(lambda: desktop.screens is not None, "the workplace")
    yield Counter(desktop, hands)
    desktop.close()


def test_a_card_laid_down_fills_six_fields_without_a_key(counter: Counter) -> None:
    counter.begin()

    counter.hands.scan(OLD_CARD)
    counter.key_of_scanner("\r", Key.Key_Return)
    counter.hands.wait(counter.is_next, "the card's data")

    keys = counter.tell("card of 2021, no key pressed before")
    assert keys <= 1  # the scanner's own Enter
    form = counter.view.people.forms[Who.OWNER]
    assert [form.name.text(), form.id_number.text(), form.birth.text(), form.sex.currentText()] == [
        "Trần Văn Được",
        "001089000012",
        "14/07/1989",
        "Nam",
    ]
    assert form.address.text() == "Tổ 21, phường Luyện Tập"
    assert counter.view.people.kinds[Who.OWNER].currentText() == "Công dân Việt Nam"
    assert counter.kept == counter.owner

    counter.begin()
    counter.hands.press(Key.Key_F4)
    for stroke in Erasing("telex").keys(NEW_CARD):
        counter.key_of_scanner("\b", Key.Key_Backspace) if stroke.erased else counter.key_of_scanner(
            stroke.text
        )
    counter.key_of_scanner("\r", Key.Key_Return)
    counter.hands.wait(counter.is_next, "the second card's data")

    keys = counter.tell("card of 2024 through Telex, by F4")
    assert keys <= 2
    assert (counter.owner.name, counter.owner.id_number) == ("Isaac Thị Thuý", "001189000013")
    assert counter.kept == counter.owner


def test_a_passport_takes_at_most_fifteen_keys(counter: Counter) -> None:
    counter.begin()
    counter.hands.press(Key.Key_F4)
    for line in PASSPORT:
        counter.hands.scan(line)
        counter.key_of_scanner("\r", Key.Key_Return)
    counter.hands.wait(counter.is_next, "the passport's data")

    keys = counter.tell("passport by its zone")
    assert keys <= 15
    assert counter.owner == Person(
        name="MUSTERMANN ERIKA",
        kind=PersonKind.FOREIGNER,
        id_number="C01X00T47",
        birth_date=date(1964, 8, 12),
        sex="Nữ",
        nationality="Đức",
        id_expires_on=date(2027, 2, 28),
    )
    assert counter.kept == counter.owner

    counter.begin()
    by_hand = write_down_a_passport(counter)
    sys.stdout.write(f"passport by hand: {by_hand} keys, letters and digits among them\n")
    assert (counter.owner.kind, counter.owner.nationality) == (PersonKind.FOREIGNER, "Hàn Quốc")
    assert counter.owner.id_expires_on == date(2031, 1, 31)
    assert counter.kept == counter.owner


def write_down_a_passport(counter: Counter) -> int:
    """Type what the page says, from the kind of person to the day of its end."""
    hands, people = counter.hands, counter.view.people
    while QApplication.focusWidget() is not people.kinds[Who.OWNER]:
        hands.press(Key.Key_Tab)
    hands.press(Key.Key_Down)
    hands.wait(lambda: counter.owner.kind is PersonKind.FOREIGNER, "a foreigner's form")
    people.go_to(Who.OWNER)
    for text in ("KIM MINJI", "M12345678", "02031990", None, "", "", "han quoc", "31012031"):
        if text is None:
            hands.press(Key.Key_Down, NONE)
            hands.press(Key.Key_Down, NONE)
            hands.press(Key.Key_Tab)
            continue
        hands.type(text)
        hands.press(Key.Key_Return)
    return counter.view.counted.presses
