"""Hangs each screen, in each interesting state, where people look at it. Asserts nothing.

`python tests/ui/gallery.py FOLDER` writes PNG files at the two sizes that offices have. Further words choose scenes, the
colours (`dark`) and the language (`english`).
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.clock import now
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.approval import Batch, Standing
from clerk_app.domain.certificate_expiry import entry_key_sentence, expiry_sentence
from clerk_app.domain.conflict import Conflict
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.dossier import Gone, GoneBy, Status
from clerk_app.domain.file_act import FileAct
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.own_work import Barred
from clerk_app.domain.register_filter import Due, RegisterFilter
from clerk_app.domain.retention import line_of
from clerk_app.domain.sending import FilesOnTheLine, WaitingFiles
from clerk_app.errors import CentralOffline, PinWrong, in_a_row
from clerk_app.language import ENGLISH, VIETNAMESE
from clerk_app.progress import Progress
from clerk_app.services.hand_over_bundle import BundleNotWritten
from clerk_app.services.offline_days import SignInFirst
from clerk_app.services.sign_in import SignInAway
from tests.ui.samples import (
    CARD,
    NOW,
    OFFICER,
    OTHER,
    UNIT,
    FakeOffice,
    a_day,
    a_document,
    a_sending,
    some_codes,
    some_outages,
    some_waiting,
)
from tests.ui.test_approval import ITEM, FakeRoom
from tests.ui.test_books import LEADERS, FakeBooks
from tests.ui.test_bundle import FakeBundles
from tests.ui.test_delegations import TODAY, FakeDelegations
from tests.ui.test_sign_file import FakeOffice as FakeFiles
from ui import theme
from ui.approval.delegations_model import DelegationsModel
from ui.approval.delegations_view import ApprovalPages, DelegationsView
from ui.approval.view import ApprovalView
from ui.approval.view_model import ApprovalViewModel
from ui.books.view import BooksView
from ui.books.view_model import BooksModel
from ui.bundle.view import BundleView
from ui.bundle.view_model import BundleViewModel
from ui.language import speak, told
from ui.mailbox.codes_view import CodesView
from ui.mailbox.codes_view_model import CodeCalls, CodesViewModel
from ui.mailbox.outages_view import OutagesView
from ui.mailbox.outages_view_model import OutageCalls, OutagesViewModel
from ui.mailbox.rounds import Rounds
from ui.mailbox.view import MailboxView
from ui.mailbox.view_model import MailboxViewModel
from ui.main_window import MainWindow
from ui.notices import in_words
from ui.reconcile.pages import DayPages
from ui.reconcile.view import ReconcileView
from ui.reconcile.view_model import ReconcileViewModel
from ui.register.view import RegisterView
from ui.register.view_model import RegisterViewModel
from ui.result.view import ResultView
from ui.result.view_model import ResultViewModel
from ui.signfile.view import SignFileView
from ui.signfile.view_model import SignFileViewModel
from ui.tasks import Task, Tasks
from ui.theme import Tone
from ui.unlock.sign_in_model import OpenBrowser, SignIn, SignInViewModel
from ui.unlock.view import UnlockView
from ui.unlock.view_model import UnlockViewModel
from ui.widgets.pin_dialog import PinDialog
from ui.workplace import Workplace

SIZES = ((1366, 768), (1920, 1080))


class Stage:
    """One window with a fake office behind it."""

    def __init__(self, office: FakeOffice) -> None:
        self.office = office
        self.tasks = Tasks()
        self.window = MainWindow()
        self.rounds = Rounds(office.round_calls(), self.tasks)
        self.register = RegisterViewModel(office.register_calls(), self.tasks)
        self.mailbox = MailboxViewModel(office.mailbox_calls(), self.rounds, self.tasks)
        self.result = ResultViewModel(office.result_calls(), self.tasks, NOW.date)
        self.place = Workplace(OFFICER, UNIT, lambda: NOW)
        self.register_view = RegisterView(self.register, lambda: NOW)
        self.mailbox_view = MailboxView(self.mailbox, lambda: NOW)
        self.result_view = ResultView(self.result, lambda: NOW)

    def furnish(self) -> None:
        self.place.add_screen("Tiếp nhận hồ sơ", "file-plus", "Ctrl+1", QWidget())
        self.place.add_screen("Sổ theo dõi hồ sơ", "book-open", "Ctrl+2", self.register_view)
        button = self.place.add_screen("Gửi, nhận dữ liệu", "arrow-left-right", "Ctrl+3", self.mailbox_view)
        self.place.add_screen("Trả kết quả", "inbox", "Ctrl+4", self.result_view)
        self.rounds.refresh()
        self.mailbox.refresh()
        self.register.refresh()
        settle()
        self.place.show_connection(self.rounds.sending, busy=False)
        button.set_count(self.office.sending.dossiers_waiting)
        self.window.put(self.place)


def settle() -> None:
    """Let the lanes finish and the window draw."""
    until = QDeadlineTimer(400)
    while not until.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def unlock(stage: Stage) -> None:
    model = UnlockViewModel((OFFICER, OTHER), lambda *_: None, stage.tasks)
    stage.window.put(UnlockView(model, UNIT.name, practice="luyen-tap-2026"))


def unlock_refused(stage: Stage) -> None:
    model = UnlockViewModel((OFFICER, OTHER), lambda *_: None, stage.tasks)
    view = UnlockView(model, UNIT.name)
    model.refuse(PinWrong())
    stage.window.put(view)


def _signing_in(stage: Stage, sign_in: SignIn) -> tuple[SignInViewModel, UnlockView]:
    model = UnlockViewModel((OFFICER, OTHER), lambda *_: None, stage.tasks)
    due = {OFFICER.id: now() + timedelta(days=1)}
    signing = SignInViewModel(sign_in, lambda: due, stage.tasks)
    signing._browse = lambda _: True  # type: ignore[method-assign]
    view = UnlockView(model, UNIT.name, "", signing)
    stage.window.put(view)
    settle()
    return signing, view


def unlock_due(stage: Stage) -> None:
    _signing_in(stage, lambda *_: None)


def unlock_waiting_for_the_browser(stage: Stage) -> None:
    def waits(_officer: str, _browser: OpenBrowser, progress: Progress) -> object:
        while True:
            progress.step(0, 1)
            time.sleep(0.05)

    signing, _ = _signing_in(stage, waits)
    signing.begin(OFFICER.id)


def unlock_signed_in(stage: Stage) -> None:
    signing, view = _signing_in(stage, lambda *_: "proof")
    signing.begin(OFFICER.id)
    settle()
    view.passphrase.setText("xxxxxxxx")


def unlock_sign_in_away(stage: Stage) -> None:
    def away(*_: object) -> object:
        raise SignInAway(address="https://dang-nhap.example")

    signing, _ = _signing_in(stage, away)
    signing.begin(OFFICER.id)


def unlock_after_the_days(stage: Stage) -> None:
    _, view = _signing_in(stage, lambda *_: None)
    view._model.refuse(SignInFirst(officer=OFFICER.name, when="23/11/2026 12:00"))


def what_ends_soon(stage: Stage) -> None:
    register_unsigned(stage)
    key = entry_key_sentence(OFFICER.name, NOW + timedelta(days=6), NOW)
    token = expiry_sentence(OFFICER.name, NOW + timedelta(days=6), NOW)
    stage.place.say(told(in_a_row(key, token)), Tone.WARN)


def register_unsigned(stage: Stage) -> None:
    stage.furnish()
    stage.place.show_screen(1)
    stage.register_view.setFocus()


def register_signed(stage: Stage) -> None:
    register_unsigned(stage)
    stage.register.choose("d-43")
    stage.place.say("Đã gửi giấy hẹn tới máy in, bản in lần 2.")


def register_sent_back(stage: Stage) -> None:
    slip = replace(a_document("d-43"), sent_back="Họ tên chủ hồ sơ sai dấu so với thẻ căn cước")
    stage.office.dossiers = tuple(
        replace(each, documents=(slip,)) if each.id == "d-43" else each for each in stage.office.dossiers
    )
    register_signed(stage)


def register_gone(stage: Stage) -> None:
    gone = {
        44: Gone(GoneBy.AGE),
        43: Gone(GoneBy.ORDER, "Quyết định 12/QĐ-UBND ngày 01/7/2026", "Chủ tịch UBND phường", NOW),
    }
    for number, why in gone.items():
        stage.office.dossiers = tuple(
            replace(line_of(replace(each, status=Status.RETURNED)), gone=why)
            if each.id == f"d-{number}"
            else each
            for each in stage.office.dossiers
        )
    register_unsigned(stage)
    stage.register.choose("d-43")


def register_brought(stage: Stage) -> None:
    old = next(each for each in stage.office.dossiers if each.id == "d-44")
    stage.office.old = {"d-44": replace(old, status=Status.RETURNED, documents=(a_document("d-44"),))}
    register_gone(stage)
    stage.register.choose("d-44")
    stage.register.bring()


def register_nothing_found(stage: Stage) -> None:
    stage.furnish()
    stage.place.show_screen(1)
    stage.place.header.search.setText("nguyễn văn không")
    stage.register.search("nguyễn văn không")


def register_filtered(stage: Stage) -> None:
    register_signed(stage)
    stage.register.filter(RegisterFilter(due=Due.OVERDUE, procedure="1.001193", unsent=True))


def register_papers(stage: Stage) -> None:
    """The end of the pane on the right: papers with their pages, what was done."""
    register_signed(stage)
    settle()
    bar = stage.register_view.detail.whole.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.register_view.detail.papers.papers.setFocus()


def register_page(stage: Stage) -> None:
    register_signed(stage)
    settle()
    stage.register_view.detail.papers.papers.opened.emit("to-khai")


def slip(stage: Stage) -> None:
    register_signed(stage)
    settle()
    stage.register_view.detail.slip.click()


def mailbox(stage: Stage) -> None:
    stage.furnish()
    stage.place.show_screen(2)


def mailbox_alone(stage: Stage) -> None:
    files = FilesOnTheLine(True, True, 48_000_000, 104_857_600, 3, 31_457_280)
    stage.office.sending = replace(a_sending(alone=True, waiting=14, parked=1), files=files)
    stage.office.waiting = some_waiting(parked=2)
    first = stage.office.waiting[2]
    more = (replace(first, entry="w-x", kind="slip_signed"), replace(first, entry="w-y", kind="print_ended"))
    odd = replace(stage.office.waiting[0], entry="odd", parked=False, flagged=True, kind="received")
    odd = replace(odd, reason="Giờ ghi trên việc này sau giờ của máy chủ.", next_step="Mở hồ sơ xem lại.")
    stage.office.waiting = (*stage.office.waiting, *more, odd)
    stage.office.files = (WaitingFiles("d-0", first.code, first.person, 2, 1_400_000),)
    stage.furnish()
    stage.place.show_screen(2)
    stage.mailbox_view.parked.setFocus()


def mailbox_conflict(stage: Stage) -> None:
    """Two corrections apart in three groups, one side picked."""
    stage.office.waiting = some_waiting(parked=1)
    first = stage.office.waiting[0]
    more = (
        Conflict("applicant", "owner_phone", "0912 345 678", "0912 345 679", ""),
        Conflict("applicant", "submitter_name", "", "Huỳnh Tấn Phước", "Nguyễn Phước Hải Đăng"),
        Conflict("authorisation", "number", "", "12/UQ", "12A/UQ"),
        Conflict("return_channel", "detail", "", "12 Lê Lợi, phường Hà Đông", "Điểm hẹn số 2, thôn Đông"),
    )
    groups = ("applicant", "authorisation", "return_channel")
    first = replace(first, conflicts=(*first.conflicts, *more), to_choose=groups)
    stage.office.waiting = (first, *stage.office.waiting[1:])
    stage.furnish()
    stage.place.show_screen(2)
    settle()
    stage.mailbox_view.panel.conflicts.sides["applicant"].button(1).click()
    stage.mailbox_view.panel.conflicts.go_to_unpicked()


def codes_waiting(stage: Stage) -> None:
    """Three received while the line was down; one has its code and no paper yet."""
    calls = CodeCalls(some_codes, lambda: (CARD,), lambda *_: Batch(), lambda _: 1)
    model = CodesViewModel(calls, stage.tasks, OFFICER.name)
    stage.mailbox_view = CodesView(model, lambda: NOW)  # type: ignore[assignment]
    stage.furnish()
    stage.place.show_screen(2)
    model.refresh()
    settle()


def mailbox_busy(stage: Stage) -> None:
    mailbox_alone(stage)
    stage.rounds.send_now()
    settle()
    stage.rounds._running = Task(stage.rounds, Progress())
    stage.rounds._on_step(3, 12, "Đang gửi tệp")


def bundles(stage: Stage) -> None:
    """What may go by hand and what is out, after one was taken in."""
    model = BundleViewModel(FakeBundles().calls(), stage.tasks)
    stage.office.sending = a_sending(alone=True, waiting=14)
    stage.furnish()
    view = BundleView(model, lambda: NOW)
    stage.place.add_screen("Gửi, nhận dữ liệu", "arrow-left-right", "Ctrl+0", view)
    stage.place.show_screen(4)
    view.begin()
    settle()
    model.take_in("/media/usb/goi.goi")
    settle()
    view.waiting.setFocus()


def bundles_failed(stage: Stage) -> None:
    """The stick was pulled while a bundle was written."""
    bundles(stage)
    model = stage.place.screens.widget(4)._model
    model.told, model.notice = (
        None,
        BundleNotWritten(
            count=4,
            receiver="Quầy 5",
            why="Không ghi hoặc đọc được ở /media/usb.",
            then="Cắm lại USB hoặc nối lại thư mục mạng rồi làm lại.",
        ),
    )
    model.changed.emit()


def approval_alone(stage: Stage) -> None:
    """A leader upstairs without central: one slip may be signed, others lie elsewhere."""
    room = FakeRoom()
    view = ApprovalView(
        ApprovalViewModel(room.calls(), stage.tasks, OFFICER.name), SignatureField.LEADER, lambda: NOW
    )
    stage.office.sending = a_sending(alone=True, waiting=14)
    stage.furnish()
    stage.place.add_screen("Ký duyệt", "pen-line", "Ctrl+5", view)
    stage.place.show_screen(4)
    view._model.refresh()
    view._model.hear(alone=True)


def approval(stage: Stage) -> None:
    """A leader's list: one that has to be opened, one of their own, one that is free elsewhere."""
    _approving(stage)


def _approving(stage: Stage) -> ApprovalPages:
    room = FakeRoom()
    late = replace(ITEM, standings=(Standing.LATE, Standing.SAMPLE), shown=replace(ITEM.shown, id="doc-4"))
    own = replace(ITEM, barred=Barred.OWN_WORK, shown=replace(ITEM.shown, id="doc-5"))
    dossier = replace(own, barred=Barred.OWN_DOSSIER, shown=replace(ITEM.shown, id="doc-6"))
    room.items = (ITEM, late, own, dossier)
    model = ApprovalViewModel(room.calls(), stage.tasks, OFFICER.name)
    view = ApprovalView(model, SignatureField.LEADER, lambda: NOW, delegates=True)
    delegations = DelegationsView(DelegationsModel(FakeDelegations().calls(), stage.tasks, lambda: TODAY))
    pages = ApprovalPages(view, delegations)
    stage.furnish()
    stage.place.add_screen("Ký duyệt", "pen-line", "Ctrl+5", pages)
    stage.place.show_screen(4)
    model.refresh()
    settle()
    view.list.setFocus()
    return pages


def delegations(stage: Stage) -> None:
    """Who approves for a leader, now and before; another is written without its ground."""
    pages = _approving(stage)
    pages.approval.delegations.click()
    settle()
    pages.delegations.add.click()


def sign_file(stage: Stage) -> None:
    """A file lies open; its sign stands where the act puts it."""
    files = FakeFiles(acts=tuple(FileAct))
    view = SignFileView(SignFileViewModel(files.calls(), stage.tasks, OFFICER.name))
    stage.furnish()
    stage.place.add_screen("Ký tệp", "file-text", "Ctrl+7", view)
    stage.place.show_screen(4)
    view._model.open("/a/Công văn về việc rà soát thủ tục hành chính.pdf")
    settle()
    view.page.setFocus()


def mailbox_held(stage: Stage) -> None:
    stage.office.sending = replace(a_sending(waiting=5, parked=1), held=15)
    stage.office.waiting = tuple(replace(each, held=True) for each in some_waiting(5, 1))
    mailbox(stage)


def outages(stage: Stage) -> None:
    model = OutagesViewModel(OutageCalls(some_outages, lambda _: None), stage.tasks)
    stage.furnish()
    view = OutagesView(model, lambda: NOW)
    stage.place.add_screen("Gửi, nhận dữ liệu", "arrow-left-right", "Ctrl+0", view)
    stage.place.show_screen(4)
    view.begin()
    settle()
    view.findings.setFocus()


def reconcile(stage: Stage) -> None:
    model = ReconcileViewModel(lambda *_: a_day(), stage.tasks, NOW.date)
    stage.furnish()
    view = ReconcileView(model)
    stage.place.add_screen("Đối chiếu cuối ngày", "list-checks", "Ctrl+0", view)
    stage.place.show_screen(4)
    model.look()
    settle()
    view.findings.setFocus()


def reconcile_alone(stage: Stage) -> None:
    reconcile(stage)
    view = stage.place.screens.currentWidget()
    assert isinstance(view, ReconcileView)
    view._model._on_found(replace(a_day(), asked_at=None, not_asked=CentralOffline()))


def _books(stage: Stage, room: FakeBooks) -> BooksView:
    stage.furnish()
    day = ReconcileView(ReconcileViewModel(lambda *_: a_day(), stage.tasks, NOW.date))
    pages = DayPages(day, BooksView(BooksModel(room.calls(), stage.tasks, NOW.date), lambda: NOW))
    stage.place.add_screen("Đối chiếu cuối ngày", "list-checks", "Ctrl+0", pages)
    stage.place.show_screen(4)
    day.to_books.click()
    settle()
    pages.books.books.setFocus()
    return pages.books


def books(stage: Stage) -> None:
    _books(stage, FakeBooks())


def books_handed_over(stage: Stage) -> None:
    view = _books(stage, FakeBooks())
    view.reason.setText("đổi ca")
    view.hand_over.click()
    settle()
    view.numbers.setFocus()


def books_of_another(stage: Stage) -> None:
    view = _books(stage, FakeBooks(acts=LEADERS))
    view._model.choose("b-2")


def books_not_whole(stage: Stage) -> None:
    view = _books(stage, FakeBooks())
    view._model.choose("b-3")


def books_none(stage: Stage) -> None:
    _books(stage, FakeBooks(pages=()))


def pin(stage: Stage) -> None:
    dialog = _pin_dialog(stage)
    dialog.ask(replace(CARD, practice_pin="246810"), "Ký giấy hẹn H26.99.01-261123-0046")


def pin_wrong(stage: Stage) -> None:
    dialog = _pin_dialog(stage)
    dialog.ask(replace(CARD, tries_low=True), "Ký giấy hẹn H26.99.01-261123-0046", in_words(PinWrong()))


def pin_last(stage: Stage) -> None:
    dialog = _pin_dialog(stage)
    dialog.ask(replace(CARD, final_try=True), "Ký giấy hẹn H26.99.01-261123-0046")


def crash(stage: Stage) -> None:
    register_unsigned(stage)
    stage.window.show_crash(
        "builtins.ZeroDivisionError\nPython 3.11.7 · Qt 6.11.3\n  ui/register/view.py:42 _render"
    )


def _pin_dialog(stage: Stage) -> PinDialog:
    register_unsigned(stage)
    return PinDialog(stage.window, lambda: NOW)


def register_answered(stage: Stage) -> None:
    made = list(stage.office.dossiers)
    papers = {Status.SUPPLEMENT_ASKED: DocumentKind.SUPPLEMENT, Status.REFUSED: DocumentKind.REFUSAL}
    for place, (status, kind) in enumerate(papers.items()):
        paper = replace(
            made[place].documents[0] if made[place].documents else made[1].documents[0], kind=kind
        )
        code = f"{'PBS' if place == 0 else 'PTC'}-H26.99.01-Q3-261123-0001"
        made[place] = replace(made[place], code=code, due_at=None, status=status, documents=(paper,))
    handed = Handover(receiver=made[2].applicant.owner.name, lost_slip=True, at=NOW, by=OFFICER.name)
    made[2] = replace(made[2], status=Status.RETURNED, handed=handed)
    stage.office.dossiers = tuple(made)
    register_unsigned(stage)
    stage.register.choose(made[2].id)


def result_empty(stage: Stage) -> None:
    stage.furnish()
    stage.place.show_screen(3)
    stage.result_view.setFocus()


def result_found(stage: Stage) -> None:
    result_empty(stage)
    stage.result_view.line.setText("tran van")
    stage.result.look("trần văn")


def result_other(stage: Stage) -> None:
    result_found(stage)
    settle()
    stage.result.go("0043")
    settle()
    stage.result_view.handover.who.setFocus()
    stage.result_view.handover.who.choose(Receiver.OTHER.value)
    stage.result_view.handover.confirm.click()
    stage.result_view.handover.name.setFocus()


def result_submitter(stage: Stage) -> None:
    brought = Applicant(
        Person(name="Trần Thị Bé Thử"),
        Person(name="Huỳnh Tấn Phước", id_number="001079009900", phone="0912 345 678"),
    )
    stage.office.dossiers = (replace(stage.office.dossiers[2], applicant=brought),)
    result_empty(stage)
    stage.result.go("0044")


def result_done(stage: Stage) -> None:
    result_submitter(stage)
    settle()
    stage.result.confirm()


SCENES: tuple[Callable[[Stage], None], ...] = (
    unlock,
    unlock_refused,
    unlock_due,
    unlock_waiting_for_the_browser,
    unlock_signed_in,
    unlock_sign_in_away,
    unlock_after_the_days,
    what_ends_soon,
    register_unsigned,
    register_signed,
    register_filtered,
    register_papers,
    register_sent_back,
    register_gone,
    register_brought,
    register_page,
    register_nothing_found,
    slip,
    mailbox,
    mailbox_alone,
    mailbox_conflict,
    codes_waiting,
    mailbox_busy,
    mailbox_held,
    outages,
    bundles,
    bundles_failed,
    approval,
    approval_alone,
    delegations,
    sign_file,
    reconcile,
    reconcile_alone,
    books,
    books_handed_over,
    books_of_another,
    books_not_whole,
    books_none,
    pin,
    pin_wrong,
    pin_last,
    crash,
    register_answered,
    result_empty,
    result_found,
    result_other,
    result_submitter,
    result_done,
)


def pictures(scene: Callable[[Stage], None], size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Play a scene and yield the windows that stand on the screen, by name."""
    stage = Stage(FakeOffice())
    stage.window.resize(*size)
    stage.window.show()
    stage.window.activateWindow()
    scene(stage)
    settle()
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and (widget is stage.window or widget.isModal()):
            part = "" if widget is stage.window else "-dialog"
            yield f"{scene.__name__}-{size[0]}{part}", widget
    for widget in QApplication.topLevelWidgets():
        widget.hide()
    stage.tasks.finish()


def main(folder: Path, wanted: list[str]) -> None:
    """Write the pictures; `wanted` names scenes, none means all."""
    app = QApplication([])
    theme.apply(app, theme.DARK if "dark" in wanted else theme.LIGHT)
    _spoken = speak(app, ENGLISH if "english" in wanted else VIETNAMESE)
    app.setCursorFlashTime(0)
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in wanted if name not in ("dark", "english")]
    for scene in SCENES:
        for size in SIZES:
            if not names or scene.__name__ in names:
                for name, widget in pictures(scene, size):
                    widget.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
