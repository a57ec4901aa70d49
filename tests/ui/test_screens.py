"""The screens hand work to each other, and the frame tells what they need to know."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.domain.conflict import Choice
from clerk_app.domain.country import Countries
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.history import Unfinished
from clerk_app.domain.proving import Proving
from clerk_app.domain.token_card import TypedPin
from clerk_app.domain.verdict import Check, Health
from clerk_app.services.sign_pictures import SignPicture
from tests.ui.samples import (
    BIRTH,
    CARD,
    NOW,
    OFFICER,
    UNIT,
    FakeOffice,
    a_day,
    a_document,
    a_page,
    a_sending,
    some_outages,
)
from tests.ui.test_books import some_books
from tests.ui.test_bundle import FakeBundles
from ui import screens as room
from ui.intake.stage import Stage
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks
from ui.theme import MINIMUM_WINDOW

INTAKE, REGISTER = range(2)  # an officer's first two screens


class FakePictures:
    """No picture is kept."""

    keep_file = drop = None

    def __call__(self) -> tuple[SignPicture, ...]:
        return (SignPicture("ld-01", "Phạm Quang Vinh", there=False),)

    def preview(self, _: str, width: int) -> bytes:
        return a_page(width)


class FakeDesk(SimpleNamespace):
    """The office of the samples, as the desk names it."""

    def __init__(self, office: FakeOffice) -> None:
        calls = office.register_calls()
        super().__init__(
            officer=OFFICER,
            unit=UNIT,
            find_dossiers=office.search,
            seek_dossiers=calls.find,
            count_dossiers=calls.count,
            register_choices=calls.choices,
            history=calls.history,
            find_procedures=calls.find_procedures,
            find_twins=lambda _: (),
            signing_room=None,
            resubmit=calls.resubmit,
            settle_print=calls.settle_print,
            slip_pdf=lambda _: b"%PDF",
            retired=calls.retired,
            verify_document=None,
            print_slip=lambda document, _: office.print_slip(document),
            exchange=office.exchange,
            sending=lambda: office.sending,
            standing=lambda: None,
            waiting=lambda: office.waiting,
            settings=None,
            sign_file=SimpleNamespace(acts=()),
            pictures=FakePictures(),
            list_scanners=None,
            upkeep=lambda: (),
            prove_waiting=lambda _: Proving(0, 0, None, 0, has_authority=False),
            diagnose=lambda _: (Check("journal", Health.OK, "Tệp nhật ký nguyên vẹn."),),
            waiting_files=lambda: office.files,
            outages=some_outages,
            bundles=FakeBundles().calls(),
            outage_sheet=SimpleNamespace(save=lambda path: path.write_bytes(b"PK")),
            reconcile_day=lambda *_: a_day(),
            show_books=some_books,
            books=SimpleNamespace(
                counters=dict, open=None, hand_over=None, take_over=None, void=None, usual="VB-D"
            ),
            settle_waiting=office.settle,
            start_draft=lambda: Draft("draft-1", updated_at=NOW),
            save_draft=self._save,
            drafts=lambda: (),
            drop_draft=lambda _: None,
            lay_papers=None,
            hand_over_draft=None,
            pause_files=None,
            scan_papers=None,
            scan_ways=(),
            end_stack=None,
            arrivals=lambda: None,
            take_arrivals=None,
            page_picture=lambda _, __, width, ___=None: a_page(width),
            warm_reader=lambda: None,
            warn_expiry=lambda: "",
            tokens=SimpleNamespace(examine=None, find=None, choose=None, export=None),
            read_card=None,
            card_in_picture=None,
            cards_on_paper=lambda _: (),
            countries=lambda: Countries(()),
            work_out_deadline=lambda _, at: DueTime(at, at + timedelta(hours=4), False, True),
            unfinished=lambda: Unfinished((), ()),
            receive_dossier=None,
            token_cards=lambda: (CARD,),
            issue_slip=self._issue,
            slip_for_pen=lambda dossier, _: a_document(dossier, by_pen=True),
            reissue_slip=None,
            settle_conflict=self._choose,
            give_codes=SimpleNamespace(waiting=lambda: ()),
            ask_for_supplement=None,
            refuse_dossier=None,
            check_supplement=None,
            check_refusal=None,
            return_at_once=None,
            originals_kept=lambda _: (),
            return_result=None,
            dossier=lambda wanted: next(each for each in office.dossiers if each.id == wanted),
        )
        self.saved: list[Draft] = []
        self.chosen: list[Choice] = []

    def _save(self, draft: Draft) -> Draft:
        self.saved.append(draft)
        return draft

    def _issue(self, dossier: str, typed: TypedPin) -> Document:
        return a_document(dossier)

    def _choose(self, choice: Choice, typed: TypedPin | None) -> Document:
        self.chosen.append(choice)
        return a_document("d-44")


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice(sending=a_sending(waiting=3))


@pytest.fixture
def desk(office: FakeOffice) -> FakeDesk:
    return FakeDesk(office)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def screens(
    desk: FakeDesk, tasks: Tasks, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> Iterator[Screens]:
    made = furnish(desk, tasks, FolderPrinter(tmp_path), 20.0)
    window.put(made.workplace)
    with qtbot.waitSignal(made.rounds.exchanged):
        made.begin()
        made.rounds.send_now()  # not waiting for its own, somewhat random, start
    qtbot.waitUntil(lambda: bool(made.register.found) and bool(made.intake.draft.id))
    yield made
    made.stop()


def _unsigned(screens: Screens) -> Dossier:
    return screens.register.found[0]


def test_the_day_begins_at_the_counter(screens: Screens) -> None:
    assert screens.workplace.current == INTAKE
    assert screens.intake.numbers.left == 37


def test_a_print_that_a_stop_cut_off_is_asked_about_when_the_day_begins(
    desk: FakeDesk, office: FakeOffice, tasks: Tasks, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    cut = replace(office.dossiers[5].documents[0], print_unfinished=True)
    office.dossiers = tuple(
        replace(each, documents=(cut,)) if each.id == cut.dossier else each for each in office.dossiers
    )
    desk.unfinished = lambda: Unfinished((), (cut,))

    begun = furnish(desk, tasks, FolderPrinter(tmp_path), 20.0)
    window.put(begun.workplace)
    begun.begin()
    qtbot.waitUntil(lambda: begun.register.chosen is not None and begun.register.chosen.id == cut.dossier)

    assert begun.workplace.current == REGISTER
    assert begun.register.must_settle
    begun.stop()


def test_typing_into_the_search_brings_the_register_up(screens: Screens, qtbot: QtBot) -> None:
    screens.workplace.searched.emit("lê")
    qtbot.waitUntil(lambda: len(screens.register.found) < 10)

    assert screens.workplace.current == REGISTER
    assert {dossier.applicant.owner.name for dossier in screens.register.found} == {"Lê Thị Mỹ Duyên"}


def test_an_unsigned_dossier_goes_from_the_register_to_the_pin(screens: Screens, qtbot: QtBot) -> None:
    dossier = _unsigned(screens)
    screens.workplace.show_screen(REGISTER)

    screens.register_view.sign_asked.emit(dossier)
    qtbot.waitUntil(lambda: screens.intake.stage is Stage.ASKING_PIN)

    assert screens.workplace.current == INTAKE
    assert screens.intake.slip.dossier == dossier
    screens.intake.slip.cancel()


def test_a_busy_counter_never_signs_another_dossier(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    acted: list[str] = []
    monkeypatch.setattr(type(screens.intake), "open_dossier", lambda *_: None)  # the counter declines
    monkeypatch.setattr(type(screens.intake), "sign_and_print", lambda _: acted.append("signed"))

    screens.register_view.sign_asked.emit(_unsigned(screens))

    assert acted == []


def test_a_correction_goes_to_the_counter(screens: Screens) -> None:
    signed = next(dossier for dossier in screens.register.found if dossier.id == "d-44")

    screens.register_view.correct_asked.emit(signed)

    assert screens.workplace.current == INTAKE
    assert screens.intake.stage is Stage.CORRECTING


def test_a_choice_between_two_corrections_is_signed_and_printed_at_the_counter(
    screens: Screens, desk: FakeDesk, office: FakeOffice, qtbot: QtBot
) -> None:
    choice = Choice("e-1", frozenset({"applicant"}), "theo giấy khai sinh", ())

    screens.mailbox.decide(choice, "d-44")
    qtbot.waitUntil(lambda: screens.intake.stage is Stage.ASKING_PIN)
    assert screens.workplace.current == INTAKE
    screens.intake.slip.enter_pin(TypedPin(CARD, bytearray(b"12345678")))
    qtbot.waitUntil(lambda: screens.intake.stage is Stage.DONE)

    assert desk.chosen == [choice]
    assert office.printed == ["doc-d-44"]


def test_a_print_from_the_register_is_told_and_offered_soon(
    screens: Screens, office: FakeOffice, qtbot: QtBot
) -> None:
    screens.register.choose("d-44")
    rounds = office.rounds

    with qtbot.waitSignal(screens.rounds.exchanged):
        screens.register.print_again()

    assert office.printed == ["doc-d-44"]
    assert office.rounds > rounds
    assert "bản in lần 2" in screens.workplace.toast.recent[0].words


def test_a_line_of_the_mailbox_leads_to_the_register(screens: Screens, qtbot: QtBot) -> None:
    screens.workplace.show_screen(screens.workplace.screens.indexOf(screens.mailbox_pages))

    screens.mailbox_view.dossier_asked.emit("H26.99.01-261123-0044")
    qtbot.waitUntil(lambda: screens.register.text == "H26.99.01-261123-0044")

    assert screens.workplace.current == REGISTER


def test_f7_leads_from_what_waits_to_the_outages_and_a_line_of_them_to_the_register(
    screens: Screens, qtbot: QtBot
) -> None:
    pages = screens.mailbox_pages
    screens.workplace.show_screen(screens.workplace.screens.indexOf(pages))
    pages.mailbox.outages.click()
    qtbot.waitUntil(lambda: len(screens.outages.outages) == 3)
    assert pages.currentWidget() is pages.outages

    pages.outages.findings.opened.emit(screens.outages.outages[0].begun)

    assert screens.workplace.screens.currentWidget() is screens.register_view
    assert screens.workplace.header.search.text() == screens.outages.outages[0].acts[0].code


def test_the_day_is_reconciled_when_somebody_comes_to_see_and_a_line_leads_to_the_register(
    screens: Screens, qtbot: QtBot
) -> None:
    screens.workplace.show_screen(screens.workplace.screens.indexOf(screens.day_pages))
    qtbot.waitUntil(lambda: screens.reconcile.report is not None)

    screens.day_pages.day.dossier_asked.emit("H26.99.01-261123-0044")
    qtbot.waitUntil(lambda: screens.register.text == "H26.99.01-261123-0044")

    assert screens.workplace.current == REGISTER


def test_the_books_stand_behind_the_day_and_a_number_leads_to_the_register(
    screens: Screens, office: FakeOffice, qtbot: QtBot
) -> None:
    screens.workplace.show_screen(screens.workplace.screens.indexOf(screens.day_pages))
    screens.day_pages.day.to_books.click()
    books = screens.day_pages.books
    qtbot.waitUntil(lambda: bool(books.numbers.rows))
    rounds = office.rounds
    books.moved.emit()  # and central hears of it at once
    qtbot.waitUntil(lambda: office.rounds > rounds)

    books.numbers.opened.emit(books.numbers.rows[0].key)
    qtbot.waitUntil(lambda: screens.register.text == some_books()[0].lines[0].dossier.code)
    assert screens.workplace.current == REGISTER


def test_the_computer_is_looked_at_when_somebody_comes_to_see(screens: Screens, qtbot: QtBot) -> None:
    screens.workplace.show_screen(screens.workplace.screens.indexOf(screens.health_pages))

    qtbot.waitUntil(lambda: bool(screens.health.checks))


def test_the_banner_follows_the_rounds(screens: Screens, office: FakeOffice, qtbot: QtBot) -> None:
    office.online = False
    office.sending = a_sending(alone=True, waiting=4)

    screens.rounds.send_now()
    qtbot.waitUntil(lambda: not screens.workplace.banner.isHidden())

    assert "Mất kết nối từ 08:42" in screens.workplace.banner.words


def test_what_was_typed_is_saved_when_the_officer_leaves(
    screens: Screens, desk: FakeDesk, qtbot: QtBot
) -> None:
    screens.intake.choose(BIRTH)

    screens.rest()
    qtbot.waitUntil(lambda: bool(desk.saved))

    assert desk.saved[-1].procedure == BIRTH.code


def test_the_whole_workplace_fits_the_smallest_screen(
    screens: Screens, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(*MINIMUM_WINDOW)
    window.show()
    screens.workplace.show_connection(a_sending(alone=True, waiting=14), busy=False)
    qtbot.waitUntil(lambda: screens.workplace.minimumSizeHint().width() <= MINIMUM_WINDOW[0])

    assert screens.workplace.minimumSizeHint().height() <= MINIMUM_WINDOW[1]


def test_the_register_asks_for_pages_at_the_width_it_shows(
    screens: Screens, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(room.printing, "pictures", lambda pdf, width: (a_page(width),))
    screens.register.choose("d-44")

    with qtbot.waitSignal(screens.register.pages_read) as read:
        screens.register.open_slip(320)

    assert len(read.args[1]) == 1
    screens.register_view.preview.hide()


def test_who_locks_the_counter_leaves_no_token_signing_behind(screens: Screens) -> None:
    told: list[str] = []
    approval = SimpleNamespace(
        cancel=lambda: told.append("pin left"), stop=lambda: told.append("list stopped")
    )
    sign_file = SimpleNamespace(cancel=lambda: told.append("file left"))

    replace(screens, approval=approval, sign_file=sign_file).rest()  # type: ignore[arg-type]

    assert told == ["pin left", "list stopped", "file left"]


def test_f8_leads_from_what_waits_to_the_bundles_and_esc_back(screens: Screens, qtbot: QtBot) -> None:
    pages = screens.mailbox_pages
    screens.workplace.show_screen(screens.workplace.screens.indexOf(pages))
    pages.mailbox.bundles.click()
    assert pages.currentWidget() is pages.bundles
    qtbot.waitUntil(lambda: bool(pages.bundles.waiting.rows))
    pages.bundles.back.click()
    assert pages.currentWidget() is pages.mailbox
