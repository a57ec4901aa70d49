"""The intake screen by keys alone, as an officer works it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from clerk_app.domain.applicant import Applicant, Person, Relation
from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperState
from clerk_app.domain.reason import LONGEST_REASON
from clerk_app.errors import NoToken
from tests.ui.intake.hands import Hands
from ui.intake.people_model import Who
from ui.intake.stage import Stage
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel

Until = Callable[[Callable[[], bool]], None]
Key = Qt.Key
QR = "001089001234|012345678|Trần Văn Được|14071989|Nam|Tổ 21, phường Hà Đông, thành phố Hà Nội|01062021"


def choose_procedure(hands: Hands, view: IntakeView, until: Until) -> None:
    hands.type("khai sinh")
    until(lambda: view.picker.popup.isVisible() and view.picker.found.rowCount() == 1)
    hands.press(Key.Key_Return)
    until(view.people.forms[Who.OWNER].name.hasFocus)


def fill(hands: Hands, view: IntakeView, until: Until) -> None:
    """Bring a draft to F9: procedure, card, checklist, by keys."""
    choose_procedure(hands, view, until)
    hands.press(Key.Key_F4)
    hands.type(QR)
    hands.press(Key.Key_Return)
    until(view.people.forms[Who.OWNER].phone.hasFocus)
    hands.press(Key.Key_F5)
    for _ in range(3):
        hands.press(Key.Key_Space, Key.Key_Down)
    hands.press(Key.Key_K)
    hands.press(Key.Key_1)


def to_pin(hands: Hands, view: IntakeView, until: Until) -> None:
    fill(hands, view, until)
    hands.press(Key.Key_F9)
    until(lambda: view.pin.isVisible() and view.pin.pin.hasFocus())


def test_from_the_first_key_to_the_printed_slip(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)

    (dossier,) = desk.dossiers.values()
    assert dossier.applicant.owner.name == "Trần Văn Được"
    assert {paper.key: paper.state for paper in dossier.papers}["cu-tru"] is PaperState.NOT_NEEDED
    assert len(desk.printed) == 1
    assert view.slip.isVisible()
    assert view.slip.code.text() == "H26.99.01-261123-0001"
    assert "16:30" in view.slip.due.text()
    typed = len("khai sinh") + len("123456")  # the card was a scanner's
    assert view.counted.presses == typed + len(["Enter", "F4", "Enter", "F5"]) + 6 + 1 + 1 + len(
        ["F9", "Enter"]
    )


def test_after_the_slip_one_key_begins_the_next(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)
    hands.hold_ctrl(Key.Key_N)
    until(view.picker.line.hasFocus)

    assert model.stage is Stage.EDITING
    assert view.people.forms[Who.OWNER].name.text() == ""


def test_the_slip_is_printed_again_on_one_key(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)
    hands.hold_ctrl(Key.Key_P)
    until(lambda: model.slip.copies == 2)

    assert len(desk.printed) == 2


def test_a_wrong_pin_asks_again_and_is_tried_once(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.type("000000")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.ASKING_PIN and view.pin.pin.isEnabled())

    assert desk.pins == [b"000000"]
    assert view.pin.isVisible()
    assert view.pin.pin.text() == ""
    assert view.pin.pin.hasFocus()


def test_without_a_token_the_pen_is_two_keys_away(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    desk.cards = ()
    fill(hands, view, until)
    hands.press(Key.Key_F9)
    until(lambda: model.stage is Stage.ACCEPTED)
    assert isinstance(model.slip.notice, NoToken)
    assert "Không thấy thẻ ký số" in view.slip.notice.words

    hands.press(Key.Key_F8)
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)
    assert desk.pen_reasons == ["Không thấy thẻ ký số"]


def test_the_pen_is_two_keys_away_from_the_pin(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.press(Key.Key_F8)
    until(view.ask.line.hasFocus)
    assert view.ask.line.maxLength() == LONGEST_REASON
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)

    assert len(desk.pen_reasons) == 1
    assert desk.pins == []


def test_leaving_the_pin_keeps_the_code(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.press(Key.Key_Escape)
    until(lambda: model.stage is Stage.ACCEPTED)
    assert view.slip.state.text() == "Đã tiếp nhận, chưa ký giấy hẹn"

    until(view.foot.sign.hasFocus)
    hands.press(Key.Key_F9)
    until(view.pin.isVisible)
    assert len(desk.dossiers) == 1


def test_a_missing_paper_refuses_f9_in_words_and_takes_the_focus_there(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    choose_procedure(hands, view, until)
    hands.type("Trần Minh An")
    hands.press(Key.Key_F5, Key.Key_Space)
    hands.press(Key.Key_F9)

    assert view.papers.list.hasFocus()
    assert view.papers.current_key == "chung-sinh"
    assert "Còn 3 việc" in view.todo.words
    assert "Giấy chứng sinh" in view.todo.words
    assert view.todo.words.count("Thiếu") == 1  # what all of them begin with
    assert not desk.dossiers


def test_typing_is_not_disturbed_when_a_slow_save_returns(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    choose_procedure(hands, view, until)
    until(lambda: model.keeper.safe)
    desk.save_gate.clear()
    hands.type("Trần")
    hands.hold_ctrl(Key.Key_S)
    hands.type(" Minh")
    desk.save_gate.set()
    until(lambda: model.keeper.safe)
    hands.type(" An")

    assert view.people.forms[Who.OWNER].name.text() == "Trần Minh An"
    until(lambda: desk.kept[model.draft.id].applicant.owner.name == "Trần Minh An")


def test_what_an_input_method_composes_is_left_alone(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    choose_procedure(hands, view, until)
    name = view.people.forms[Who.OWNER].name
    QApplication.sendEvent(name, QInputMethodEvent("Nguye", []))
    model.people.type(Who.OWNER, name="")
    view.render_all()
    done = QInputMethodEvent("", [])
    done.setCommitString("Nguyễn")
    QApplication.sendEvent(name, done)

    assert name.text() == "Nguyễn"
    assert model.draft.applicant.owner.name == "Nguyễn"


def test_a_card_typed_into_any_field_is_read(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    choose_procedure(hands, view, until)
    hands.press(Key.Key_Tab)
    hands.type(QR)
    hands.press(Key.Key_Return)
    until(lambda: model.draft.applicant.owner.name == "Trần Văn Được")

    assert view.people.forms[Who.OWNER].id_number.text() == "001089001234"


def test_what_is_odd_stands_in_words(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    choose_procedure(hands, view, until)
    hands.type("An")
    hands.press(Key.Key_Tab)
    hands.type("12345")
    hands.press(Key.Key_Tab)
    hands.type("14/07/1989")

    form = view.people.forms[Who.OWNER]
    assert "phải có đúng 12 chữ số" in form._words.words
    assert form.id_number.property("wrong") is True
    assert "12 chữ số" in form.id_number.accessibleDescription()


def test_tab_opens_the_record_of_the_submitter(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    choose_procedure(hands, view, until)
    model.people.choose_relation(Relation.AUTHORISED)
    view.people.relation.setFocus()
    hands.press(Key.Key_Tab)
    hands.type("Lê Thị Mỹ Duyên")

    assert view.people.forms[Who.SUBMITTER].name.hasFocus()
    assert not view.people.forms[Who.OWNER].isVisible()
    assert model.draft.applicant.at_the_counter.name == "Lê Thị Mỹ Duyên"
    hands.press(Key.Key_F5)
    assert not view.people.forms[Who.SUBMITTER].isVisible()


def test_a_file_is_laid_by_its_path(
    hands: Hands,
    view: IntakeView,
    tmp_path: Path,
    until: Until,
    settled: Callable[[], None],
) -> None:
    paper = tmp_path / "to-khai.pdf"
    paper.write_bytes(b"%PDF-")
    choose_procedure(hands, view, until)
    hands.press(Key.Key_F5)
    hands.press(Key.Key_O, held=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.type(str(paper))
    hands.press(Key.Key_Return)
    until(lambda: len(view.pages.strip.pages) == 2)

    assert view.papers.list.hasFocus()
    hands.press(Key.Key_Return)
    assert view.page.isVisible()
    hands.press(Key.Key_Right, Key.Key_Escape)
    settled()
    assert not view.page.isVisible()
    assert view.papers.list.hasFocus()


def test_a_scan_shows_its_pages(hands: Hands, view: IntakeView, until: Until) -> None:
    choose_procedure(hands, view, until)
    hands.press(Key.Key_F5, Key.Key_F6)
    until(lambda: len(view.pages.strip.pages) == 2)
    until(lambda: len(view.pages.strip._pages.pictures) == 2)

    assert view.papers.list.rows[0].badge == "Đã đủ"


def test_a_draft_is_found_again_and_opened_by_keys(
    hands: Hands, view: IntakeView, model: IntakeViewModel, until: Until
) -> None:
    choose_procedure(hands, view, until)
    hands.type("Trần Minh An")
    hands.hold_ctrl(Key.Key_N)
    until(lambda: view.picker.line.hasFocus() and len(view.shelf.list.rows) == 1)
    hands.press(Key.Key_F2, Key.Key_Return)
    until(lambda: model.procedures.chosen is not None)

    assert view.people.forms[Who.OWNER].name.text() == "Trần Minh An"
    assert view.picker.title.words == "Đăng ký khai sinh"
    assert len(view.papers.list.rows) == 5


@pytest.mark.parametrize("typed", ["nguyen be", "Bé", "912345177", "5177", "thuong tru be", "BE NGUYEN"])
def test_one_of_two_hundred_drafts_is_found_by_a_few_letters(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until, typed: str
) -> None:
    for number in range(200):
        owner = Person(name="Nguyễn Văn Bé" if number == 177 else "Trần Thị Lan", phone=f"0912345{number:03}")
        procedure = desk.procedures[1 if number == 177 else 0].code
        draft = Draft(f"kept-{number}", procedure, Applicant(owner))
        desk.kept[draft.id] = draft
    model.keeper.reload()
    until(lambda: len(view.shelf.list.rows) == 200)

    hands.press(Key.Key_F2)
    hands.type(typed)
    assert [row.key for row in view.shelf.list.rows] == ["kept-177"]
    hands.press(Key.Key_Return)
    until(lambda: model.keeper.draft.id == "kept-177")

    assert view.people.forms[Who.OWNER].name.text() == "Nguyễn Văn Bé"
    assert view.shelf.search.text() == ""
    assert len(view.shelf.list.rows) == 200


def test_a_draft_that_is_not_there_is_said(hands: Hands, view: IntakeView) -> None:
    hands.press(Key.Key_F2)
    hands.type("khong ai")

    assert "khớp" in view.shelf.nothing.text()
    assert not view.shelf.nothing.isHidden()
    hands.press(Key.Key_Escape)
    assert "dở dang" in view.shelf.nothing.text()


def test_a_draft_is_thrown_away_only_after_a_question(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    choose_procedure(hands, view, until)
    hands.type("Trần Minh An")
    hands.hold_ctrl(Key.Key_D)
    assert "Trần Minh An" in view.ask.words.text()
    hands.press(Key.Key_Escape)
    assert view.people.forms[Who.OWNER].name.hasFocus()

    first = model.draft.id
    hands.hold_ctrl(Key.Key_D)
    hands.press(Key.Key_Return)
    until(lambda: bool(model.draft.id) and model.draft.id != first)
    assert first not in desk.kept


def test_a_typing_error_costs_at_most_ten_keys(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: Any, until: Until
) -> None:
    to_pin(hands, view, until)
    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)
    before = view.counted.presses
    hands.press(Key.Key_F7)
    until(view.people.forms[Who.OWNER].name.hasFocus)
    hands.press(Key.Key_End)
    hands.type("c")
    hands.press(Key.Key_F9, Key.Key_Return)
    until(lambda: view.pin.isVisible() and view.pin.pin.hasFocus())
    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE and len(desk.printed) == 2)

    assert desk.corrections[0].applicant.owner.name == "Trần Văn Đượcc"
    assert before > 0
    assert view.counted.presses - len("c") - len("123456") <= 10


def test_rendering_again_changes_nothing(hands: Hands, view: IntakeView, until: Until) -> None:
    fill(hands, view, until)
    before = _seen(view)
    view.render_all()
    view.render_all()

    assert _seen(view) == before


def test_it_fits_a_small_screen(hands: Hands, view: IntakeView, until: Until) -> None:
    fill(hands, view, until)

    assert view.minimumSizeHint().width() <= 1290 - 92
    assert view.minimumSizeHint().height() <= 704 - 56 - 40
    rows = view.papers.list
    assert rows.viewport().height() >= 4 * rows.sizeHintForRow(0)


def test_everything_that_takes_keys_says_its_name(hands: Hands, view: IntakeView, until: Until) -> None:
    choose_procedure(hands, view, until)
    takers = [
        each for each in view.findChildren(QWidget) if isinstance(each, QLineEdit | QComboBox | QPushButton)
    ]
    own = [each for each in takers if each.isVisible()]

    assert [each for each in own if not (each.accessibleName() or each.objectName() or _text(each))] == []


def test_each_shortcut_leads_to_one_place(hands: Hands, view: IntakeView, until: Until) -> None:
    choose_procedure(hands, view, until)
    keys = [each.shortcut().toString() for each in view.findChildren(QPushButton) if each.isVisible()]
    used = [key for key in keys if key]

    assert len(used) == len(set(used))


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QPushButton | QLineEdit) else ""


def _seen(view: IntakeView) -> list[tuple[str, bool]]:
    return [(each.text(), each.isVisible()) for each in view.findChildren(QLineEdit)] + [
        (each.text(), each.isVisible()) for each in view.findChildren(QPushButton)
    ]
