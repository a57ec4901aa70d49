"""The intake counter without its window: nothing typed is lost, nothing is tried twice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from clerk_app.domain.applicant import Applicant, Person, PersonKind, Relation
from clerk_app.domain.paper import KnownBy, LaidPaper, PaperKind, PaperState, ScanState
from clerk_app.domain.sending import Sending
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import NoToken, PinLocked, PinWrong
from signing.errors import CertificateExpired, SignerRevoked, SigningError
from tests.ui.samples import a_dossier
from ui.intake.papers_desk import PagesOnTheirWay
from ui.intake.people_model import Gravity, Who
from ui.intake.stage import Stage
from ui.intake.view_model import IntakeViewModel

Model = IntakeViewModel
Settled = Callable[[], None]
Until = Callable[[Callable[[], bool]], None]
QR = "001089001234|012345678|Trần Văn Được|14071989|Nam|Tổ 21, phường Hà Đông, thành phố Hà Nội|01062021"


MARRIED = "?Cha, mẹ có đăng ký kết hôn"


def keys(model: Model) -> list[str]:
    return [row.kind.key for row in model.papers.rows]


def laid(model: Model, key: str) -> LaidPaper:
    return next(each for each in model.draft.papers if each.key == key)


@pytest.fixture
def started(model: Model, settled: Settled) -> Model:
    model.start()
    settled()
    return model


def fill(model: Model, desk: Any) -> None:
    """Bring the draft so far that F9 leads on."""
    model.choose(desk.procedures[0])
    model.people.type(Who.OWNER, name="Trần Minh An")
    for key in ("to-khai", "chung-sinh", "can-cuoc", "cu-tru"):
        model.papers.tick(key)


def ask_for_pin(model: Model, desk: Any, until: Until) -> None:
    fill(model, desk)
    model.sign_and_print()
    until(lambda: model.stage is Stage.ASKING_PIN)


def enter_pin(model: Model, pin: bytes) -> TypedPin:
    """Type a PIN for the token that the dialog shows."""
    assert model.slip.card is not None
    typed = TypedPin(model.slip.card, bytearray(pin))
    model.slip.enter_pin(typed)
    return typed


def test_an_empty_draft_tells_what_is_left(started: Model) -> None:
    assert [each.place for each in started.todo] == ["procedure", "owner.name"]


def test_typing_before_the_draft_has_its_id_is_kept(model: Model, desk: Any, settled: Settled) -> None:
    model.start()
    model.people.type(Who.OWNER, name="Trần Văn Được")
    settled()

    assert model.draft.applicant.owner.name == "Trần Văn Được"
    assert desk.kept[model.draft.id].applicant.owner.name == "Trần Văn Được"


def test_typing_is_not_lost_when_a_slow_save_returns(started: Model, desk: Any, settled: Settled) -> None:
    desk.save_gate.clear()
    started.people.type(Who.OWNER, name="Trần")
    started.save()
    started.people.type(Who.OWNER, name="Trần Văn Được")
    desk.save_gate.set()
    settled()

    assert started.draft.applicant.owner.name == "Trần Văn Được"
    assert [each.applicant.owner.name for each in desk.saves] == ["Trần", "Trần Văn Được"]


def test_text_is_kept_in_one_spelling(started: Model) -> None:
    started.people.type(Who.OWNER, name="Tra\u0302\u0300n")

    assert started.draft.applicant.owner.name == "Trần"


def test_a_save_that_fails_says_so_and_is_made_up_for(started: Model, desk: Any, until: Until) -> None:
    desk.full = True
    started.people.type(Who.OWNER, name="An")
    started.save()
    until(lambda: started.notice is not None)
    assert not started.keeper.safe

    desk.full = False
    started.save()
    until(lambda: started.keeper.safe)
    assert desk.saves[-1].applicant.owner.name == "An"


def test_a_draft_comes_back_with_all_that_was_typed(
    started: Model, desk: Any, new_model: Callable[[], Model], until: Until, settled: Settled
) -> None:
    started.choose(desk.procedures[0])
    started.people.type(Who.OWNER, name="Trần Minh An", phone="0912345678")
    started.papers.tick("to-khai")
    started.save()
    settled()

    later = new_model()
    later.start()
    until(lambda: len(later.keeper.shelf.lines) == 1)
    later.open(later.keeper.shelf.lines[0].draft)
    until(lambda: bool(later.papers.rows))

    assert later.people.applicant.owner.phone == "0912345678"
    assert later.procedures.chosen == desk.procedures[0]
    assert later.papers.rows[0].laid.state is PaperState.PRESENT


def test_a_blank_draft_leaves_nothing_behind(started: Model, desk: Any, settled: Settled) -> None:
    first = started.draft.id
    started.new()
    settled()

    assert started.draft.id != first
    assert first not in desk.kept


def test_a_card_fills_six_fields_and_leaves_the_phone(started: Model, until: Until) -> None:
    started.people.type(Who.OWNER, phone="0912345678")
    started.people.read_card(Who.OWNER, QR + "\n")
    until(lambda: bool(started.people.applicant.owner.name))

    owner = started.draft.applicant.owner
    assert (owner.name, owner.id_number, owner.sex, owner.phone) == (
        "Trần Văn Được",
        "001089001234",
        "Nam",
        "0912345678",
    )
    assert owner.birth_date is not None
    assert owner.address.startswith("Tổ 21")


def test_what_is_no_card_changes_nothing(started: Model, until: Until) -> None:
    started.people.type(Who.OWNER, name="An")
    started.people.read_card(Who.OWNER, "xin chào")
    until(lambda: started.notice is not None)

    assert started.draft.applicant.owner.name == "An"
    started.people.type(Who.OWNER, name="Anh")
    assert started.notice is None


@pytest.mark.parametrize(
    ("typed", "gravity"), [("Trần Văn Đuợc", Gravity.WARNS), ("Trần Văn Khánh", Gravity.WARNS)]
)
def test_another_name_than_on_the_card_is_said(
    started: Model, until: Until, typed: str, gravity: Gravity
) -> None:
    started.people.type(Who.OWNER, name=typed)
    started.people.read_card(Who.OWNER, QR)
    until(lambda: bool(started.remarks))

    assert started.remarks[0].gravity is gravity
    assert typed in started.remarks[0].text


def test_a_tone_mark_in_another_place_is_noted_in_grey(started: Model, until: Until) -> None:
    started.people.type(Who.OWNER, name="Nguyễn Thị Thuý")
    started.people.read_card(Who.OWNER, "001189001234||Nguyễn Thị Thúy|14071989|Nữ|Hà Đông|")
    until(lambda: bool(started.remarks))

    (remark,) = started.remarks
    assert remark.gravity is Gravity.NOTES
    assert "khác cách đặt dấu" in remark.text


def test_an_impossible_number_stops_the_slip_once_it_is_complete(started: Model, desk: Any) -> None:
    fill(started, desk)
    started.people.type(Who.OWNER, id_number="00108900123")
    assert not started.remarks

    started.people.leave(Who.OWNER, "id_number")
    assert started.remarks[0].gravity is Gravity.STOPS
    assert [each.place for each in started.todo] == ["owner.id_number"]


def test_an_unlikely_number_only_warns(started: Model, desk: Any) -> None:
    fill(started, desk)
    started.people.type(Who.OWNER, id_number="001 089 001 234", sex="Nữ")

    assert [each.gravity for each in started.remarks] == [Gravity.WARNS]
    assert not started.todo


def test_a_missing_number_stops_nothing(started: Model, desk: Any, until: Until) -> None:
    fill(started, desk)
    started.people.choose_kind(Who.OWNER, PersonKind.NO_PAPERS)
    started.sign_and_print()
    until(lambda: started.stage is Stage.ASKING_PIN)


def test_a_submitter_once_typed_comes_back(started: Model) -> None:
    started.people.choose_relation(Relation.AUTHORISED)
    started.people.type(Who.SUBMITTER, name="Lê Thị Mỹ Duyên")
    started.people.choose_relation(Relation.SELF)
    assert started.draft.applicant.submitter is None

    started.people.choose_relation(Relation.PARENT)
    assert started.draft.applicant.submitter is not None
    assert started.draft.applicant.submitter.name == "Lê Thị Mỹ Duyên"
    assert started.draft.applicant.authorisation is None


def test_a_missing_paper_refuses_and_points_at_the_first_one(started: Model, desk: Any, qtbot: Any) -> None:
    fill(started, desk)
    started.papers.tick("chung-sinh")
    with qtbot.waitSignal(started.place_wanted) as wanted:
        started.sign_and_print()

    assert wanted.args == ["paper:chung-sinh"]
    assert started.stage is Stage.EDITING
    assert started.todo[0].text == "Thiếu: Giấy chứng sinh."


def test_not_needed_counts_once_its_reason_stands(started: Model, desk: Any) -> None:
    fill(started, desk)
    started.papers.tick("cu-tru")
    started.papers.set_state("cu-tru", PaperState.NOT_NEEDED)
    assert started.todo

    started.papers.set_state("cu-tru", PaperState.NOT_NEEDED, "Khai thác từ cơ sở dữ liệu")
    assert not started.todo


def test_taking_the_tick_off_a_conditional_line_takes_the_line_away(started: Model, desk: Any) -> None:
    fill(started, desk)
    started.papers.tick(MARRIED)
    started.papers.tick("ket-hon")
    assert laid(started, "ket-hon").state is PaperState.PRESENT
    started.papers.tick("ket-hon")

    assert not started.todo
    assert "ket-hon" not in {each.key for each in started.draft.papers}
    assert keys(started)[-1] == MARRIED


def test_a_paper_whose_condition_has_to_be_asked_comes_with_the_answer(started: Model, desk: Any) -> None:
    fill(started, desk)
    assert keys(started) == ["to-khai", "chung-sinh", "can-cuoc", "cu-tru", MARRIED]

    turned: list[str] = []
    started.papers.turned_to.connect(turned.append)
    started.papers.tick(MARRIED)

    assert keys(started) == ["to-khai", "chung-sinh", "can-cuoc", "ket-hon", "cu-tru"]
    assert turned == ["ket-hon"]


def test_a_file_laid_on_a_question_is_its_answer(
    started: Model, desk: Any, settled: Callable[[], None], tmp_path: Path
) -> None:
    fill(started, desk)
    page = tmp_path / "ket-hon.pdf"
    page.write_bytes(b"%PDF ket hon")
    started.papers.import_files(MARRIED, [page])
    settled()

    assert laid(started, "ket-hon").scan is ScanState.SCANNED


def test_a_scan_for_a_question_is_its_answer(started: Model, desk: Any, settled: Callable[[], None]) -> None:
    fill(started, desk)
    started.scans.scan(MARRIED)
    settled()

    assert laid(started, "ket-hon").scan is ScanState.SCANNED
    assert MARRIED not in {each.key for each in started.draft.papers}


def test_pages_moved_to_a_question_are_its_answer(
    started: Model, desk: Any, settled: Callable[[], None], tmp_path: Path
) -> None:
    fill(started, desk)
    page = tmp_path / "to-khai.pdf"
    page.write_bytes(b"%PDF to khai")
    started.papers.import_files("to-khai", [page])
    settled()

    started.pages.move(started.papers.pages[:1], MARRIED)

    assert {each.paper for each in started.papers.pages} == {"to-khai", "ket-hon"}
    assert MARRIED not in keys(started)


def test_a_paper_of_certain_people_is_asked_of_them_alone(started: Model, desk: Any) -> None:
    paper = PaperKind("uy-quyen", "Văn bản ủy quyền", condition="Được ủy quyền", known_by=KnownBy.AUTHORISED)
    desk.procedures = (replace(desk.procedures[0], papers=(paper,)), *desk.procedures[1:])
    started.choose(desk.procedures[0])
    assert keys(started) == []

    started.people.choose_relation(Relation.AUTHORISED)
    assert [(row.kind.key, row.missing) for row in started.papers.rows] == [("uy-quyen", True)]

    started.people.choose_relation(Relation.SELF)
    assert keys(started) == []


def test_of_papers_that_stand_for_each_other_the_one_that_was_laid_stays(started: Model, desk: Any) -> None:
    pair = (PaperKind("a", "Giấy A", one_of="nhom"), PaperKind("b", "Giấy B", one_of="nhom"))
    desk.procedures = (replace(desk.procedures[0], papers=pair), *desk.procedures[1:])
    started.choose(desk.procedures[0])
    assert [(row.kind.key, row.missing) for row in started.papers.rows] == [("a", True), ("b", False)]

    started.papers.tick("b")
    assert [(row.kind.key, row.missing) for row in started.papers.rows] == [("b", False)]

    started.papers.tick("b")
    assert keys(started) == ["a", "b"]


def test_an_owed_scan_stops_nothing(started: Model, desk: Any) -> None:
    fill(started, desk)
    started.papers.owe_scan("to-khai", "Máy quét hỏng")

    assert not started.todo
    assert started.papers.rows[0].laid.scan is ScanState.OWED


def test_pages_show_only_after_they_are_filed(
    started: Model, desk: Any, tmp_path: Path, settled: Settled, until: Until
) -> None:
    paper = tmp_path / "to-khai.pdf"
    paper.write_bytes(b"%PDF-")
    started.choose(desk.procedures[0])
    desk.file_gate.clear()
    started.papers.import_files("to-khai", [paper])
    started.people.type(Who.OWNER, name="Trần Minh An")
    assert not started.papers.pages

    desk.file_gate.set()
    settled()
    until(lambda: len(started.papers.pages) == 2)
    assert started.draft.applicant.owner.name == "Trần Minh An"
    assert started.papers.rows[0].laid.state is PaperState.PRESENT


def test_a_draft_stays_while_its_pages_are_on_their_way(
    started: Model, desk: Any, tmp_path: Path, settled: Settled
) -> None:
    paper = tmp_path / "to-khai.pdf"
    paper.write_bytes(b"%PDF-")
    fill(started, desk)
    desk.file_gate.clear()
    started.papers.import_files("to-khai", [paper])
    draft = started.draft.id
    started.new()
    started.sign_and_print()

    assert started.draft.id == draft
    assert started.stage is Stage.EDITING
    assert isinstance(started.notice, PagesOnTheirWay)
    desk.file_gate.set()
    settled()


def test_a_file_that_is_not_there_is_said_in_words(
    started: Model, desk: Any, tmp_path: Path, until: Until
) -> None:
    started.choose(desk.procedures[0])
    started.papers.import_files("to-khai", [tmp_path / "khong-co.pdf"])
    until(lambda: started.notice is not None)

    assert "khong-co.pdf" in str(started.notice)
    assert not started.papers.at_work


def test_a_scan_is_laid_on_its_line(started: Model, desk: Any, until: Until) -> None:
    started.choose(desk.procedures[0])
    started.scans.scan("chung-sinh")
    until(lambda: bool(started.papers.pages))

    assert {page.paper for page in started.papers.pages} == {"chung-sinh"}


def test_a_wrong_file_can_be_taken_off(started: Model, desk: Any, until: Until) -> None:
    started.choose(desk.procedures[0])
    started.scans.scan("chung-sinh")
    until(lambda: bool(started.papers.pages))
    started.pages.delete_file(started.papers.pages[0])

    assert not started.papers.pages
    assert started.papers.rows[1].laid.scan is ScanState.NOT_SCANNED


def test_from_f9_to_the_printed_slip(started: Model, desk: Any, until: Until) -> None:
    ask_for_pin(started, desk, until)
    typed = enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)

    assert started.slip.dossier is not None
    assert started.slip.dossier.code == "H26.99.01-261123-0001"
    assert desk.printed == ["doc-" + started.slip.dossier.id + "-1"]
    assert started.slip.copies == 1
    assert typed.pin == bytes(6)
    assert desk.kept == {}


def test_a_wrong_pin_asks_again_and_tries_each_pin_once(started: Model, desk: Any, until: Until) -> None:
    ask_for_pin(started, desk, until)
    enter_pin(started, b"000000")
    until(lambda: started.stage is Stage.ASKING_PIN)
    assert isinstance(started.slip.pin_notice, PinWrong)
    assert started.slip.card is not None
    assert started.slip.card.tries_low
    assert desk.pins == [b"000000"]

    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)
    assert desk.pins == [b"000000", b"123456"]


def test_a_pin_of_the_wrong_length_is_asked_for_again_with_its_own_words(
    started: Model, desk: Any, until: Until
) -> None:
    class TooShort(PinWrong):
        message = "Mã PIN phải có từ 4 đến 64 ký tự."

    desk.refusal = TooShort()
    ask_for_pin(started, desk, until)
    enter_pin(started, b"1")
    until(lambda: started.stage is Stage.ASKING_PIN)

    assert started.slip.pin_notice is desk.refusal


def test_a_token_that_is_pulled_after_a_wrong_pin_is_missed_and_not_looked_for_for_ever(
    started: Model, desk: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_pin(started, desk, until)
    looked: list[object] = []

    def gone() -> tuple[TokenCard, ...]:
        looked.append(None)
        return ()

    monkeypatch.setattr(started.slip, "_calls", replace(started.slip._calls, token_cards=gone))
    enter_pin(started, b"000000")
    until(lambda: started.stage is Stage.ACCEPTED)

    assert isinstance(started.slip.notice, NoToken)
    assert len(looked) == 1


def test_a_locked_token_leads_to_the_pen(started: Model, desk: Any, until: Until) -> None:
    desk.wrong_left = 1
    ask_for_pin(started, desk, until)
    enter_pin(started, b"000000")
    until(lambda: started.stage is Stage.ACCEPTED)
    assert isinstance(started.slip.notice, PinLocked)

    started.slip.ask_pen()
    started.slip.sign_by_pen("")
    until(lambda: started.stage is Stage.DONE)
    assert desk.pen_reasons == ["Thẻ ký số bị khóa"]


def test_without_a_token_the_dossier_is_accepted_and_unsigned(
    started: Model, desk: Any, until: Until
) -> None:
    desk.cards = ()
    fill(started, desk)
    started.sign_and_print()
    until(lambda: started.stage is Stage.ACCEPTED)

    assert isinstance(started.slip.notice, NoToken)
    assert len(desk.dossiers) == 1
    until(lambda: len(started.keeper.shelf.unsigned) == 1)


def test_no_pin_is_asked_for_anothers_token(started: Model, desk: Any, until: Until) -> None:
    desk.cards = tuple(replace(card, own=False) for card in desk.cards)
    fill(started, desk)
    started.sign_and_print()
    until(lambda: started.stage is Stage.ACCEPTED)

    assert isinstance(started.slip.notice, NoToken)
    assert started.slip.card is None


@pytest.mark.parametrize(
    "unfit", [CertificateExpired(owner="Hoa", day="01/11/2026"), SignerRevoked(owner="Hoa", day="01/11/2026")]
)
def test_no_pin_is_asked_for_a_certificate_that_may_not_sign(
    started: Model, desk: Any, until: Until, unfit: SigningError
) -> None:
    desk.cards = tuple(replace(card, unfit=unfit) for card in desk.cards)
    fill(started, desk)
    stages: list[Stage] = []
    started.slip.changed.connect(lambda: stages.append(started.slip.stage))
    started.sign_and_print()
    until(lambda: started.stage is Stage.ACCEPTED)

    assert started.slip.notice is unfit
    assert Stage.ASKING_PIN not in stages
    assert len(desk.dossiers) == 1  # received all the same, to be signed by pen or later


def test_the_act_names_the_token_that_the_dialog_showed(started: Model, desk: Any, until: Until) -> None:
    ask_for_pin(started, desk, until)
    shown = started.slip.card
    desk.cards = (replace(desk.cards[0], serial="another"),)  # put in while the PIN is typed
    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)

    assert desk.signed_with == [shown]


def test_an_unsigned_dossier_is_signed_later_under_its_code(started: Model, desk: Any, until: Until) -> None:
    desk.cards, cards = (), desk.cards
    fill(started, desk)
    started.sign_and_print()
    until(lambda: len(started.keeper.shelf.unsigned) == 1)
    started.new()
    desk.cards = cards
    until(lambda: started.stage is Stage.EDITING)

    started.open_dossier(started.keeper.shelf.unsigned[0])
    started.sign_and_print()
    until(lambda: started.stage is Stage.ASKING_PIN)
    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)
    assert len(desk.dossiers) == 1
    until(lambda: not started.keeper.shelf.unsigned)


def test_a_typing_error_is_corrected_under_the_same_code(started: Model, desk: Any, until: Until) -> None:
    ask_for_pin(started, desk, until)
    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)

    started.correct()
    started.people.type(Who.OWNER, name="Trần Minh Anh ")
    started.give_reason("Sai tên")
    started.sign_and_print()
    until(lambda: started.stage is Stage.ASKING_PIN)
    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)

    assert started.slip.dossier is not None
    assert started.slip.dossier.code == "H26.99.01-261123-0001"
    assert [(each.applicant.owner.name, each.reason) for each in desk.corrections] == [
        ("Trần Minh Anh", "Sai tên")
    ]
    until(lambda: len(desk.printed) == 2)
    assert not desk.saves or all(each.applicant.owner.name != "Trần Minh Anh " for each in desk.saves)


def test_leaving_a_correction_changes_nothing(started: Model, desk: Any, until: Until) -> None:
    ask_for_pin(started, desk, until)
    enter_pin(started, b"123456")
    until(lambda: started.stage is Stage.DONE)
    started.correct()
    started.people.type(Who.OWNER, name="Ai đó")
    started.cancel_correction()

    assert started.stage is Stage.DONE
    assert not desk.corrections


def test_the_desk_has_the_last_word_on_acceptance(started: Model, desk: Any, until: Until) -> None:
    fill(started, desk)
    desk.procedures = (replace(desk.procedures[0], online_only=True), *desk.procedures[1:])
    started.sign_and_print()
    until(lambda: started.notice is not None)

    assert started.stage is Stage.EDITING
    assert "trực tuyến" in str(started.notice)


def test_only_the_newest_search_counts(started: Model, desk: Any, until: Until) -> None:
    started.procedures.search("khai sinh")
    started.procedures.search("thuong tru")
    until(lambda: bool(started.procedures.found))
    QCoreApplication.processEvents()

    assert [each.code for each in started.procedures.found] == ["1.004222"]


def test_numbers_left_follow_the_exchange(started: Model, until: Until) -> None:
    until(lambda: started.numbers.left == 37)
    started.numbers.show(Sending(None, None, 0, 0, 0, 0, 12))

    assert started.numbers.left == 12


def test_a_late_save_does_not_bring_an_accepted_draft_back(started: Model, desk: Any, until: Until) -> None:
    fill(started, desk)
    started.sign_and_print()
    started.save()
    until(lambda: started.stage is Stage.ASKING_PIN)

    assert desk.kept == {}
    assert not started.keeper.shelf.lines


def test_a_refused_acceptance_goes_on_saving(started: Model, desk: Any, until: Until) -> None:
    fill(started, desk)
    desk.procedures = (replace(desk.procedures[0], online_only=True), *desk.procedures[1:])
    started.sign_and_print()
    until(lambda: started.notice is not None)
    started.people.type(Who.OWNER, name="Trần Minh Anh")

    until(lambda: desk.kept[started.draft.id].applicant.owner.name == "Trần Minh Anh")


def test_a_second_dossier_of_the_same_person_and_procedure_is_said_and_stops_nothing(
    started: Model, desk: Any, until: Until
) -> None:
    fill(started, desk)
    owner = Person("Trần Minh An", id_number="001089001234")
    earlier = replace(a_dossier(), applicant=Applicant(owner))
    desk.twins = (earlier,)

    started.people.type(Who.OWNER, id_number="001089001234")
    until(lambda: bool(started.twins.found))

    assert earlier.code in started.remarks[0].text
    assert started.remarks[0].gravity is Gravity.WARNS
    assert started.todo == ()

    started.people.type(Who.OWNER, id_number="001089001235")

    assert not any(earlier.code in remark.text for remark in started.remarks)

    desk.sees = False
    started.people.type(Who.OWNER, id_number="001089001234")
    until(lambda: bool(started.twins.found))
    assert earlier.received_by in started.remarks[0].text
