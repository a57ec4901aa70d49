"""The papers of one desk of the random model, by the services of the counter; their bytes are made up."""

import json
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from clerk_app.domain.document import DEFAULT_SIGNATURES, Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.kinds import IN_THE_CITIZENS_HANDS, Kind
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.own_work import Signatory
from clerk_app.proof_settings import ProofSettings
from clerk_app.services.bring_documents import BringDocuments
from clerk_app.services.give_back_turn import GiveBackTurn
from clerk_app.services.hand_over_bundle import HandOver, NothingToHand, ReceiverUnknown
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.own_work import barred
from clerk_app.services.pack_bundle import PackBundle
from clerk_app.services.prove_document import Proven
from clerk_app.services.prove_waiting import ProveWaiting
from clerk_app.services.recall_turns import NothingToRecall, RecallTurns
from clerk_app.services.redact_dossier import AlreadyRedacted, NotAllSent, RedactDossier, StillUnderWay
from clerk_app.services.retention import Retention
from clerk_app.services.roles import Permit
from clerk_app.services.settle_waiting import NothingToSettle, SettleWaiting
from clerk_app.services.signature_bench import Signed
from clerk_app.services.take_in_bundle import BundleOutdated, SenderUnknown, TakeInBundle
from clerk_app.services.take_turns import TakeTurns
from clerk_app.services.turns_at_hand import TurnsAtHand
from clerk_app.store.archive import open_archive
from clerk_app.store.dossiers import NoSuchDocument, NoSuchDossier
from clerk_app.store.key_slots import derived
from clerk_app.store.projection import Projection
from signing.proof import Level
from signing.proof_plan import Keeping, Step
from sync.entry import Entry, Signer
from sync.errors import FileMissing, HeadMoved, TurnElsewhere
from sync.journal import Act, Journal, revisions
from sync.rules import Rules
from tests.sync.central.world import Counter

CLOSED_DAYS = 30
FURTHER = (SignatureField.LEADER, SignatureField.SEAL)


class Noted:
    """A journal that tells of every entry which an act kept."""

    def __init__(self, journal: Journal, keep: Callable[[Entry], None]) -> None:
        self._journal, self._keep = journal, keep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    @contextmanager
    def act(self, author: Signer) -> Iterator[Act]:
        added: list[Entry] = []
        with self._journal.act(author) as act:
            add = act.add

            def noted(subject: str, kind: str, body: Any) -> Entry:
                added.append(add(subject, kind, body))
                return added[-1]

            act.add = noted  # type: ignore[method-assign]
            yield act
        for entry in added:
            self._keep(entry)


@dataclass(frozen=True)
class Who:
    """An officer at a desk."""

    signer: Signer
    roles: frozenset[str]

    @property
    def officer(self) -> Officer:
        roles = frozenset(Role(each) for each in self.roles)
        return Officer(self.signer.author.removeprefix("officer:"), self.signer.author, roles)

    @property
    def permit(self) -> Permit:
        return Permit(self.officer)

    @property
    def signatory(self) -> Signatory:
        return Signatory(self.signer.author, self.signer.author)


@dataclass(frozen=True)
class Begun:
    """A signature that a token is making: of which bytes, and what comes of it."""

    document: Document
    field: SignatureField
    signed: Signed


@dataclass
class PaperRoom:
    """`alone`: the last round did not reach central. Each act returns how often it did what it is named after."""

    counter: Counter
    journal: Journal
    projection: Projection
    alone: bool = False
    begun: Begun | None = None

    @property
    def device(self) -> str:
        return self.counter.enrolment.device_signer.author

    def documents(self, who: Who) -> KeepDocuments:
        files, fields = self.counter.files, DEFAULT_SIGNATURES
        return KeepDocuments(
            self.journal, files, self.projection, who.signer, self.device, fields, anywhere=True
        )

    @property
    def turns(self) -> TurnsAtHand:
        archive = self.projection.archive
        return TurnsAtHand(self.journal, archive, self.projection, self.device, lambda: self.alone)

    def seen(self, subject: str) -> Dossier | None:
        """Return a dossier as the register shows it; None while it does not."""
        try:
            return self.projection.dossier(subject)
        except NoSuchDossier:
            return None

    def document(self, subject: str, pick: int) -> Document | None:
        """Return a valid paper of a dossier."""
        dossier = self.seen(subject)
        valid = [each for each in dossier.documents if each.valid] if dossier else []
        return valid[pick % len(valid)] if valid else None

    # at the counter

    def issue(self, who: Who, subject: str) -> int:
        dossier = self.seen(subject)
        if dossier is None or dossier.status is not Status.RECEIVED or dossier.documents:
            return 0
        return self._issue(who, dossier, Made(_slip(subject), _bytes(f"slip of {subject}")))

    def reissue(self, who: Who, subject: str, name: str) -> int:
        """Correct the applicant; a new slip goes before every older one."""
        dossier = self.seen(subject)
        valid = [each for each in dossier.documents if each.valid] if dossier else []
        if dossier is None or not valid or dossier.status is Status.RETURNED:
            return 0
        old = max(valid, key=lambda each: each.issue)
        with self.journal.reading() as tx:
            seen = dict(self.projection.counted(tx, subject).fields.get("applicant", {}))
        body = {
            "v": 1,
            "move": {"from": dossier.status.value, "to": Status.RECEIVED.value},
            "base_values": {"applicant": seen},
            "set": {"applicant": {**seen, "name": name}},
            "reason": "sai tên",
        }
        slip = _slip(subject, old.issue + 1, old.id)
        return self._issue(who, dossier, Made(slip, _bytes(f"slip of {subject}"), corrected=body))

    def _issue(self, who: Who, dossier: Dossier, made: Made) -> int:
        signed = replace(made, signed=_signature(made.base, SignatureField.OFFICER, who))
        self.documents(who).issue(dossier, signed)
        return 1

    def returned(self, who: Who, subject: str) -> int:
        dossier = self.seen(subject)
        if dossier is None or dossier.status is not Status.SLIP_ISSUED:
            return 0
        with self.journal.act(who.signer) as act:
            act.add(subject, Kind.RETURNED, {"v": 1, "move": {"from": "slip_issued", "to": "returned"}})
        self.projection.refresh()
        return 1

    # further signatures

    def take_turn(self, who: Who, document: Document, *, from_others: bool) -> int:
        asked = 0
        for field in FURTHER:
            take = TakeTurns(
                self.journal,
                self.projection.archive,
                self.projection,
                who.permit,
                who.signer,
                self.device,
                who.signatory,
                field,
            )
            with suppress(NoSuchDocument):
                asked += take([document.id], from_others=from_others)
        return asked

    def begin(self, who: Who, document: Document) -> int:
        """Look at a paper, and let the token begin. Whose turn it is when it is ready, `sign` will see."""
        field = next((each for each in FURTHER if each not in document.signed_by), None)
        dossier = self.seen(document.dossier)
        if field is None or dossier is None or document.sent_back:
            return 0
        if barred(who.signatory, dossier, document, field) is not None:
            return 0
        try:
            self.documents(who).require_turn(document, field)
        except TurnElsewhere:
            return 0
        shown = self.counter.files.get(document.head)
        self.begun = Begun(document, field, _signature(shown, field, who))
        return 1

    def sign(self, who: Who) -> int:
        """Keep the signature that was begun; one that was overtaken is kept by nobody."""
        begun, self.begun = self.begun, None
        if begun is None:
            return 0
        try:
            self.documents(who).add_signature(begun.document, begun.field, begun.signed)
        except (TurnElsewhere, HeadMoved, NoSuchDocument, NoSuchDossier):
            return 0
        return 1

    def prove(self) -> int:
        device = self.counter.enrolment.device_signer
        policy, now = ProofSettings(open_after_hours=0), self.now
        room = ProveWaiting(
            self.journal,
            self.projection.archive,
            self.counter.files,
            self.projection,
            device,
            policy,
            lambda _: cast("Any", _proof),
            now,
        )
        return room().done

    # by hand

    def hand_over(self, who: Who, place: Path, receiver: str) -> Path | None:
        pack = PackBundle(self.journal, self.counter.files, self.counter.enrolment.device_signer)
        try:
            return HandOver(self.turns, pack, who.signer)(place, receiver).file
        except (NothingToHand, ReceiverUnknown, FileMissing):
            return None

    def take_in(self, file: Path) -> int:
        device = self.counter.enrolment.device_signer
        try:
            TakeInBundle(self.journal, self.counter.files, self.projection, device)(file)
        except (BundleOutdated, SenderUnknown):
            return 0
        return 1

    def recall(self, who: Who) -> int:
        out = [each.document for each in self.turns.out()]
        try:
            return len(RecallTurns(self.turns, who.signer)(out, "mất USB trên đường"))
        except NothingToRecall:
            return 0

    def give_back(self) -> int:
        """Somebody says, rightly or not, that nobody used the turns of the life before."""
        room = GiveBackTurn(self.journal, self.projection, self.device)
        return sum(len(room(each)) for each in {waiting.code for waiting in room.waiting()})

    # what was not taken, what is old, what is ordered

    def settle(self, who: Who, parked: Entry) -> bool:
        """Settle as the office does; False for what it cannot give up."""
        if parked.kind in IN_THE_CITIZENS_HANDS:
            return False
        try:
            SettleWaiting(self.journal, self.projection, who.officer, who.signer)(parked.id, "đã xem")
        except NothingToSettle:
            return False
        return True

    def let_go(self, days: int) -> None:
        """Do what retention does, `days` from now."""
        self.retention(days)()

    def redact(self, who: Who, subject: str) -> int:
        dossier = self.seen(subject)
        if dossier is None:
            return 0
        retention = self.retention(0)
        room = RedactDossier(self.journal, self.projection, retention, who.officer, who.signer, self.now)
        try:
            room(dossier.code, "Quyết định số 1", "Lãnh đạo", dossier.code)
        except (AlreadyRedacted, StillUnderWay, NotAllSent, NoSuchDossier):
            return 0
        return 1

    def retention(self, days: int) -> Retention:
        kept = SimpleNamespace(closed_days=CLOSED_DAYS)
        keeping = SimpleNamespace(
            settings=SimpleNamespace(retention=kept),
            second_place=None,
            snapshots=SimpleNamespace(every=lambda: ()),
            place=SimpleNamespace(file=self.counter.enrolment.folder / "journal.db"),
        )
        now = partial(self.now, days)
        return Retention(self.journal, self.counter.files, self.projection, cast("Any", keeping), now)

    def now(self, days: int = 0) -> datetime:
        return datetime.now(UTC) + timedelta(days=days)

    # after a round

    def bring(self) -> None:
        """Look after what moved; raises `Offline`."""
        device = self.counter.enrolment.device_signer
        archive, files = self.projection.archive, self.counter.files
        self.projection.refresh()
        BringDocuments(self.journal, archive, files, self.projection, device)(self.counter.central)
        self.projection.refresh()

    def line(self, document: str) -> tuple[str, ...] | None:
        """Return the revisions from base to head as this journal has them; None where it does not follow them."""
        with self.journal.reading() as tx:
            if revisions.head(tx, document) is None:
                return None
            return tuple(each.sha256 for each in revisions.line(tx, document))


@contextmanager
def open_room(counter: Counter, rules: Rules, keep: Callable[[Entry], None]) -> Iterator[PaperRoom]:
    journal = cast("Journal", Noted(counter.journal, keep))
    with open_archive(counter.enrolment.folder, derived(counter.enrolment.data_key, "archive")) as archive:
        projection = Projection(archive, journal, rules)
        projection.catch_up()
        yield PaperRoom(counter, journal, projection)


def _slip(subject: str, issue: int = 1, replaces: str = "") -> Document:
    return Document(str(uuid.uuid4()), subject, DocumentKind.SLIP, "", (), issue=issue, replaces=replaces)


def _bytes(text: str) -> bytes:
    return f"%PDF {text} {secrets.token_hex(8)}".encode()


def _signature(base: bytes, field: SignatureField, who: Who) -> Signed:
    told = {"field": field.value, "by": who.signer.author, "nonce": secrets.token_hex(8)}
    fields = [*DEFAULT_SIGNATURES[DocumentKind.SLIP], None]
    following = fields[fields.index(field) + 1]
    return Signed(
        base + b"\n" + json.dumps(told).encode(), following=following.value if following is not None else ""
    )


def _proof(pdf: bytes, keeping: Keeping) -> Proven:
    del keeping
    return Proven(pdf + f"\nproof {secrets.token_hex(8)}".encode(), Level.B_LTA, (Step.ARCHIVE,), None)
