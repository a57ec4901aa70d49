"""What the acts on issued documents say in their entries, and the documents that these acts add up to.

An act that issues names the whole document; a signature names the revision it added; the acts of
printing name the document alone. Unknown kinds and damaged bodies change nothing.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.domain.document import Document, DocumentKind, ProofLevel, SignatureField
from clerk_app.domain.kinds import Kind

SIGNED_BY: Mapping[str, SignatureField] = {
    Kind.SLIP_SIGNED: SignatureField.OFFICER,
    Kind.SLIP_APPROVED: SignatureField.LEADER,
    Kind.SLIP_SEALED: SignatureField.SEAL,
}
"""Which field an act on a slip has filled."""

ISSUES: Mapping[str, DocumentKind] = {
    Kind.SLIP_SIGNED: DocumentKind.SLIP,
    Kind.SLIP_FOR_PEN: DocumentKind.SLIP,
    Kind.SUPPLEMENT_ASKED: DocumentKind.SUPPLEMENT,
    Kind.REFUSED: DocumentKind.REFUSAL,
    Kind.CODE_NOTICE: DocumentKind.CODE_NOTICE,
}
"""Which document an act may issue."""


_NAMING_THEIR_FIELD = (
    Kind.SUPPLEMENT_ASKED,
    Kind.REFUSED,
    Kind.DOCUMENT_SIGNED,
    Kind.CODE_NOTICE,
    Kind.DOCUMENT_APPROVED,
)


def kind_of_signature(document: DocumentKind, field: SignatureField) -> Kind:
    """Return the act that adds this signature to a document that is already issued."""
    if document is not DocumentKind.SLIP:
        return Kind.DOCUMENT_APPROVED if field is SignatureField.LEADER else Kind.DOCUMENT_SIGNED
    return Kind(next(kind for kind, filled in SIGNED_BY.items() if filled is field))


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a document's bytes. `parent` is empty for the first."""

    sha256: str
    parent: str = ""
    kind: str = "base"  # base | signature | proof
    field: str = ""  # the signature field it filled
    stamped: bool = False  # a time-stamp lies in the signature


def issued_body(document: Document, revisions: Iterable[Revision], reason: str = "") -> dict[str, Any]:
    """Return what an entry that issues a document says of it; see `ISSUES`."""
    line = tuple(revisions)
    body: dict[str, Any] = {
        "v": 1,
        "document": {
            "id": document.id,
            "kind": document.kind.value,
            "issue": document.issue,
            "replaces": document.replaces,
        },
        "revisions": [_revision(revision) for revision in line],
        "files": [revision.sha256 for revision in line],
    }
    stamped = [revision.stamped for revision in line if revision.kind == "signature"]
    proof = ProofLevel.TIME if stamped and all(stamped) else ProofLevel.NONE
    return body | _proof(proof) | ({"reason": reason} if reason else {})


def signed_body(document: Document, revision: Revision) -> dict[str, Any]:
    """Return what an entry says that adds one signature to a document that is already issued.

    The document proves its time only where every signature on it does.
    """
    proven = revision.stamped and (not document.signed_by or document.proof is not ProofLevel.NONE)
    return _added(document, (revision,)) | _proof(ProofLevel.TIME if proven else ProofLevel.NONE)


def proven_body(document: Document, revision: Revision | None, level: ProofLevel) -> dict[str, Any]:
    """Return what an entry says that adds proof; no revision: the head proves as much already."""
    return _added(document, () if revision is None else (revision,)) | _proof(level)


def print_body(document: Document, copy: int) -> dict[str, Any]:
    """Return what the entries of one printing say; `copy` counts from 1."""
    return {"v": 1, "document": {"id": document.id}, "copy": copy}


def sent_back_body(document: Document, field: SignatureField, reason: str) -> dict[str, Any]:
    """Return what an entry says that gives a document back unsigned; `field`: the signature it waited for."""
    return {"v": 1, "document": {"id": document.id}, "field": field.value, "reason": reason}


def resubmitted_body(document: Document, reason: str) -> dict[str, Any]:
    """Return what an entry says that asks for the same signature once more; `reason` may be empty."""
    return {"v": 1, "document": {"id": document.id}} | ({"reason": reason} if reason else {})


def documents_of(
    dossier: str, acts: Iterable[tuple[str, Mapping[str, Any]]], stale: Collection[int] = ()
) -> tuple[Document, ...]:
    """Return the documents that the acts (kind, body) of one dossier have issued, in their order.

    `stale`: places of the acts that were done when their turn was another's already; they have no effect.
    """
    folding = _fold(dossier, acts, stale)
    return _still_valid(folding.documents.values(), folding.ended)


def line_of(
    document: str, acts: Iterable[tuple[str, Mapping[str, Any]]], stale: Collection[int] = ()
) -> tuple[Revision, ...]:
    """Return the revisions of one document from its base to the head that the same acts make.

    What another revision went before (proof of a parent that was signed meanwhile) is not in it.
    """
    folding = _fold("", acts, stale)
    known = dict(folding.revisions.get(document, {}))
    head = folding.documents[document].head if document in folding.documents else ""
    line: list[Revision] = []
    while head in known:
        line.append(known.pop(head))
        head = line[-1].parent
    return tuple(reversed(line))


@dataclass(frozen=True, slots=True)
class _Act:
    """An act on one document, read."""

    document: str
    kind: str
    body: Mapping[str, Any]
    revisions: tuple[Revision, ...]
    is_stale: bool

    @property
    def begins(self) -> bool:
        """Whether a document may begin with this act: it issues one, and brings its base if it brings anything."""
        return self.kind in ISSUES and not self.is_stale and not (self.revisions and self.revisions[0].parent)


class _Folding:
    """The documents of one dossier as act after act makes them.

    An act waits for what it stands on: the document, and the state to which its first revision adds. After a restore
    central may have heard of the proof first, and of the signature when its author was made known again.
    """

    def __init__(self, dossier: str) -> None:
        self.documents: dict[str, Document] = {}
        self.revisions: dict[str, dict[str, Revision]] = {}  # also what came too late to count
        self.ended: set[str] = set()
        self._dossier = dossier
        self._waiting: dict[tuple[str, str], list[_Act]] = {}  # document, state; "": for its beginning

    def take(self, act: _Act) -> None:
        """Let an act have its effect, and then what waited for it."""
        ready = deque([act])
        while ready:
            each = ready.popleft()
            lacking = self._lacking(each)
            if lacking is not None:
                self._waiting.setdefault((each.document, lacking), []).append(each)
                continue
            with suppress(KeyError, TypeError, ValueError):  # a damaged body is kept, but moves nothing
                self._apply(each)
                for state in ("", *(revision.sha256 for revision in each.revisions)):
                    ready.extend(self._waiting.pop((each.document, state), ()))

    def _lacking(self, act: _Act) -> str | None:
        """Return the state for which an act has to wait, "" for the document itself; None: it can have its effect."""
        if act.document not in self.documents:
            return None if act.begins else ""
        parent = act.revisions[0].parent if act.revisions and not act.is_stale else ""
        return parent if parent and parent not in self.revisions[act.document] else None

    def _apply(self, act: _Act) -> None:
        name = act.document
        known = self.documents.get(name)
        if known is None:
            known = _opened(self._dossier, act.body["document"], by_pen=not _filled(act.kind, act.body))
        if act.is_stale:
            more = tuple(revision.sha256 for revision in act.revisions)
            self.documents[name] = replace(known, without_effect=(*known.without_effect, *more))
            return
        self.documents[name] = _stepped(known, act)
        line = self.revisions.setdefault(name, {})
        for revision in act.revisions:
            line.setdefault(revision.sha256, revision)


def _fold(dossier: str, acts: Iterable[tuple[str, Mapping[str, Any]]], stale: Collection[int]) -> _Folding:
    folding = _Folding(dossier)
    for place, (kind, body) in enumerate(acts):
        folding.ended.update(_ended(kind, body))
        told = body.get("document")
        if isinstance(told, Mapping) and isinstance(told.get("id"), str):
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                revisions = tuple(map(_read_revision, body.get("revisions", [])))
                folding.take(_Act(told["id"], kind, body, revisions, place in stale))
    return folding


def _came_late(revision: Revision, head: str) -> bool:
    """Tell whether this is proof of what is the head no longer: a signature, or other proof, went before it."""
    return revision.kind == "proof" and revision.parent != head


def _ended(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the documents that an act says are no longer valid, because what they print was given up."""
    told = body.get("ends", []) if kind == Kind.SETTLED else []
    return tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()


def _still_valid(issued: Collection[Document], ended: Collection[str]) -> tuple[Document, ...]:
    """Say which documents are no longer valid, in whatever order the acts of several counters came together.

    One that was ended replaces nothing. Of slips the newest issue counts: two counters may have given the same one.
    """
    live = [each for each in issued if each.id not in ended]
    replaced = {each.replaces for each in live}
    newest = max((each.issue for each in live if each.kind is DocumentKind.SLIP), default=0)

    def is_valid(each: Document) -> bool:
        older = each.kind is DocumentKind.SLIP and each.issue < newest
        return each.id not in ended and each.id not in replaced and not older

    return tuple(each if is_valid(each) else replace(each, valid=False) for each in issued)


def _opened(dossier: str, told: Mapping[str, Any], *, by_pen: bool) -> Document:
    kind = DocumentKind(told.get("kind", DocumentKind.SLIP))
    issue, replaces = int(told.get("issue", 1)), str(told.get("replaces", ""))
    return Document(told["id"], dossier, kind, "", (), by_pen=by_pen, issue=issue, replaces=replaces)


def _stepped(document: Document, act: _Act) -> Document:
    kind, body = act.kind, act.body
    for revision in act.revisions:
        if _came_late(revision, document.head):
            return document
        document = replace(document, head=revision.sha256)
    if body.get("revisions") or kind == Kind.DOCUMENT_PROVEN:
        document = replace(document, proof=ProofLevel(body.get("proof", "")))
    signed = tuple(field for field in _filled(kind, body) if field not in document.signed_by)
    if signed:
        document = replace(document, signed_by=(*document.signed_by, *signed), sent_back="")
    match kind:
        case Kind.PRINT_STARTED:
            copies = max(document.prints + 1, int(body.get("copy", 0)))
            return replace(document, prints=copies, print_unfinished=True)
        case Kind.PRINT_ENDED | Kind.PRINT_UNKNOWN:
            one_more = kind == Kind.PRINT_ENDED
            return replace(document, print_unfinished=False, came_out=document.came_out + one_more)
        case Kind.SENT_BACK:
            return replace(document, sent_back=str(body["reason"]))
        case Kind.RESUBMITTED:
            return replace(document, sent_back="")
        case _:
            return document


def _filled(kind: str, body: Mapping[str, Any]) -> tuple[SignatureField, ...]:
    """Return the fields that an act has filled: an act on a slip is named after its field, others name it."""
    if kind in SIGNED_BY:
        return (SIGNED_BY[kind],)
    if kind not in _NAMING_THEIR_FIELD:
        return ()
    line = body.get("revisions", [])
    return tuple(SignatureField(each["field"]) for each in line if each["kind"] == "signature")


def _added(document: Document, line: Iterable[Revision]) -> dict[str, Any]:
    revisions = tuple(line)
    return {
        "v": 1,
        "document": {"id": document.id},
        "revisions": [_revision(revision) for revision in revisions],
        "files": [revision.sha256 for revision in revisions],
    }


def _proof(level: ProofLevel) -> dict[str, str]:
    return {"proof": level.value} if level else {}


def _read_revision(told: Mapping[str, Any]) -> Revision:
    return Revision(str(told["sha256"]), str(told["parent"]), str(told["kind"]), str(told["field"]))


def _revision(revision: Revision) -> dict[str, str]:
    return {
        "sha256": revision.sha256,
        "parent": revision.parent,
        "kind": revision.kind,
        "field": revision.field,
    }
