"""Mẫu 02 or Mẫu 03 while it is filled in: prefilled from the checklist, ready for the next key. No window."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Draft
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reply import (
    AskedPaper,
    Refusal,
    Reply,
    SupplementRequest,
    check_refusal,
    check_supplement,
    papers_to_ask,
)
from clerk_app.errors import Notice, OfficeError


@dataclass(frozen=True, slots=True)
class Words:
    """What the officer writes; which of these a paper prints depends on its kind."""

    more: str = ""  # further content of Mẫu 02, an item a line
    reason: str = ""
    again: str = ""
    consent: str = ""
    request: str = ""
    ground: str = ""


class ReplyModel(QObject):
    """`kind` is None while no paper is being filled in."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kind: DocumentKind | None = None
        self.papers: tuple[AskedPaper, ...] = ()
        self.words = Words()
        self.notice: Notice | None = None
        self.asked_before = 0
        self._draft = Draft("")
        self._procedure: Procedure | None = None

    def begin(self, kind: DocumentKind, draft: Draft, procedure: Procedure | None) -> None:
        """Prefill a paper from the draft; what is missing or illegible is asked for."""
        self.kind, self._draft, self._procedure = kind, draft, procedure
        self.asked_before, self.notice = draft.supplements, None
        self.papers = papers_to_ask(procedure, draft.papers, draft.applicant) if procedure else ()
        self.words = Words(request=procedure.title if procedure else "", reason=self._usual_reason())
        self.changed.emit()

    def end(self) -> None:
        """Put the form away; nothing of it is kept."""
        self.kind, self.notice = None, None
        self.changed.emit()

    def tick(self, key: str) -> None:
        """Ask for a paper of the checklist, or no longer."""
        self.papers = tuple(
            replace(paper, wanted=not paper.wanted) if paper.key == key else paper for paper in self.papers
        )
        self._step()

    def write(self, **words: str) -> None:
        """Take what was typed."""
        self.words = replace(self.words, **words)
        self._step()

    def tell(self, notice: Notice) -> None:
        """Say what is in the way."""
        self.notice = notice
        self.changed.emit()

    @property
    def items(self) -> tuple[str, ...]:
        """What Mẫu 02 asks for, in its order."""
        asked = tuple(paper.text for paper in self.papers if paper.wanted)
        return (*asked, *(line.strip() for line in self.words.more.splitlines() if line.strip()))

    def said(self, draft: Draft) -> Reply | None:
        """Return what the paper says of the draft, or None, with a notice, while something is left out."""
        words = self.words
        said: Reply = (
            Refusal(words.request, words.reason, words.ground)
            if self.kind is DocumentKind.REFUSAL
            else SupplementRequest(self.items, words.reason, words.again, words.consent)
        )
        try:
            if isinstance(said, Refusal):
                check_refusal(draft, said)
            else:
                check_supplement(draft, self._procedure, said)
        except OfficeError as left_out:
            self.tell(left_out)
            return None
        return said

    def _usual_reason(self) -> str:
        if self.kind is DocumentKind.REFUSAL:
            online = self._procedure is not None and self._procedure.online_only
            return self.reasons()[0] if online else ""
        if any(paper.wanted for paper in self.papers):
            return self.tr("Hồ sơ chưa đủ thành phần theo quy định của thủ tục.")
        return self.tr("Nội dung hồ sơ chưa đúng theo quy định.")

    def reasons(self) -> tuple[str, ...]:
        """Return why a dossier is refused most often; the officer may write another."""
        return (
            self.tr("Thủ tục chỉ nhận trực tuyến trên Cổng Dịch vụ công quốc gia."),
            self.tr("Việc này không thuộc thẩm quyền giải quyết của cơ quan."),
            self.tr("Hồ sơ không đủ điều kiện giải quyết theo quy định."),
        )

    def _step(self) -> None:
        self.notice = None
        self.changed.emit()
