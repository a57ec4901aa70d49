"""A card laid under the scanner, wherever the focus is, with an input method on or off; typing stays typing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.applicant import Applicant, Person, PersonKind, Relation
from clerk_app.domain.identity_card import read_card
from clerk_app.domain.scanner_keys import Stroke
from tests.domain.input_methods import Erasing
from tests.papers.test_card_reader import a_code, a_page, as_bytes
from ui.intake.people_model import Gravity, Who
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel

Until = Callable[[Callable[[], bool]], None]
Key = Qt.Key
CARD = "001089001234|012345678|Trần Văn Được|14071989|Nam|Tổ 21, phường Hà Đông, thành phố Hà Nội|01062021"
PASSPORT = ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")
NONE = Qt.KeyboardModifier.NoModifier


class Scanner:
    """Presses keys where the focus is, `pace` milliseconds apart, as the system would deliver them."""

    def __init__(self, pace: int = 5) -> None:
        self.pace, self.now = pace, 1000

    def key(self, text: str, key: int = 0) -> None:
        self.now += self.pace
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NONE, text)
            event.setTimestamp(self.now)
            QApplication.sendEvent(_there(), event)

    def type(self, text: str) -> None:
        for letter in text:
            self.key(letter)

    def strokes(self, strokes: Sequence[Stroke]) -> None:
        """What the window sees of the keys behind an input method that hooks the keyboard."""
        for stroke in strokes:
            self.key("\b", Key.Key_Backspace) if stroke.erased else self.key(stroke.text)

    def enter(self) -> None:
        self.key("\r", Key.Key_Return)


def _there() -> QWidget:
    there = QApplication.focusWidget()
    assert there is not None
    return there


@pytest.fixture
def scanner() -> Scanner:
    return Scanner()


@pytest.fixture
def view(model: IntakeViewModel, qtbot: QtBot, until: Until) -> Iterator[IntakeView]:
    made = IntakeView(model)
    made.resize(1274, 672)
    made.show()
    qtbot.waitActive(made)
    model.start()
    until(lambda: bool(model.draft.id) and made.picker.line.hasFocus() and bool(model.people.countries.rows))
    yield made
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def owner(model: IntakeViewModel) -> Person:
    return model.people.applicant.owner


def said(model: IntakeViewModel) -> str:
    return " ".join(remark.text for remark in model.remarks)


def is_read(model: IntakeViewModel) -> bool:
    person = owner(model)
    return (person.name, person.id_number, person.birth_date, person.sex, person.address) == (
        "Trần Văn Được",
        "001089001234",
        date(1989, 7, 14),
        "Nam",
        "Tổ 21, phường Hà Đông, thành phố Hà Nội",
    )


FIELDS: dict[str, Callable[[IntakeView], QWidget]] = {
    "search": lambda view: view.picker.line,
    "name": lambda view: view.people.forms[Who.OWNER].name,
    "number": lambda view: view.people.forms[Who.OWNER].id_number,
    "sex": lambda view: view.people.forms[Who.OWNER].sex,
    "phone": lambda view: view.people.forms[Who.OWNER].phone,
    "checklist": lambda view: view.papers.list,
    "sets": lambda view: view.papers.sets,
    "way": lambda view: view.foot.way,
    "F4": lambda view: view.people.capture,
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_card_is_taken_wherever_the_focus_is(
    view: IntakeView, model: IntakeViewModel, desk: Any, scanner: Scanner, until: Until, field: str
) -> None:
    model.choose(desk.procedures[0])
    model.people.type(Who.OWNER, phone="0912345678", address="Tổ 20")
    openings = {"F4": view.people.ask_card, "search": view.picker.search}
    openings.get(field, FIELDS[field](view).setFocus)()
    until(FIELDS[field](view).hasFocus)
    view.counted.begin()

    scanner.type(CARD)
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert is_read(model)
    assert owner(model).phone == "0912345678"
    assert "“Tổ 20”" in said(model)  # what was typed before stays in sight
    assert view.counted.presses <= 1  # the scanner's own Enter
    if isinstance(FIELDS[field](view), QLineEdit) and field not in {"name", "number", "F4"}:
        assert "|" not in FIELDS[field](view).text()  # type: ignore[attr-defined]
        assert "0010890" not in FIELDS[field](view).text()  # type: ignore[attr-defined]


def test_a_field_gets_back_what_it_held_and_the_draft_too(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.go_to(Who.OWNER, "phone")
    Scanner(pace=150).type("0912")
    until(lambda: owner(model).phone == "0912")

    scanner.now = 60_000
    scanner.type(CARD)
    scanner.enter()
    until(lambda: is_read(model))

    assert owner(model).phone == "0912"
    assert view.people.forms[Who.OWNER].phone.text() == "0912"


@pytest.mark.parametrize("first", ["F4", "address"])
def test_the_record_with_the_focus_gets_the_card(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until, first: str
) -> None:
    model.people.type(Who.OWNER, name="Lê Thị Bình")
    model.people.choose_relation(Relation.PARENT)
    view.people.go_to(Who.SUBMITTER, "address")
    if first == "F4":
        view.people.ask_card()
    scanner.type(CARD)
    scanner.enter()

    until(view.people.forms[Who.SUBMITTER].phone.hasFocus)

    submitter = model.people.applicant.submitter
    assert submitter is not None
    assert submitter.id_number == "001089001234"
    assert owner(model) == Person("Lê Thị Bình")


def test_a_card_that_is_read_after_the_draft_was_left_fills_nobody(
    view: IntakeView, model: IntakeViewModel, desk: Any, until: Until, settled: Callable[[], None]
) -> None:
    gate = Event()
    read = desk.read_card

    def read_late(keyed: Any) -> Any:
        assert gate.wait(10)
        return read(keyed)

    model.people._calls = replace(desk.calls(), read_card=read_late)
    model.people.read_card(Who.OWNER, CARD)
    model.people.show(Applicant(owner=Person("Lê Thị Bình")))
    gate.set()
    settled()

    assert owner(model) == Person("Lê Thị Bình")


def test_fingers_are_no_scanner(view: IntakeView, model: IntakeViewModel) -> None:
    view.people.go_to(Who.OWNER, "name")

    Scanner(pace=120).type("001089001234|x")

    assert view.people.forms[Who.OWNER].name.hasFocus()
    assert owner(model).name == "001089001234|x"


def test_a_number_typed_in_a_breath_is_a_number(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner
) -> None:
    view.people.go_to(Who.OWNER, "id_number")

    scanner.type("001089001234")
    scanner.enter()

    assert owner(model).id_number == "001089001234"
    assert view.people.forms[Who.OWNER].birth.hasFocus()


@pytest.mark.parametrize("how", ["telex", "vni"])
@pytest.mark.parametrize("first", ["F4", "name"])
def test_an_input_method_that_hooks_the_keyboard_does_not_spoil_a_card(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until, how: str, first: str
) -> None:
    view.people.ask_card() if first == "F4" else view.people.go_to(Who.OWNER, "name")

    scanner.strokes(Erasing(how).keys(CARD.replace("Trần Văn Được", "Isaac James")))
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert owner(model).name == "Isaac James"
    assert "bộ gõ" not in said(model)


def test_an_input_method_that_hands_on_each_key_is_seen_through(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.go_to(Who.OWNER, "phone")
    for letter in CARD[:13]:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(_there(), event)
    assert view.people.capture.hasFocus()

    scanner.type(CARD[13:])
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert is_read(model)
    assert owner(model).phone == ""


def test_letters_that_cannot_be_restored_are_marked_for_the_eye_until_they_are_looked_at(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.ask_card()
    scanner.strokes(Erasing("telex").keys(CARD.replace("Trần Văn Được", "Y Wing Niê")))
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert "Kiểm tra lại họ tên" in said(model)
    assert owner(model).id_number == "001089001234"
    assert "Kiểm tra lại họ tên" in view.people.forms[Who.OWNER].name.accessibleDescription()

    model.people.type(Who.OWNER, name="Y Wing Niê")
    assert "Kiểm tra lại" not in said(model)


@pytest.mark.parametrize("separator", [("\x1d", 0), ("\t", Key.Key_Tab)])
def test_a_scanner_with_other_separators_is_understood(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until, separator: tuple[str, int]
) -> None:
    view.people.ask_card()
    for sign in CARD.replace("012345678", ""):
        scanner.key(*separator) if sign == "|" else scanner.key(sign)
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert is_read(model)


def test_a_scanner_that_ends_with_tab_is_understood(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.go_to(Who.OWNER, "address")
    scanner.type(CARD)
    scanner.key("\t", Key.Key_Tab)
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert is_read(model)


def test_a_group_separator_gives_the_scanner_away_in_any_field(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.go_to(Who.OWNER, "email")
    for sign in CARD:
        scanner.key("\x1d") if sign == "|" else scanner.key(sign)
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    assert is_read(model)
    assert owner(model).email == ""


@pytest.mark.parametrize("first", ["F4", "name", "search"])
def test_a_passport_reader_fills_a_foreigner(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until, first: str
) -> None:
    if first == "F4":
        view.people.ask_card()
    elif first == "name":
        view.people.go_to(Who.OWNER, "name")
    for line in PASSPORT:
        scanner.type(line)
        scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    person = owner(model)
    assert (person.kind, person.name, person.id_number) == (
        PersonKind.FOREIGNER,
        "MUSTERMANN ERIKA",
        "C01X00T47",
    )
    assert (person.nationality, person.sex) == ("Đức", "Nữ")
    assert (person.birth_date, person.id_expires_on) == (date(1964, 8, 12), date(2027, 2, 28))
    assert view.people.forms[Who.OWNER].expiry.text() == "28/02/2027"
    assert model.remarks == ()


def test_a_passport_with_a_wrong_digit_fills_nothing_and_says_which(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.ask_card()
    scanner.type(" ".join(PASSPORT).replace("640812", "640813"))
    scanner.enter()
    until(lambda: model.notice is not None)

    assert "ngày sinh" in str(model.notice)
    assert owner(model) == Person()


def test_half_a_passport_waits_for_the_rest_and_a_second_enter_gives_up(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.ask_card()
    scanner.type(PASSPORT[0])
    scanner.enter()
    assert view.people.capture.hasFocus()

    scanner.enter()
    until(lambda: model.notice is not None)
    assert "44" in str(model.notice)


def test_a_pasted_card_leaves_its_field_and_is_read(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    view.people.go_to(Who.OWNER, "phone")
    phone = view.people.forms[Who.OWNER].phone
    phone.insert("098" + CARD)
    phone.textEdited.emit(phone.text())
    scanner.enter()
    until(lambda: is_read(model))

    assert owner(model).phone == "098"


def test_a_card_from_a_picture_is_read(
    view: IntakeView, model: IntakeViewModel, until: Until, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = tmp_path / "the.png"
    picture.write_bytes(as_bytes(a_page(a_code(CARD, dot=4)), "PNG"))
    view.people.ask_card()
    qtbot.keyClick(view.people.capture, Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = view.findChildren(QFileDialog)

    dialog.fileSelected.emit(str(picture))
    dialog.reject()

    until(lambda: is_read(model))


@pytest.mark.parametrize(
    ("bytes_of", "words"), [(lambda: as_bytes(a_page(), "PNG"), "QR"), (lambda: b"GIF", "PDF")]
)
def test_a_picture_without_a_card_says_so(
    view: IntakeView,
    model: IntakeViewModel,
    until: Until,
    tmp_path: Path,
    bytes_of: Callable[[], bytes],
    words: str,
) -> None:
    (tmp_path / "x.png").write_bytes(bytes_of())
    view.people.read_picture(tmp_path / "x.png")
    until(lambda: model.notice is not None)
    assert words in str(model.notice)

    view.people.read_picture(tmp_path / "away.png")
    until(lambda: "away.png" in str(model.notice))
    assert owner(model) == Person()


def test_a_card_on_a_filed_paper_is_offered_and_fills_nothing_by_itself(
    view: IntakeView, model: IntakeViewModel, desk: Any, until: Until, qtbot: QtBot
) -> None:
    desk.cards_filed = (
        read_card(CARD),
        read_card(CARD.replace("001089001234", "001189005678").replace("Nam", "Nữ")),
    )
    model.choose(desk.procedures[0])
    model.people.type(Who.OWNER, name="Trần Văn Đuợc")
    model.scans.scan("can-cuoc")
    until(view.people.offer.isVisible)
    assert "Trần Văn Được" in view.people.offer.words.words
    assert owner(model).name == "Trần Văn Đuợc"
    assert owner(model).id_number == ""

    qtbot.keyClick(_there(), Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    until(lambda: is_read(model))
    assert "“Trần Văn Đuợc” khác tên trên thẻ" in said(model)
    assert view.people.offer.isVisible()  # the second card

    view.people.offer.drop.click()
    assert not view.people.offer.isVisible()
    assert is_read(model)


def test_a_paper_that_is_no_card_is_not_looked_at(
    model: IntakeViewModel, view: IntakeView, desk: Any, settled: Callable[[], None]
) -> None:
    desk.cards_filed = (read_card(CARD),)
    model.choose(desk.procedures[0])
    model.scans.scan("to-khai")
    settled()

    assert model.people.offers == ()


@pytest.mark.parametrize("name", ["name", "address", "nationality", "email", "representative"])
def test_composing_letters_is_never_disturbed_and_commits_composed(
    view: IntakeView, model: IntakeViewModel, name: str
) -> None:
    kinds = {"nationality": PersonKind.FOREIGNER, "representative": PersonKind.ORGANISATION}
    model.people.choose_kind(Who.OWNER, kinds.get(name, PersonKind.CITIZEN))
    view.people.go_to(Who.OWNER, name)
    line = view.people.forms[Who.OWNER].lines[name]
    for preedit in ("D", "Đ", "Đu", "Đú", "Đúc", "Đức"):
        QApplication.sendEvent(line, QInputMethodEvent(preedit, []))
        assert line.text() == ""
        assert line.hasFocus()
        assert getattr(owner(model), name) == ""
        assert not view.people.forms[Who.OWNER].nationality.popup.isVisible()
    event = QInputMethodEvent()
    event.setCommitString("Đu\u031b\u0301c")
    QApplication.sendEvent(line, event)

    assert getattr(owner(model), name) == "Đức"
    assert line.hasFocus()


def test_a_nationality_is_found_by_letters_without_accents(
    view: IntakeView, model: IntakeViewModel, qtbot: QtBot
) -> None:
    model.people.choose_kind(Who.OWNER, PersonKind.FOREIGNER)
    view.people.go_to(Who.OWNER, "nationality")
    form = view.people.forms[Who.OWNER]
    qtbot.keyClicks(form.nationality, "han")
    assert form.nationality.popup.isVisible()
    assert owner(model).nationality == "han"

    qtbot.keyClick(form.nationality, Key.Key_Return)

    assert owner(model).nationality == "Hàn Quốc"
    assert form.nationality.text() == "Hàn Quốc"
    assert form.expiry.hasFocus()
    assert not form.nationality.popup.isVisible()


def test_a_nationality_that_nobody_knows_stays_as_typed_with_a_word(
    view: IntakeView, model: IntakeViewModel, qtbot: QtBot
) -> None:
    model.people.choose_kind(Who.OWNER, PersonKind.FOREIGNER)
    view.people.go_to(Who.OWNER, "nationality")
    field = view.people.forms[Who.OWNER].nationality
    qtbot.keyClicks(field, "xyz")
    qtbot.keyClick(field, Key.Key_Tab)

    assert owner(model).nationality == "xyz"
    (remark,) = model.remarks
    assert (remark.field, remark.gravity) == ("nationality", Gravity.WARNS)


def test_a_passport_that_has_ended_warns_and_stops_nothing(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner
) -> None:
    model.people.choose_kind(Who.OWNER, PersonKind.FOREIGNER)
    model.people.type(Who.OWNER, name="ERIKSSON ANNA")
    view.people.go_to(Who.OWNER, "id_expires_on")
    scanner.type("22112026")
    scanner.enter()

    (remark,) = model.remarks
    assert (remark.field, remark.gravity) == ("id_expires_on", Gravity.WARNS)
    assert "22/11/2026" in remark.text
    assert not any(todo.place.startswith("owner") for todo in model.todo)

    model.people.choose_kind(Who.OWNER, PersonKind.CITIZEN)
    assert model.remarks == ()


def test_the_difference_in_tone_placement_stands_in_grey(
    view: IntakeView, model: IntakeViewModel, scanner: Scanner, until: Until
) -> None:
    model.people.type(Who.OWNER, name="Trần Thị Thuý")
    view.people.ask_card()
    scanner.type(CARD.replace("Trần Văn Được", "Trần Thị Thúy").replace("Nam", "Nữ"))
    scanner.enter()
    until(view.people.forms[Who.OWNER].phone.hasFocus)

    notes = [remark for remark in model.remarks if remark.gravity is Gravity.NOTES]
    assert [remark.text for remark in notes] == ["Tên đã nhập “Trần Thị Thuý”: khác cách đặt dấu."]
    assert "khác cách đặt dấu" in view.people.forms[Who.OWNER]._notes.words
    assert "khác cách đặt dấu" not in view.people.forms[Who.OWNER]._words.words
