"""What the day has to show for itself: each dossier, each promise and whether it held, as JSON and as text."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from clerk_app import clock
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.domain.outage import Outage
from clerk_app.domain.sending import Sending
from clerk_app.domain.verdict import JournalVerdict
from clerk_app.furniture import Desk
from clerk_app.practice.central_book import BookLine, missing_files, read_book
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.outside_tools import sound_for_qpdf, valid_for_pdfsig
from clerk_app.services.signature_words import in_short

TURNS = 3  # officer, leader, seal
_ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Done:
    """One dossier as the day left it at the counter: the code that its citizen took home, and when."""

    dossier: str  # id
    code: str
    during_outage: bool
    asked_for_more: bool = False  # not accepted: the code is the number of Mẫu 02


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """What the report says of one dossier that got Mẫu 02 instead of a slip."""

    number: str
    title: str
    owner: str
    paper: str  # file under slips/
    in_central: bool  # the act that gave it is settled as accepted
    valid: bool  # the officer's signature


@dataclass(frozen=True, slots=True)
class DossierLine:
    """What the report says of one dossier."""

    code: str
    procedure: str
    title: str
    owner: str
    state: str  # `Status` at the end of the day
    received: str
    due: str
    during_outage: bool
    code_unchanged: bool
    entries: int  # in the counter's journal
    entries_in_central: int  # of these, settled as accepted
    received_in_central: int  # acceptances under this id: exactly one is right
    slip: str  # file under slips/
    by_pen: bool  # printed for the pen; the signature of the officer's token followed later
    signatures: tuple[str, ...]  # one sentence each
    valid: bool  # all three signatures
    pdfsig_valid: int | None = None
    qpdf_sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One promise, and whether it held."""

    name: str  # stable English word
    sentence: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The whole day. It holds only when every proof does."""

    dossiers: tuple[DossierLine, ...]
    replies: tuple[ReplyLine, ...]
    sending: Sending
    journal: JournalVerdict
    proofs: tuple[Proof, ...]
    keys: int
    notes: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        return all(proof.holds for proof in self.proofs)


def look_back(
    desk: Desk, office: PracticeOffice, done: Sequence[Done], out: Path, keys: int, notes: Sequence[str] = ()
) -> Report:
    """Write the slips' head revisions under `slips/` and check everything anew. Blocks; central must answer."""
    book = read_book(office)
    slips = out / "slips"
    lines = tuple(_line(desk, book, each, slips) for each in done if not each.asked_for_more)
    replies = tuple(_reply(desk, book, each, slips) for each in done if each.asked_for_more)
    sending, journal = desk.sending(), desk.verify_journal()
    files = tuple(document.head for each in done for document in desk.dossier(each.dossier).documents)
    proofs = (
        *_proofs(lines, sending, journal, book, missing_files(office, files)),
        Proof(
            "replies",
            "Mỗi phiếu yêu cầu bổ sung có chữ ký số hợp lệ và đã tới máy chủ.",
            all(each.valid and each.in_central for each in replies),
        ),
        Proof(
            "day_agrees",
            "Số, giấy, sổ theo dõi và máy chủ của ngày khớp nhau.",
            desk.reconcile_day().agrees,
        ),
        Proof(
            "outage_noted",
            "Nhật ký ghi một lần mất kết nối, với đúng những hồ sơ nhận trong lúc đó.",
            _noted(desk.outages(), done),
        ),
    )
    return Report(lines, replies, sending, journal, proofs, keys, tuple(notes))


def _noted(outages: Sequence[Outage], done: Sequence[Done]) -> bool:
    alone = {each.dossier for each in done if each.during_outage}
    return len(outages) == 1 and outages[0].until is not None and set(outages[0].dossiers) == alone


def _line(desk: Desk, book: Sequence[BookLine], done: Done, slips: Path) -> DossierLine:
    dossier = desk.dossier(done.dossier)
    document = next(each for each in reversed(dossier.documents) if each.valid)
    file = _write_slip(desk, dossier, document, slips)
    verdict = desk.verify_document(file.read_bytes())
    in_central = [line for line in book if line.subject == dossier.id and line.verdict == _ACCEPTED]
    signed = tuple(in_short(each) for each in verdict.signatures)
    return DossierLine(
        code=dossier.code,
        procedure=dossier.procedure,
        title=dossier.procedure_title,
        owner=dossier.applicant.owner.name,
        state=dossier.status.value,
        received=clock.format_moment(dossier.received_at),
        due=clock.format_moment(dossier.promised),
        during_outage=done.during_outage,
        code_unchanged=dossier.code == done.code,
        entries=len(desk.history(dossier.id)),
        entries_in_central=len(in_central),
        received_in_central=sum(line.kind == "received" for line in in_central),
        slip=file.name,
        by_pen=document.by_pen,
        signatures=signed,
        valid=verdict.valid and len(signed) == TURNS,
        pdfsig_valid=valid_for_pdfsig(file),
        qpdf_sound=sound_for_qpdf(file),
    )


def _reply(desk: Desk, book: Sequence[BookLine], done: Done, slips: Path) -> ReplyLine:
    dossier = desk.dossier(done.dossier)
    document = dossier.documents[-1]
    file = _write_slip(desk, dossier, document, slips)
    settled = {line.kind for line in book if line.subject == dossier.id and line.verdict == _ACCEPTED}
    return ReplyLine(
        number=done.code,
        title=dossier.procedure_title,
        owner=dossier.applicant.owner.name,
        paper=file.name,
        in_central=Kind.SUPPLEMENT_ASKED in settled,
        valid=desk.verify_document(file.read_bytes()).valid,
    )


def _write_slip(desk: Desk, dossier: Dossier, document: Document, slips: Path) -> Path:
    slips.mkdir(parents=True, exist_ok=True)
    file = slips / f"{dossier.code}.pdf"
    file.write_bytes(desk.slip_pdf(document.id))
    return file


def _proofs(
    lines: Sequence[DossierLine],
    sending: Sending,
    journal: JournalVerdict,
    book: Sequence[BookLine],
    files_missing: Sequence[str],
) -> tuple[Proof, ...]:
    codes = Counter(line.code for line in lines)
    waiting = sending.entries_waiting + sending.files_waiting + sending.parked
    return (
        Proof(
            "once_in_central",
            "Mỗi hồ sơ có ở máy chủ trung tâm đúng một lần, cả những hồ sơ nhận lúc mất kết nối.",
            all(line.received_in_central == 1 for line in lines),
        ),
        Proof(
            "whole_in_central",
            "Mọi việc của mỗi hồ sơ đều đã tới máy chủ.",
            all(line.entries == line.entries_in_central for line in lines),
        ),
        Proof("files_in_central", "Mọi giấy hẹn đều đã tới máy chủ.", not files_missing),
        Proof(
            "nothing_refused",
            "Máy chủ không từ chối việc nào.",
            all(line.verdict == _ACCEPTED for line in book),
        ),
        Proof(
            "codes_unchanged",
            "Không mã hồ sơ nào thay đổi hay trùng nhau.",
            all(line.code_unchanged for line in lines) and max(codes.values(), default=1) == 1,
        ),
        Proof("nothing_waits", "Không còn gì chờ gửi.", waiting == 0 and sending.alone_since is None),
        Proof("journal", "Nhật ký của quầy toàn vẹn.", journal.valid),
        Proof(
            "signatures",
            "Mỗi giấy hẹn có ba chữ ký số hợp lệ.",
            bool(lines) and all(line.valid for line in lines),
        ),
        Proof(
            "pdfsig",
            "pdfsig công nhận cả ba chữ ký (bỏ qua khi máy không có pdfsig).",
            all(line.pdfsig_valid in {None, TURNS} for line in lines),
        ),
        Proof(
            "qpdf",
            "qpdf không thấy lỗi trong tệp nào (bỏ qua khi máy không có qpdf).",
            all(line.qpdf_sound is not False for line in lines),
        ),
    )


def write(report: Report, out: Path) -> None:
    """Leave `summary.json` for programs and `summary.txt` for people."""
    told = asdict(report) | {"holds": report.holds, "sending": _sending(report.sending)}
    (out / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (out / "summary.txt").write_text(as_text(report), encoding="utf-8")


def as_text(report: Report) -> str:
    """Return the report in Vietnamese."""
    lines = ["NGÀY LÀM VIỆC MẪU – số liệu luyện tập, người trong hồ sơ không có thật", ""]
    for number, each in enumerate(report.dossiers, start=1):
        alone = " · nhận lúc mất kết nối" if each.during_outage else ""
        good = "hợp lệ" if each.valid else "KHÔNG HỢP LỆ"
        pen = "in để ký tay, ký số bù sau; " if each.by_pen else ""
        signed = f"{pen}{len(each.signatures)} chữ ký số, {good}"
        lines += [
            f"{number}. {each.code} · {each.procedure} {each.title} · {each.owner}{alone}",
            f"   Nhận {each.received}, hẹn trả {each.due}. Giấy hẹn slips/{each.slip}: {signed}.",
            f"   {each.entries} việc ở quầy, {each.entries_in_central} việc ở máy chủ, tiếp nhận {each.received_in_central} lần.",
        ]
    for reply in report.replies:
        good = "chữ ký hợp lệ" if reply.valid else "chữ ký KHÔNG HỢP LỆ"
        lines.append(
            f"Yêu cầu bổ sung: {reply.number} · {reply.title} · {reply.owner}. slips/{reply.paper}: {good}."
        )
    waiting = report.sending
    lines += [
        "",
        f"Chờ gửi: {waiting.dossiers_waiting} hồ sơ, {waiting.entries_waiting} việc, {waiting.files_waiting} tệp.",
        report.journal.sentence,
        f"Số phím đã bấm: {report.keys}.",
        *report.notes,
        "",
        *(f"[{'đạt' if proof.holds else 'KHÔNG ĐẠT'}] {proof.sentence}" for proof in report.proofs),
    ]
    return "\n".join(lines) + "\n"


def _sending(sending: Sending) -> dict[str, object]:
    alone, last, after = sending.alone_since, sending.last_round, sending.numbers_next
    return asdict(sending) | {
        "alone_since": alone.isoformat() if alone else None,
        "last_round": last.isoformat() if last else None,
        "numbers_next": {"day": after.day.isoformat(), "left": after.left} if after else None,
    }
