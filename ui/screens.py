"""The workplace of one officer: its screens, and what they may ask of the desk."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clerk_app.domain.access import Access
from clerk_app.domain.document import shown
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.history import Unfinished
from clerk_app.domain.kinds import Kind
from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.furniture import Desk
from clerk_app.papers.signature_reader import read_signed_file
from clerk_app.progress import Progress
from clerk_app.services.print_slip import Printer
from clerk_app.services.roles import may
from clerk_app.services.signature_report import save_report
from clerk_app.services.signing_room import SigningRoom
from ui import local_time, printing
from ui.approval.calls import ApprovalCalls, Seen
from ui.approval.delegations_model import DelegationCalls, DelegationsModel
from ui.approval.delegations_view import ApprovalPages, DelegationsView
from ui.approval.view import ApprovalView
from ui.approval.view_model import ApprovalViewModel
from ui.books.view import BooksView
from ui.books.view_model import BookCalls, BooksModel
from ui.bundle.calls import BundleCalls
from ui.bundle.view import BundleView
from ui.bundle.view_model import BundleViewModel
from ui.connections import connect
from ui.health.pages import HealthPages
from ui.health.token_view import TokenView
from ui.health.token_view_model import TokenCalls, TokenViewModel
from ui.health.view import HealthView
from ui.health.view_model import HealthViewModel
from ui.intake.calls import IntakeCalls
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel
from ui.language import told
from ui.mailbox.calls import MailboxCalls
from ui.mailbox.codes_view import CodesView
from ui.mailbox.codes_view_model import CodeCalls, CodesViewModel
from ui.mailbox.outages_view import OutagesView
from ui.mailbox.outages_view_model import OutageCalls, OutagesViewModel
from ui.mailbox.pages import MailboxPages
from ui.mailbox.rounds import RoundCalls, Rounds
from ui.mailbox.view import MailboxView
from ui.mailbox.view_model import MailboxViewModel
from ui.proving import Proving
from ui.rail import hang
from ui.reconcile.pages import DayPages
from ui.reconcile.view import ReconcileView
from ui.reconcile.view_model import ReconcileViewModel
from ui.register.calls import RegisterCalls
from ui.register.view import RegisterView
from ui.register.view_model import RegisterViewModel
from ui.result.calls import ResultCalls
from ui.result.view import ResultView
from ui.result.view_model import ResultViewModel
from ui.settings.pictures_model import PictureCalls, PicturesModel
from ui.settings.view import SettingsView
from ui.settings.view_model import SettingsCalls, SettingsViewModel
from ui.signfile.calls import SignFileCalls
from ui.signfile.view import SignFileView
from ui.signfile.view_model import SignFileViewModel
from ui.tasks import Lane, Tasks
from ui.theme import Tone
from ui.upkeep import Upkeeping
from ui.verify.calls import VerifyCalls
from ui.verify.view import VerifyView
from ui.verify.view_model import VerifyViewModel
from ui.workplace import Workplace

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Screens:
    """Everything on the workplace, for whoever holds it."""

    workplace: Workplace
    intake: IntakeViewModel
    intake_view: IntakeView
    register: RegisterViewModel
    register_view: RegisterView
    mailbox: MailboxViewModel
    mailbox_view: MailboxView
    mailbox_pages: MailboxPages
    outages: OutagesViewModel
    bundles: BundleViewModel
    codes: CodesViewModel
    reconcile: ReconcileViewModel
    day_pages: DayPages
    result: ResultViewModel
    result_view: ResultView
    approval: ApprovalViewModel | None  # for a leader and for who holds the seal
    approval_view: ApprovalView | None
    delegations: DelegationsModel | None  # for a leader
    approval_pages: QWidget | None  # the view, for a leader with the page of delegations beside it
    sign_file: SignFileViewModel | None  # for who signs more than slips
    sign_file_view: SignFileView | None
    verify: VerifyViewModel
    verify_view: VerifyView
    health: HealthViewModel
    health_view: HealthView
    health_pages: HealthPages
    tokens: TokenViewModel
    settings: SettingsViewModel
    pictures: PicturesModel
    settings_view: SettingsView
    rounds: Rounds
    upkeep: Upkeeping
    proving: Proving
    cut_prints: Callable[[], tuple[Dossier, ...]]  # whose slip began to print, and nobody knows how it ended
    warm_reader: Callable[[], None]  # so that the first file does not wait
    warn_expiry: Callable[[], str]  # about the officer's own certificate, once a day
    tasks: Tasks

    def begin(self) -> None:
        """Start the day: drafts, the list, the rounds; and ask about papers that a stop cut off."""
        has = self.workplace.has
        if has(self.intake_view):
            self.intake.start()
            self.tasks.start(Lane.PICTURE, lambda _: self.warm_reader())
        if has(self.register_view):
            self.register.refresh()
            reading = self.tasks.start(Lane.READING, lambda _: self.cut_prints())
            reading.succeeded.connect(self._ask_about_prints)
        if self.approval is not None:
            self.approval.refresh()
        self.rounds.start()
        self.upkeep.start()
        self.proving.start()
        self.tasks.start(Lane.CHECKS, lambda _: self.warn_expiry()).succeeded.connect(self._tell_expiry)

    def _ask_about_prints(self, cut: tuple[Dossier, ...]) -> None:
        """Open the first of them in the register, where the question stands."""
        if not cut:
            return
        words = translate("Screens", "Giấy của {code} đang in dở khi chương trình dừng: giấy đã ra chưa?")
        self.workplace.header.search.setText(cut[0].code)
        self.workplace.open(self.register_view)
        self.workplace.say(words.format(code=cut[0].code))

    def rest(self) -> None:
        """The officer leaves for a while: what was typed is saved, and no token signs on behind their back."""
        self.intake.save()
        if self.approval is not None:
            self.approval.cancel()
            self.approval.stop()
        if self.sign_file is not None:
            self.sign_file.cancel()

    def _tell_expiry(self, warning: str) -> None:
        if warning:
            self.workplace.say(told(warning), Tone.WARN)

    def stop(self) -> None:
        """Save what was typed and begin nothing more."""
        self.rest()
        self.intake.scans.unwatch()
        self.rounds.stop()
        self.upkeep.stop()
        self.proving.stop()
        self.verify.cancel()


def furnish(desk: Desk, tasks: Tasks, printer: Printer, every: float) -> Screens:
    """Build the workplace on an open desk; `every`: seconds between two rounds with central."""
    print_slip = partial(_print, desk, printer)
    rounds = Rounds(RoundCalls(desk.exchange, desk.sending, desk.standing), tasks, every)
    intake = IntakeViewModel(_intake_calls(desk, print_slip), tasks)
    register = RegisterViewModel(_register_calls(desk, print_slip), tasks)
    result = ResultViewModel(_result_calls(desk), tasks, _today)
    signing = _signing(desk, tasks)
    acts = desk.sign_file.acts
    sign_file = SignFileViewModel(_sign_file_calls(desk), tasks, desk.officer.name) if acts else None
    verify = VerifyViewModel(_verify_calls(desk), tasks)
    health = HealthViewModel(desk.diagnose, tasks)
    health_view = HealthView(health)
    tokens = TokenViewModel(_token_calls(desk), tasks)
    settings = SettingsViewModel(_settings_calls(desk), tasks)
    pictures = PicturesModel(_picture_calls(desk), tasks)
    exchange = _exchange(desk, tasks, rounds, print_slip)
    reconcile = ReconcileViewModel(desk.reconcile_day, tasks, _today)
    screens = Screens(
        workplace=Workplace(desk.officer, desk.unit),
        intake=intake,
        intake_view=IntakeView(intake),
        register=register,
        register_view=RegisterView(register),
        mailbox=exchange.mailbox,
        mailbox_view=exchange.view,
        mailbox_pages=exchange.pages,
        outages=exchange.outages,
        bundles=exchange.bundles,
        codes=exchange.codes,
        reconcile=reconcile,
        day_pages=DayPages(ReconcileView(reconcile), BooksView(BooksModel(_book_calls(desk), tasks, _today))),
        result=result,
        result_view=ResultView(result),
        approval=signing.approval,
        approval_view=signing.view,
        delegations=signing.delegations,
        approval_pages=signing.pages,
        sign_file=sign_file,
        sign_file_view=SignFileView(sign_file) if sign_file else None,
        verify=verify,
        verify_view=VerifyView(verify),
        health=health,
        health_view=health_view,
        health_pages=HealthPages(health_view, TokenView(tokens)),
        tokens=tokens,
        settings=settings,
        pictures=pictures,
        settings_view=SettingsView(settings, pictures),
        rounds=rounds,
        upkeep=Upkeeping(desk.upkeep, tasks),
        proving=Proving(desk.prove_waiting, tasks),
        cut_prints=partial(_cut_prints, desk),
        warm_reader=desk.warm_reader,
        warn_expiry=desk.warn_expiry,
        tasks=tasks,
    )
    hang(screens, desk.officer)
    connect(screens)
    return screens


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What waits to be sent, with its pages."""

    mailbox: MailboxViewModel
    view: MailboxView
    outages: OutagesViewModel
    bundles: BundleViewModel
    codes: CodesViewModel
    pages: MailboxPages


def _exchange(desk: Desk, tasks: Tasks, rounds: Rounds, print_slip: "partial[int]") -> _Exchange:
    mailbox = MailboxViewModel(_mailbox_calls(desk), rounds, tasks)
    outages = OutagesViewModel(OutageCalls(desk.outages, desk.outage_sheet.save), tasks)
    bundles = BundleViewModel(_bundle_calls(desk), tasks)
    codes = CodesViewModel(_code_calls(desk, print_slip), tasks, desk.officer.name)
    view = MailboxView(mailbox)
    pages = MailboxPages(view, OutagesView(outages), BundleView(bundles), CodesView(codes))
    return _Exchange(mailbox, view, outages, bundles, codes, pages)


@dataclass(frozen=True, slots=True)
class _Signing:
    """The list to sign with what belongs to it, as far as who sits here has any."""

    approval: ApprovalViewModel | None = None
    view: ApprovalView | None = None
    delegations: DelegationsModel | None = None
    pages: QWidget | None = None


def _signing(desk: Desk, tasks: Tasks) -> _Signing:
    room = desk.signing_room
    if room is None:
        return _Signing()
    delegates = may(desk.officer, Kind.DELEGATED)
    approval = ApprovalViewModel(_approval_calls(desk, room), tasks, desk.officer.name)
    view = ApprovalView(approval, room.field, delegates=delegates)
    if not delegates:
        return _Signing(approval, view, pages=view)
    delegations = DelegationsModel(_delegation_calls(desk), tasks, _today)
    return _Signing(approval, view, delegations, ApprovalPages(view, DelegationsView(delegations)))


def _cut_prints(desk: Desk) -> tuple[Dossier, ...]:
    return tuple(desk.dossier(document.dossier) for document in desk.unfinished().prints)


def _print(desk: Desk, printer: Printer, document: str) -> int:
    return desk.print_slip(document, printer)


def _intake_calls(desk: Desk, print_slip: partial[int]) -> IntakeCalls:
    officer, bound = desk.officer, ("print_slip", "unfinished", "may_sign")
    own = {field.name: getattr(desk, field.name) for field in fields(IntakeCalls) if field.name not in bound}
    unfinished = desk.unfinished if may(officer, Access.DOSSIERS) else lambda: Unfinished((), ())
    signs = may(officer, Kind.SLIP_SIGNED)
    return IntakeCalls(print_slip=print_slip, unfinished=unfinished, may_sign=signs, **own)


def _register_calls(desk: Desk, print_slip: partial[int]) -> RegisterCalls:
    return RegisterCalls(
        find=desk.seek_dossiers,
        count=desk.count_dossiers,
        choices=desk.register_choices,
        history=desk.history,
        find_procedures=desk.find_procedures,
        page_picture=desk.page_picture,
        slip_pages=lambda document, width: printing.pictures(desk.slip_pdf(document), width),
        print_slip=print_slip,
        retired=desk.retired,
        retired_pages=lambda sha256, width: printing.pictures(desk.retired.pdf(sha256), width),
        resubmit=desk.resubmit,
        settle_print=desk.settle_print,
        acts=_acts_of(desk),
    )


def _mailbox_calls(desk: Desk) -> MailboxCalls:
    acts = _acts_of(desk)
    sees = may(desk.officer, Access.DOSSIERS)
    waiting = (desk.waiting, desk.waiting_files) if sees else (tuple, tuple)
    return MailboxCalls(*waiting, desk.settle_waiting, desk.dossier, desk.pause_files, acts)


def _acts_of(desk: Desk) -> frozenset[Kind]:
    return frozenset(kind for kind in Kind if may(desk.officer, kind))


def _bundle_calls(desk: Desk) -> BundleCalls:
    return BundleCalls(**{field.name: getattr(desk.bundles, field.name) for field in fields(BundleCalls)})


def _code_calls(desk: Desk, print_slip: partial[int]) -> CodeCalls:
    return CodeCalls(desk.give_codes.waiting, desk.token_cards, desk.give_codes, print_slip)


def _result_calls(desk: Desk) -> ResultCalls:
    return ResultCalls(desk.find_dossiers, desk.dossier, desk.originals_kept, desk.return_result)


def _book_calls(desk: Desk) -> BookCalls:
    room = desk.books
    acts = (room.open, room.hand_over, room.take_over, room.void)
    return BookCalls(desk.show_books, room.counters, *acts, _acts_of(desk), room.usual)


def _approval_calls(desk: Desk, room: SigningRoom) -> ApprovalCalls:
    def look(document: str, width: int) -> Seen:
        pdf = desk.slip_pdf(document)
        return shown(document, pdf), printing.pictures(pdf, width)

    return ApprovalCalls(
        list=room.list,
        look=look,
        cards=room.cards,
        sign=room.sign,
        elsewhere=room.turns.elsewhere,
        take=room.turns,
        send_back=room.send_back,
    )


def _delegation_calls(desk: Desk) -> DelegationCalls:
    return DelegationCalls(desk.delegations, desk.delegate.candidates, desk.delegate, desk.delegate.end)


def _token_calls(desk: Desk) -> TokenCalls:
    return TokenCalls(desk.tokens.examine, desk.tokens.find, desk.tokens.choose, desk.tokens.export)


def _settings_calls(desk: Desk) -> SettingsCalls:
    return SettingsCalls(desk.settings, desk.list_scanners, printing.list_printers)


def _picture_calls(desk: Desk) -> PictureCalls:
    kept = desk.pictures
    return PictureCalls(kept, kept.keep_file, kept.drop, kept.preview)


def _sign_file_calls(desk: Desk) -> SignFileCalls:
    one = desk.sign_file
    return SignFileCalls(
        acts=one.acts,
        look=one.look,
        picture=one.picture,
        place=one.place,
        size=one.sign_size,
        check=one.check,
        cards=one.cards,
        sign=one,
    )


def _verify_calls(desk: Desk) -> VerifyCalls:
    def judge(pdf: bytes, progress: Progress) -> DocumentVerdict:
        return desk.verify_document(pdf, None, progress)

    return VerifyCalls(read_signed_file, judge, desk.slip_pdf, save_report)


def _today() -> date:
    return local_time.local(datetime.now(UTC)).date()
