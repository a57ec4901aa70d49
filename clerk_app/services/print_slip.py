"""Print a slip or a reply: the journal knows before the printer does, and how it ended."""

from dataclasses import dataclass
from typing import Protocol

from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.issuing import print_body
from clerk_app.domain.kinds import Kind
from clerk_app.services.sign_turn import DocumentReplaced
from clerk_app.store.projection import Projection, document_in
from sync.entry import Signer
from sync.files import FileStore
from sync.journal import Journal

_TITLES = {
    DocumentKind.SLIP: "Giấy hẹn",
    DocumentKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung",
    DocumentKind.REFUSAL: "Phiếu từ chối tiếp nhận",
    DocumentKind.CODE_NOTICE: "Thông báo mã hồ sơ",
}  # as the print queue shows them: no citizen's name


class Printer(Protocol):
    """Whoever puts pages on paper. Qt's own lives in the window."""

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Hand the pages to the printer of this form; return once it has taken all of them, raise when it has not.

        `note`, when it is not empty, stands at the foot of each page, beside the signed bytes and never in them.
        """


@dataclass(frozen=True, slots=True)
class PrintSlip:
    journal: Journal
    files: FileStore
    projection: Projection
    signer: Signer

    def __call__(self, document_id: str, printer: Printer) -> int:
        """Print the head revision and return the copy's number; from 2 on the paper says "Bản in lần n".

        Whatever the printer raises passes on, after the journal has noted that nobody knows how it ended.
        """
        dossier, document = self.projection.document(document_id)
        if not document.valid:
            raise DocumentReplaced
        pdf = self.files.get(document.head)
        copy = self._started(document)
        note = f"Bản in lần {copy}" if copy > 1 else ""
        try:
            printer.spool(document.kind, pdf, f"{_TITLES[document.kind]} {dossier.code}", note)
        except BaseException:
            self._note(document, Kind.PRINT_UNKNOWN, copy)
            raise
        self._note(document, Kind.PRINT_ENDED, copy)
        return copy

    def _started(self, document: Document) -> int:
        with self.journal.act(self.signer) as act:
            now = document_in(self.projection.dossier_in(act.tx, document.dossier), document.id)
            if not now.valid:  # replaced since it was looked at
                raise DocumentReplaced
            copy = now.prints + 1
            act.add(document.dossier, Kind.PRINT_STARTED, print_body(document, copy))
        self.projection.after_act(document.dossier)
        return copy

    def _note(self, document: Document, kind: Kind, copy: int) -> None:
        with self.journal.act(self.signer) as act:
            act.add(document.dossier, kind, print_body(document, copy))
        self.projection.after_act(document.dossier)


@dataclass(frozen=True, slots=True)
class SettlePrint:
    """The officer's answer about a print that was cut: whether the paper came out."""

    journal: Journal
    projection: Projection
    signer: Signer

    def __call__(self, document_id: str, came_out: bool) -> Document:
        """Note the answer once and return the document; a print that has its end is left as it is."""
        _, document = self.projection.document(document_id)
        kind = Kind.PRINT_ENDED if came_out else Kind.PRINT_UNKNOWN
        with self.journal.act(self.signer) as act:
            now = document_in(self.projection.dossier_in(act.tx, document.dossier), document_id)
            if now.print_unfinished:
                act.add(document.dossier, kind, print_body(now, now.prints))
        return document_in(self.projection.after_act(document.dossier), document_id)
