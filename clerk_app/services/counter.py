"""An open counter: its files, its tools and its rules, whoever is unlocked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.file_act import A_MM, ROLE_OF
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.own_work import Signatory
from clerk_app.papers.reader import PaperReader
from clerk_app.papers.watched_folder import WatchedFolder
from clerk_app.picture_settings import SEAL
from clerk_app.services.admit import Standing
from clerk_app.services.books import Books, OutgoingNumbers
from clerk_app.services.bring_documents import BringDocuments
from clerk_app.services.delegate import Delegations
from clerk_app.services.diagnose import Diagnose, Tools
from clerk_app.services.exchange import Exchange, Line
from clerk_app.services.files_at_hand import FilesAtHand
from clerk_app.services.files_on_line import FilesOnLine
from clerk_app.services.give_back_turn import GiveBackTurn
from clerk_app.services.give_codes import GiveCodes
from clerk_app.services.give_reply import GiveReply
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.known_revocations import KnownRevocations
from clerk_app.services.law import Law
from clerk_app.services.lay_papers import LayPapers
from clerk_app.services.legal_time import LegalTime
from clerk_app.services.metered import AskedOfTheSystem, Metering
from clerk_app.services.numbering import Numbering
from clerk_app.services.outage_log import OutageLog
from clerk_app.services.prove_waiting import ProveWaiting
from clerk_app.services.receive_dossier import ReceiveDossier
from clerk_app.services.reconcile_day import ReconcileDay
from clerk_app.services.redact_dossier import RedactDossier
from clerk_app.services.return_result import ReturnResult
from clerk_app.services.roles import Permit
from clerk_app.services.save_draft import SaveDraft
from clerk_app.services.seal_documents import SealDocuments
from clerk_app.services.sign_file import SignFile
from clerk_app.services.sign_turn import SignTurn
from clerk_app.services.signature_bench import SignatureBench
from clerk_app.services.slip_form import SlipForm
from clerk_app.services.take_back import TakeBack
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from clerk_app.services.unlock import Unlocked
from clerk_app.services.upkeep import Upkeep
from clerk_app.services.verify_document import VerifyDocument
from clerk_app.services.verify_journal import VerifyJournal
from clerk_app.services.void_numbers import VoidNumbers
from clerk_app.services.way_out import way_out
from clerk_app.services.whom_we_trust import WhomWeTrust
from clerk_app.settings import Enrolment, Settings
from clerk_app.store import key_slots
from clerk_app.store.archive import Archive
from clerk_app.store.projection import Projection
from signing.time_stamp import TimeStamper
from signing.trust import Trust
from sync.client import Account, HttpCentral
from sync.files import FileStore
from sync.journal import Journal
from sync.keys import Ed25519Signer


@dataclass(frozen=True, slots=True)
class Counter:
    """What stays when officers change, and what is made from it for each of them."""

    settings: Settings
    enrolment: Enrolment
    device: Ed25519Signer
    journal: Journal
    archive: Archive
    files: FileStore
    pictures: FileStore  # of signatures; nothing is swept there
    projection: Projection
    rack: TokenRack
    revocations: KnownRevocations
    reader: PaperReader
    watched: WatchedFolder | None
    whom: WhomWeTrust
    law: Law
    numbering: Numbering
    now: LegalTime
    upkeep: Upkeep
    proving: ProveWaiting
    stamper: TimeStamper | None  # for signatures while a citizen waits
    metering: Metering = field(default_factory=AskedOfTheSystem)

    @property
    def trust(self) -> Trust:
        """Whom this counter trusts now; a list that comes during the day counts from the next officer on."""
        return self.whom.trust()

    @property
    def line(self) -> Line:
        return Line(self.journal, self.numbering, self.law, self.now, self.files_on_line)

    @property
    def files_on_line(self) -> FilesOnLine:
        return FilesOnLine(self.journal, self.files, self.settings.line, self.metering, self.now)

    def save_draft(self, officer: Officer) -> SaveDraft:
        return SaveDraft(self.journal, self.now, officer)

    def lay_papers(self, officer: Officer) -> LayPapers:
        return LayPapers(self.files, self.save_draft(officer), self.reader)

    @property
    def slip_form(self) -> SlipForm:
        in_dots = self.settings.slip_number == "dots"
        fields = self.settings.signatures[DocumentKind.SLIP]
        pictures = self.settings.pictures
        seal_mm = pictures.seal_mm if pictures.seal else 0
        return SlipForm(self.settings.unit, fields, in_dots, self.law, self.now, self.line.alone, seal_mm)

    @property
    def connect(self) -> Callable[[], HttpCentral] | None:
        account = Account(self.enrolment.device_id, self.enrolment.device_token)
        there = partial(HttpCentral, self.settings.central, account, way_out(self.settings))
        return there if self.settings.central else None

    @property
    def at_hand(self) -> FilesAtHand:
        return FilesAtHand(self.journal, self.files, self.connect)

    def owner(self, officer: Officer) -> CertificateOwner:
        return CertificateOwner(officer.name, self.settings.account(officer.id).certificate_sha256)

    @property
    def delegations(self) -> Delegations:
        officers = {f"officer:{each.id}": each for each in self.settings.officers}
        return Delegations(self.journal, officers, self.now)

    def permit(self, officer: Officer) -> Permit:
        return Permit(officer, partial(self.delegations.kinds_for, f"officer:{officer.id}"))

    def delegates(self, at: datetime) -> tuple[CertificateOwner, ...]:
        """Whose signature the seal may attest in a leader's place, for papers signed at that time."""
        known = {f"officer:{each.id}": each for each in self.settings.officers}
        return tuple(self.owner(known[each]) for each in self.delegations.delegates_at(at) if each in known)

    def seal_documents(self, unlocked: Unlocked) -> SealDocuments:
        turn = self.turn(unlocked, self.seal_owner)
        return SealDocuments(turn, self.trust, self.leaders, self.delegates)

    def signatory(self, officer: Officer) -> Signatory:
        account = self.settings.account(officer.id)
        number = account.identity_number if self.settings.own_dossier == "refused" else ""
        return Signatory(f"officer:{officer.id}", officer.name, number)

    @property
    def seal_owner(self) -> CertificateOwner:
        return CertificateOwner(self.settings.unit.name, self.settings.seal_certificate_sha256)

    @property
    def leaders(self) -> tuple[CertificateOwner, ...]:
        """Whose signature the seal may attest."""
        return tuple(self.owner(each) for each in self.settings.officers if Role.LEADER in each.roles)

    def documents(self, signer: Ed25519Signer) -> KeepDocuments:
        fields = self.settings.signatures
        anywhere = self.settings.further_turns == "anywhere"
        return KeepDocuments(
            self.journal, self.files, self.projection, signer, self.device.author, fields, anywhere
        )

    def standing(self, unlocked: Unlocked) -> Standing:
        return Standing(self.journal, unlocked.officer, unlocked.signer)

    def bench(self, unlocked: Unlocked, owner: CertificateOwner, whose: str = "") -> SignatureBench:
        """Return where one certificate signs for an officer, as long as they may stay.

        `whose` picture stands on its signatures: an officer's id, or `SEAL`.
        """
        picture = self.settings.pictures.of(whose) if whose else ""
        shown = partial(self.pictures.get, picture) if picture else None
        may = self.standing(unlocked)
        return SignatureBench(self.rack, self.trust, owner, self.now, self.stamper, picture=shown, may=may)

    def turn(self, unlocked: Unlocked, owner: CertificateOwner) -> SignTurn:
        whose = SEAL if owner == self.seal_owner else unlocked.officer.id
        documents, bench = self.documents(unlocked.signer), self.bench(unlocked, owner, whose)
        who, permit = self.signatory(unlocked.officer), self.permit(unlocked.officer)
        if whose != SEAL and Role.LEADER not in unlocked.officer.roles:
            bench = replace(
                bench, capacity=self.settings.delegated_sign, may=_while_granted(bench.may, permit)
            )
        return SignTurn(self.projection, self.files, bench, documents, permit, who)

    def sign_file(self, unlocked: Unlocked) -> SignFile:
        own, seal = self.owner(unlocked.officer), self.seal_owner
        owners = {act: own if role is Role.LEADER else seal for act, role in ROLE_OF.items()}
        whose = {act: unlocked.officer.id if role is Role.LEADER else SEAL for act, role in ROLE_OF.items()}
        pictures = self.settings.pictures
        return SignFile(
            journal=self.journal,
            signer=unlocked.signer,
            officer=unlocked.officer,
            agency=self.settings.unit.name,
            leaders=self.leaders,
            trust=self.trust,
            reader=self.reader,
            verify=VerifyDocument(self.settings.trust_folder, self.whom.kept),
            benches={act: self.bench(unlocked, owner, whose[act]) for act, owner in owners.items()},
            tokens={act: TokenCards(self.rack, owner, self.practice_pins) for act, owner in owners.items()},
            seal_side=pictures.seal_mm * A_MM if pictures.seal else 0.0,
            now=self.now,
        )

    def reply(self, unlocked: Unlocked) -> GiveReply:
        return GiveReply(
            journal=self.journal,
            law=self.law,
            numbering=self.numbering,
            number_in_dots=self.settings.reply_number == "dots",
            outgoing=self.outgoing(unlocked),
            projection=self.projection,
            bench=self.bench(unlocked, self.owner(unlocked.officer)),
            documents=self.documents(unlocked.signer),
            officer=unlocked.officer,
            signer=unlocked.signer,
            now=self.now,
        )

    def books(self, unlocked: Unlocked) -> Books:
        who = (unlocked.officer, unlocked.signer, self.device.author)
        return Books(self.journal, *who, self.settings.reply_book)

    def outgoing(self, unlocked: Unlocked) -> OutgoingNumbers | None:
        in_book = self.settings.reply_number == "book"
        return OutgoingNumbers(self.books(unlocked), self.settings.reply_book) if in_book else None

    def give_codes(self, unlocked: Unlocked) -> GiveCodes:
        return GiveCodes(
            journal=self.journal,
            archive=self.archive,
            projection=self.projection,
            numbering=self.numbering,
            bench=self.bench(unlocked, self.owner(unlocked.officer)),
            documents=self.documents(unlocked.signer),
            officer=unlocked.officer,
            signer=unlocked.signer,
            outgoing=self.outgoing(unlocked),
            words=self.settings.code_notice,
            now=self.now,
        )

    def return_result(self, unlocked: Unlocked) -> ReturnResult:
        return ReturnResult(self.journal, self.projection, unlocked.officer, unlocked.signer, self.now)

    def redact_dossier(self, unlocked: Unlocked) -> RedactDossier:
        return RedactDossier(
            self.journal,
            self.projection,
            self.upkeep.retention,
            unlocked.officer,
            unlocked.signer,
            self.now,
        )

    def receive_dossier(self, unlocked: Unlocked) -> ReceiveDossier:
        return ReceiveDossier(
            self.journal,
            self.files,
            self.law,
            self.numbering,
            self.projection,
            unlocked.officer,
            unlocked.signer,
            self.now,
        )

    @property
    def exchange(self) -> Exchange:
        central_key = self.enrolment.central_public_key
        bring = BringDocuments(self.journal, self.archive, self.files, self.projection, self.device)
        return Exchange(
            self.journal,
            self.files,
            self.projection,
            self.law,
            self.line,
            self.connect,
            central_key,
            self.outages,
            bring,
            VoidNumbers(self.journal, self.device, self.now),
        )

    @property
    def outages(self) -> OutageLog:
        return OutageLog(self.journal, self.archive, self.device, self.now)

    @property
    def reconcile_day(self) -> ReconcileDay:
        return ReconcileDay(
            self.journal,
            self.archive,
            self.files,
            self.projection,
            self.numbering,
            self.enrolment.device_id,
            self.connect,
            self.enrolment.central_public_key,
            self.now,
        )

    @property
    def names(self) -> dict[str, str]:
        return {f"officer:{officer.id}": officer.name for officer in self.settings.officers}

    @property
    def practice_pins(self) -> dict[CertificateOwner, str]:
        """Which PIN the dialog of a practice token may show; empty at a real counter."""
        if not self.settings.unit.practice:
            return {}
        accounts = self.settings.accounts
        pins = {self.owner(each.officer): each.practice_pin for each in accounts}
        sealing = (each.practice_pin for each in accounts if Role.REGISTRAR in each.officer.roles)
        return pins | {self.seal_owner: next(sealing, "")}

    @property
    def verify_journal(self) -> VerifyJournal:
        own = key_slots.public_keys(self.settings.folder) | {self.device.author: self.device.public_bytes}
        return VerifyJournal(self.journal, own)

    @property
    def diagnose(self) -> Diagnose:
        libraries = tuple(library.path for library in self.settings.tokens)
        scanner = self.settings.scanner.device
        tools = Tools(self.rack, libraries, self.whom, scanner, self.connect)
        return Diagnose(
            self.settings.folder,
            self.journal,
            self.archive,
            self.files,
            self.verify_journal,
            self.numbering,
            tools,
            self.now,
            self.upkeep,
            self.proving.waiting,
            timedelta(days=self.settings.proof.late_after_days),
        )

    @property
    def take_back(self) -> TakeBack:
        return TakeBack(
            self.journal, self.files, self.projection, self.verify_journal, self.enrolment.device_id, self.now
        )

    @property
    def give_back_turn(self) -> GiveBackTurn:
        return GiveBackTurn(self.journal, self.projection, self.device.author)


def _while_granted(may: Callable[[], None], permit: Permit) -> Callable[[], None]:
    """Ask for each signature of who signs for a leader whether the delegation holds at this moment."""

    def ask() -> None:
        may()
        permit.still(Kind.SLIP_APPROVED)

    return ask
