"""The desk: everything a clerk can do here, wired once.

This is the only module that knows which real thing stands behind each name.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from clerk_app import catalogue
from clerk_app.domain.country import read_countries
from clerk_app.domain.identity import read_identity
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.furniture import DOORS, Acts, Desk, Intake, Records
from clerk_app.papers.reader import PaperReader
from clerk_app.papers.sane import SaneScanner
from clerk_app.papers.watched_folder import WatchedFolder
from clerk_app.progress import Progress
from clerk_app.scanner_settings import ScanFolder
from clerk_app.services.admit import Admit, Standing
from clerk_app.services.approve_documents import ApproveDocuments
from clerk_app.services.ask_for_supplement import AskForSupplement
from clerk_app.services.bundles import bundles
from clerk_app.services.change_settings import ChangeSettings
from clerk_app.services.counter import Counter
from clerk_app.services.delegate import Delegate
from clerk_app.services.drop_draft import DropDraft
from clerk_app.services.find_cards import CardInPicture, CardsOnPaper
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers, ListChoices, SeekDossiers
from clerk_app.services.find_procedures import FindProcedures, WorkOutDeadline
from clerk_app.services.find_twins import FindTwins
from clerk_app.services.hand_over_draft import HandOverDraft
from clerk_app.services.issue_slip import IssueSlip
from clerk_app.services.known_revocations import KnownRevocations
from clerk_app.services.law import Law
from clerk_app.services.legal_time import LegalTime
from clerk_app.services.list_drafts import ListDrafts
from clerk_app.services.list_unfinished import ListUnfinished
from clerk_app.services.list_waiting import ListWaiting, ListWaitingFiles
from clerk_app.services.lock_out import LockOut
from clerk_app.services.numbering import Numbering
from clerk_app.services.outage_sheet import OutageSheet
from clerk_app.services.page_picture import PagePicture
from clerk_app.services.print_slip import PrintSlip, SettlePrint
from clerk_app.services.prove_waiting import ProveWaiting, authority_of
from clerk_app.services.quick_stamper import quick_stamper
from clerk_app.services.refuse_dossier import RefuseDossier
from clerk_app.services.reissue_slip import ReissueSlip
from clerk_app.services.retention import Retention
from clerk_app.services.return_result import OriginalsKept, ReturnAtOnce
from clerk_app.services.roles import behind_a_door
from clerk_app.services.safekeeping import Safekeeping
from clerk_app.services.scan_papers import ScanPapers, scanners
from clerk_app.services.scan_stacks import ScanStacks
from clerk_app.services.send_back import Resubmit
from clerk_app.services.settle_conflict import SettleConflict
from clerk_app.services.settle_waiting import SettleWaiting
from clerk_app.services.show_books import ShowBooks
from clerk_app.services.show_dossier import ShowDossier, ShowHistory
from clerk_app.services.show_retired import ShowRetired
from clerk_app.services.sign_pictures import SignPictures
from clerk_app.services.signing_room import signing_room
from clerk_app.services.slip_for_pen import SlipForPen
from clerk_app.services.slip_pdf import SlipPdf
from clerk_app.services.start_draft import StartDraft
from clerk_app.services.take_arrivals import TakeArrivals
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_care import TokenCare
from clerk_app.services.token_rack import TokenRack
from clerk_app.services.unlock import Unlocked
from clerk_app.services.upkeep import Upkeep
from clerk_app.services.verify_document import VerifyDocument
from clerk_app.services.warn_expiry import WarnExpiry
from clerk_app.services.whom_we_trust import KeptTrustList, WhomWeTrust
from clerk_app.settings import Settings, clear_unfinished, read_enrolment
from clerk_app.store.archive import open_archive
from clerk_app.store.entry_rules import entry_rules
from clerk_app.store.key_slots import derived
from clerk_app.store.projection import Projection
from signing.token_client import TokenProcess
from sync.clock import SystemClock, TimeSource
from sync.files import FileStore
from sync.journal import open_journal, references


@contextmanager
def open_desk(
    settings: Settings,
    unlocked: Unlocked,
    source: TimeSource | None = None,
    progress: Progress | None = None,
) -> Iterator[Desk]:
    """Open the counter's files for one officer, and close them at the end.

    `progress` is told of the archive while that is built anew.
    Raises `JournalHeld` while another process holds the files, `JournalDamaged`, `WrongKey` and the like; for an officer
    who may not work here now `OfficerRevoked`, `SignInFirst` or `ClockPutBack`.
    """
    clear_unfinished(settings.folder, datetime.now(UTC) - timedelta(days=1))
    enrolment = read_enrolment(settings.folder)
    keeping = Safekeeping(settings, enrolment, unlocked.data_key)
    device, place = keeping.device, keeping.place
    clock = source or SystemClock()
    with ExitStack() as open_things:
        journal = open_things.enter_context(
            open_journal(place.folder, place.key, place.unit, device, clock, keeping.safety)
        )
        archive = open_things.enter_context(
            open_archive(settings.folder, derived(unlocked.data_key, "archive"))
        )
        tokens, reader = _token_processes(settings, open_things), PaperReader()
        open_things.callback(reader.close)
        files = FileStore(settings.folder / "files", derived(unlocked.data_key, "files"), keeping.ballast)
        now = LegalTime(journal, clock)
        unlocked = Admit(journal, now)(unlocked)
        whom = WhomWeTrust(settings.trust_folder, KeptTrustList(journal, files))
        revocations = KnownRevocations(settings.folder, whom.trust(), now)
        projection = Projection(archive, journal, entry_rules())
        retention = Retention(journal, files, projection, keeping, now)
        authority = authority_of(settings, whom.trust, now)
        counter = Counter(
            settings=settings,
            enrolment=enrolment,
            device=device,
            journal=journal,
            archive=archive,
            files=files,
            pictures=FileStore(settings.folder / "pictures", derived(unlocked.data_key, "pictures")),
            projection=projection,
            rack=TokenRack(tokens, revocations.since, revocations.look),
            revocations=revocations,
            reader=reader,
            watched=_watched(settings.scan_folder),
            whom=whom,
            law=Law(journal, files),
            numbering=Numbering(settings.unit),
            now=now,
            upkeep=Upkeep(journal, files, keeping, retention, now),
            proving=ProveWaiting(journal, archive, files, projection, device, settings.proof, authority, now),
            stamper=quick_stamper(settings, whom.trust()),
        )
        counter.projection.catch_up(progress)
        open_things.callback(_sweep, counter)
        open_things.callback(counter.upkeep.second_place)
        open_things.callback(retention.close)
        yield _desk(counter, unlocked)


def _token_processes(settings: Settings, open_things: ExitStack) -> tuple[TokenProcess, ...]:
    tokens = tuple(TokenProcess(each.path, each.environment) for each in settings.tokens)
    for token in tokens:
        open_things.callback(token.close)
    return tokens


def _desk(counter: Counter, unlocked: Unlocked) -> Desk:
    """Put the furniture in its places for one officer, each piece behind its door."""
    signs_now = counter.permit(unlocked.officer).may(Kind.SLIP_APPROVED)
    desk = Desk(
        **vars(_intake(counter, unlocked.officer)),
        **vars(_acts(counter, unlocked)),
        **vars(_records(counter, unlocked)),
        officer=unlocked.officer,
        unit=counter.settings.unit,
        verify_document=VerifyDocument(counter.settings.trust_folder, counter.whom.kept),
        whom_we_trust=counter.whom,
        verify_journal=counter.verify_journal,
        diagnose=counter.diagnose,
        upkeep=counter.upkeep,
        prove_waiting=counter.proving,
        take_back=counter.take_back,
        give_back_turn=counter.give_back_turn,
        bundles=bundles(counter, unlocked),
        redact_dossier=counter.redact_dossier(unlocked),
        settings=ChangeSettings(counter.settings.folder),
        lock_out=LockOut(counter.settings.folder, unlocked.officer),
        tokens=TokenCare(counter.settings.folder),
        sign_file=counter.sign_file(unlocked),
        pictures=SignPictures(counter.settings.folder, counter.pictures, counter.reader, counter.now),
        list_scanners=SaneScanner("", counter.settings.scanner.environment).list,
        admit=Admit(counter.journal, counter.now),
        standing=counter.standing(unlocked),
        up_to_date=partial(_is_up_to_date, counter, unlocked, signs_now),
        switch=partial(_switch, counter),
    )
    officer = unlocked.officer
    shut = {name: needs for name, needs in DOORS.items() if needs}
    doors = {name: behind_a_door(getattr(desk, name), officer, *needs) for name, needs in shut.items()}
    return replace(desk, **doors)


def _switch(counter: Counter, unlocked: Unlocked) -> Desk:
    return _desk(counter, Admit(counter.journal, counter.now)(unlocked))


def _is_up_to_date(counter: Counter, unlocked: Unlocked, signed_then: bool) -> bool:
    if counter.standing(unlocked).taken():
        return False
    return counter.permit(unlocked.officer).may(Kind.SLIP_APPROVED) is signed_then


def _intake(counter: Counter, officer: Officer) -> Intake:
    ways = scanners(counter.settings.scanner, counter.reader)
    save, lay = counter.save_draft(officer), counter.lay_papers(officer)
    stacks = ScanStacks(save)
    arrivals = TakeArrivals(counter.watched, lay.file, stacks)
    return Intake(
        start_draft=StartDraft(save),
        save_draft=save,
        drafts=ListDrafts(counter.journal),
        drop_draft=DropDraft(counter.journal),
        hand_over_draft=HandOverDraft(counter.journal, officer, counter.settings.officers),
        lay_papers=lay,
        scan_papers=ScanPapers(ways, lay.file, stacks),
        scan_ways=tuple(ways),
        end_stack=stacks.end,
        arrivals=arrivals.waiting,
        take_arrivals=arrivals,
        page_picture=PagePicture(counter.at_hand, counter.reader),
        warm_reader=counter.reader.warm,
        find_procedures=FindProcedures(counter.law, counter.now),
        read_card=read_identity,
        card_in_picture=CardInPicture(counter.reader),
        cards_on_paper=CardsOnPaper(counter.files, counter.reader),
        countries=lambda: read_countries(catalogue.load(catalogue.COUNTRIES)),
        work_out_deadline=WorkOutDeadline(counter.law),
    )


def _acts(counter: Counter, unlocked: Unlocked) -> Acts:
    officer, signer = unlocked.officer, unlocked.signer
    projection, files = counter.projection, counter.files
    documents, form = counter.documents(signer), counter.slip_form
    own = counter.owner(officer)
    bench = counter.bench(unlocked, own)
    ask = AskForSupplement(counter.reply(unlocked), counter.settings.supplement_limit)
    refuse = RefuseDossier(counter.reply(unlocked))
    reissue = ReissueSlip(projection, form, bench, documents, officer)
    return Acts(
        receive_dossier=counter.receive_dossier(unlocked),
        token_cards=TokenCards(counter.rack, own, counter.practice_pins),
        warn_expiry=WarnExpiry(
            counter.settings.folder,
            counter.rack,
            own,
            officer,
            counter.now,
            counter.revocations,
            Standing(counter.journal, officer, signer).certified_to,
        ),
        seal_cards=TokenCards(counter.rack, counter.seal_owner, counter.practice_pins),
        issue_slip=IssueSlip(projection, form, bench, documents, files, officer),
        slip_for_pen=SlipForPen(projection, form, documents, officer),
        slip_pdf=SlipPdf(counter.at_hand, projection),
        reissue_slip=reissue,
        settle_conflict=SettleConflict(counter.journal, reissue),
        print_slip=PrintSlip(counter.journal, files, projection, signer),
        settle_print=SettlePrint(counter.journal, projection, signer),
        ask_for_supplement=ask,
        refuse_dossier=refuse,
        check_supplement=ask.check,
        check_refusal=refuse.check,
        return_at_once=ReturnAtOnce(counter.receive_dossier(unlocked), counter.return_result(unlocked)),
        return_result=counter.return_result(unlocked),
        give_codes=counter.give_codes(unlocked),
        originals_kept=OriginalsKept(counter.law, projection),
        approve_documents=ApproveDocuments(counter.turn(unlocked, own)),
        seal_documents=counter.seal_documents(unlocked),
        resubmit=Resubmit(documents, officer),
        signing_room=signing_room(counter, unlocked),
        delegate=Delegate(counter.delegations, officer, signer),
    )


def _records(counter: Counter, unlocked: Unlocked) -> Records:
    journal, archive = counter.journal, counter.archive
    find = FindDossiers(archive, counter.now)
    return Records(
        find_dossiers=find,
        seek_dossiers=SeekDossiers(archive, counter.now),
        find_twins=FindTwins(find, unlocked.officer),
        count_dossiers=CountDossiers(archive, counter.now),
        register_choices=ListChoices(archive),
        dossier=ShowDossier(archive),
        retired=ShowRetired(journal, counter.projection, counter.at_hand, counter.connect),
        history=ShowHistory(journal, counter.names, counter.delegations.under),
        delegations=counter.delegations,
        unfinished=ListUnfinished(archive),
        exchange=counter.exchange,
        sending=counter.line,
        waiting=ListWaiting(journal, archive),
        pause_files=counter.files_on_line.pause,
        waiting_files=ListWaitingFiles(journal, archive, counter.files),
        settle_waiting=SettleWaiting(journal, counter.projection, unlocked.officer, unlocked.signer),
        outages=counter.outages,
        books=counter.books(unlocked),
        show_books=ShowBooks(counter.books(unlocked), counter.projection),
        outage_sheet=OutageSheet(counter.outages, counter.now),
        reconcile_day=counter.reconcile_day,
    )


_MAY_COME_BACK = timedelta(days=90)  # missing entries, from a second place or a file that lies aside


def _sweep(counter: Counter) -> None:
    """Remove the files that nobody has referred to for a day; done while the counter closes.

    Not soon after a salvage or a restore: entries that are missing may come back, and need theirs.
    """
    now = datetime.now(UTC)
    if counter.upkeep.keeping.was_moved_aside(since=now - _MAY_COME_BACK):
        return
    with counter.journal.reading() as tx:
        referenced = references.referenced(tx)
    counter.files.sweep(referenced, now - timedelta(days=1))


def _watched(folder: ScanFolder) -> WatchedFolder | None:
    return WatchedFolder(folder.path, keep=folder.keep) if folder.path else None


def verify_alone(pdf: bytes, trust: Path) -> DocumentVerdict:
    """Check a document under the anchors in a folder, with no counter open; see `VerifyDocument`."""
    return VerifyDocument(trust)(pdf)
