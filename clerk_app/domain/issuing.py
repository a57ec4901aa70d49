"""What the acts on issued documents say in their entries, and the documents that these acts add up to.

An act that issues names the whole document; a signature names the revision it added; the acts of
printing name the document alone. Unknown kinds and damaged bodies change nothing.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.kinds import Kind

SIGNED_BY: Mapping[str, SignatureField] = {
    Kind.SLIP_SIGNED: SignatureField.OFFICER,
    Kind.SLIP_APPROVED: SignatureField.LEADER,
    Kind.SLIP_SEALED: SignatureField.SEAL,
}
"""Which field an act has filled."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a document's bytes. `parent` is empty for the first."""

    sha256: str
    parent: str = ""
    kind: str = "base"  # base | signature | proof
    field: str = ""  # the signature field it filled


def issued_body(document: Document, revisions: Iterable[Revision], reason: str = "") -> dict[str, Any]:
    """Return what an entry that issues a document says of it: `slip_signed` or `slip_for_pen`."""
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
    return body | ({"reason": reason} if reason else {})


def signed_body(document: Document, revision: Revision) -> dict[str, Any]:
    """Return what an entry says that adds one signature to a document that is already issued."""
    return {
        "v": 1,
        "document": {"id": document.id},
        "revisions": [_revision(revision)],
        "files": [revision.sha256],
    }


def print_body(document: Document, copy: int) -> dict[str, Any]:
    """Return what the entries of one printing say; `copy` counts from 1."""
    return {"v": 1, "document": {"id": document.id}, "copy": copy}


def documents_of(dossier: str, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Document, ...]:
    """Return the documents that the acts (kind, body) of one dossier have issued, in their order."""
    documents: dict[str, Document] = {}
    for kind, body in acts:
        told = body.get("document")
        if isinstance(told, Mapping) and isinstance(told.get("id"), str):
            with suppress(KeyError, TypeError, ValueError):  # a damaged body is kept, but moves nothing
                _apply(documents, dossier, kind, body)
    return tuple(documents.values())


def _apply(documents: dict[str, Document], dossier: str, kind: str, body: Mapping[str, Any]) -> None:
    told = body["document"]
    name = told["id"]
    if name not in documents and kind in (Kind.SLIP_SIGNED, Kind.SLIP_FOR_PEN):
        documents[name] = _opened(dossier, told, by_pen=kind == Kind.SLIP_FOR_PEN)
        replaced = documents.get(documents[name].replaces)
        if replaced:
            documents[replaced.id] = replace(replaced, valid=False)
    if name in documents:
        documents[name] = _stepped(documents[name], kind, body)


def _opened(dossier: str, told: Mapping[str, Any], *, by_pen: bool) -> Document:
    kind = DocumentKind(told.get("kind", DocumentKind.SLIP))
    issue, replaces = int(told.get("issue", 1)), str(told.get("replaces", ""))
    return Document(told["id"], dossier, kind, "", (), by_pen=by_pen, issue=issue, replaces=replaces)


def _stepped(document: Document, kind: str, body: Mapping[str, Any]) -> Document:
    for revision in body.get("revisions", []):
        document = replace(document, head=str(revision["sha256"]))
    if kind in SIGNED_BY and SIGNED_BY[kind] not in document.signed_by:
        document = replace(document, signed_by=(*document.signed_by, SIGNED_BY[kind]))
    match kind:
        case Kind.PRINT_STARTED:
            copies = max(document.prints + 1, int(body.get("copy", 0)))
            return replace(document, prints=copies, print_unfinished=True)
        case Kind.PRINT_ENDED | Kind.PRINT_UNKNOWN:
            return replace(document, print_unfinished=False)
        case _:
            return document


def _revision(revision: Revision) -> dict[str, str]:
    return {
        "sha256": revision.sha256,
        "parent": revision.parent,
        "kind": revision.kind,
        "field": revision.field,
    }
