"""Keep what was issued: files first, then revisions, turn and entry in one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.domain.document import Document, DocumentKind, ProofLevel, SignatureField
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.issuing import Revision, issued_body, kind_of_signature, signed_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.turn import Turn, turn_members, with_turn
from clerk_app.errors import OfficeError
from clerk_app.services.signature_bench import Signed
from clerk_app.store.projection import Projection, document_in
from sync import authors
from sync.entry import Signer
from sync.errors import TurnElsewhere
from sync.files import FileStore
from sync.journal import Act, Journal, Tx, revisions
from sync.journal.revisions import RevisionKind
from sync.journal.revisions import Turn as Held

_MOVED = {"from": Status.RECEIVED.value, "to": Status.SLIP_ISSUED.value}


class SlipAlreadyIssued(OfficeError):
    message = "Giấy hẹn của hồ sơ {code} vừa được lập ở một lượt khác."
    remedy = "Mở lại hồ sơ để xem giấy hẹn đang có; cần tờ khác thì chọn In lại hoặc Cấp lại do sai sót."


@dataclass(frozen=True, slots=True)
class Made:
    """A document whose bytes are ready and checked, and which nobody has seen yet."""

    document: Document
    base: bytes
    signed: Signed | None = None  # None: for the pen
    reason: str = ""
    corrected: Mapping[str, Any] | None = None  # body of the correction that it prints
    resolves: tuple[str, ...] = ()  # ids of entries that central did not take, which it settles


@dataclass(frozen=True, slots=True)
class KeepDocuments:
    """Keeps the documents of one officer; this computer holds their turns."""

    journal: Journal
    files: FileStore
    projection: Projection
    signer: Signer
    device: str  # author of the device
    fields: Mapping[DocumentKind, tuple[SignatureField, ...]]  # the signatures that settings name, in order
    anywhere: bool = False  # further turns may be taken by other counters of the unit

    def issue(self, before: Dossier, made: Made) -> Document:
        """Keep a new document of a dossier that is still as it was `before`; else raise `SlipAlreadyIssued`."""
        line = self.filed(made)
        document = made.document
        kind = Kind.SLIP_FOR_PEN if document.by_pen else Kind.SLIP_SIGNED
        with self.journal.act(self.signer) as act:
            self._require_unchanged(act, before)
            if made.corrected is not None:
                act.add(before.id, Kind.CORRECTED, made.corrected)
            turn = self.begin(act, document, line)
            for old in _replaced(before, document):  # nobody signs it any more
                revisions.give_turn(act.tx, Held(old, "", ""))
            body = issued_body(document, line, made.reason) | {"move": _MOVED}
            if made.resolves:  # so that it need not wait behind what it settles
                body |= {"resolves": list(made.resolves)}
            act.add(before.id, kind, with_turn(body, turn))
        return document_in(self.projection.after_act(before.id), document.id)

    def begin(self, act: Act, document: Document, line: Sequence[Revision]) -> dict[str, Any]:
        """Begin the document's line of revisions within an act whose entry tells of it, and pass its turn.

        Returns what the entry's body has to say of the turn, for `with_turn`.
        """
        revisions.begin(act.tx, document.id, line[0].sha256)
        for revision in line[1:]:
            _append(act, document.id, revision)
        first = self.fields[document.kind][0]
        if document.by_pen:
            revisions.give_turn(act.tx, Held(document.id, first, self.device))
            return {}
        fields = self.fields[document.kind]
        return self._pass_turn(act, document, fields[1].value if len(fields) > 1 else "")

    def add_signature(
        self,
        document: Document,
        field: SignatureField,
        signed: Signed,
        may: Callable[[], None] = lambda: None,
    ) -> Document:
        """Keep one more signature on the head; raises `HeadMoved` or `TurnElsewhere` when it was overtaken.

        The turn then goes to the next field that the paper has: the settings may have changed since it was made.
        `may` is asked at the entry's own time, by which central judges; what it raises keeps nothing.
        """
        sha256 = self.files.put(signed.pdf)
        self.files.check_line([document.head, sha256])
        revision = Revision(sha256, document.head, "signature", field.value, signed.stamped)
        with self.journal.act(self.signer) as act:
            may()
            now = document_in(self.projection.dossier_in(act.tx, document.dossier), document.id)
            self._require_turn(act.tx, now, field)
            _append(act, document.id, revision)
            turn = self._pass_turn(act, now, signed.following)
            kind = kind_of_signature(document.kind, field)
            act.add(document.dossier, kind, with_turn(signed_body(document, revision), turn))
        return document_in(self.projection.after_act(document.dossier), document.id)

    def as_shown(self, document: Document, sha256: str) -> Document | None:
        """Return the document as it stood with these bytes: its head, or what proof alone was added to since."""
        if document.head == sha256:
            return document
        with self.journal.reading() as tx:
            if not revisions.is_proof_over(tx, document.id, document.head, sha256):
                return None
        return replace(document, head=sha256, proof=ProofLevel.NONE)  # that proof is not in these bytes

    def require_turn(self, document: Document, field: SignatureField) -> None:
        """Raise `TurnElsewhere` unless this field is next and this computer holds the turn."""
        with self.journal.reading() as tx:
            self._require_turn(tx, document, field)

    def filed(self, made: Made) -> tuple[Revision, ...]:
        """Put the bytes into the store, before any transaction, and return them as a line of revisions."""
        base = Revision(self.files.put(made.base))
        if made.signed is None:
            return (base,)
        first, sha256 = self.fields[made.document.kind][0], self.files.put(made.signed.pdf)
        signed = Revision(sha256, base.sha256, "signature", first.value, made.signed.stamped)
        self.files.check_line([base.sha256, signed.sha256])
        return base, signed

    def _require_unchanged(self, act: Act, before: Dossier) -> None:
        now = self.projection.dossier_in(act.tx, before.id)
        if _issued(now) != _issued(before):
            raise SlipAlreadyIssued(code=before.code)

    def _require_turn(self, tx: Tx, document: Document, field: SignatureField) -> None:
        """The journal's own note counts, and what entries tell: one that was taken over meanwhile is not ours."""
        held = revisions.turn(tx, document.id)
        if held is not None and held.holder.startswith("device:") and held.holder != self.device:
            raise self._elsewhere(document, held.holder)
        revisions.require_turn(tx, Held(document.id, field.value, self.device))
        if document.turn is not None and document.turn != Turn(field.value, self.device):
            raise self._elsewhere(document, document.turn.holder)

    def _elsewhere(self, document: Document, holder: str) -> TurnElsewhere:
        called = authors.known(self.journal).called(holder) if holder else "người khác"
        return TurnElsewhere(holder=called, document=document.id)

    def _pass_turn(self, act: Act, document: Document, field: str) -> dict[str, Any]:
        """Let the next field be signed here, or by whoever takes the turn; return what the entry has to say of it."""
        told = document.turn is not None or (self.anywhere and bool(field))
        holder = self.device if field and not told else ""
        revisions.give_turn(act.tx, Held(document.id, field, holder))
        return turn_members(document.id, document.turn, Turn(field)) if told else {}


def _append(act: Act, document: str, revision: Revision) -> None:
    kind = RevisionKind(revision.kind)
    revisions.append(
        act.tx, revisions.Revision(document, revision.sha256, revision.parent, kind, revision.field)
    )


def _replaced(dossier: Dossier, by: Document) -> tuple[str, ...]:
    """Return the papers that are no longer valid beside a new one: of slips all, two counters may have issued one."""
    slips = (each.id for each in dossier.documents if each.valid and each.kind is DocumentKind.SLIP)
    return tuple(slips) if by.replaces else ()


def _issued(dossier: Dossier) -> tuple[object, ...]:
    return (
        dossier.status,
        dossier.applicant,
        dossier.return_channel,
        tuple((each.id, each.head, each.valid) for each in dossier.documents),
    )
