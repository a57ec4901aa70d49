"""One function a command: calls the desk and returns what to print and the exit code."""

import argparse
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from clerk_app import catalogue, clock
from clerk_app.cli.answers import judged
from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome, WrongUsage
from clerk_app.cli.secrets import secret
from clerk_app.cli.words import in_language
from clerk_app.desk import verify_alone
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.calendar import read_calendar
from clerk_app.domain.catalogue import read_catalogue
from clerk_app.domain.country import read_countries
from clerk_app.domain.deadline import DueTime, due_time
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.identity_card import IdentityCard, read_card
from clerk_app.domain.mrz import TravelDocument, read_mrz
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.record import as_json
from clerk_app.domain.returning import proposed_receiver
from clerk_app.domain.token_card import TokenCard, TypedPin, own_card
from clerk_app.domain.verdict import Health
from clerk_app.errors import NoToken
from clerk_app.furniture import Desk
from clerk_app.papers.reader import PaperReader
from clerk_app.places import counter_folder
from clerk_app.progress import Progress
from clerk_app.services.find_cards import CardInPicture
from clerk_app.services.prove_document import ProveDocument
from clerk_app.services.signature_report import report
from clerk_app.services.whom_we_trust import WhomWeTrust
from clerk_app.settings import SettingsMissing, replace_file
from clerk_app.store.dossiers import NoSuchDossier
from signing.errors import NothingToProve
from signing.proof_plan import Keeping


class FileUnreadable(WrongUsage):
    message = "Không đọc được tệp {path}."
    remedy = "Kiểm tra tên tệp và quyền đọc, rồi chạy lại."


class PaperUnclear(WrongUsage):
    message = "Không hiểu giấy tờ “{text}”."
    remedy = "Viết KHÓA=TỆP, ví dụ to-khai=to-khai.pdf; khóa của thủ tục này: {keys}."


class TimeUnclear(WrongUsage):
    message = "Không hiểu giờ “{text}”."
    remedy = "Viết theo dạng 2026-11-23T15:01 (giờ Việt Nam)."


def intake(options: argparse.Namespace) -> Outcome:
    """Receive a dossier, and sign its slip when asked to."""
    with unlocked_desk(options) as desk:
        draft = _filled(desk, options)
        dossier = desk.receive_dossier(draft)
        answer = _dossier(dossier)
        if options.sign:
            card = card_to_sign(desk.token_cards(), desk.officer.name)
            typed = TypedPin(card, secret("Mã PIN", "pin-fd", options.pin_fd))
            document = desk.issue_slip(dossier.id, typed)
            answer |= _dossier(desk.dossier(dossier.id)) | {
                "document": document.id,
                "slip_sha256": document.head,
            }
            if options.slip:
                options.slip.write_bytes(desk.slip_pdf(document.id))
        return answer, 0


def verify(options: argparse.Namespace) -> Outcome:
    """Check every signature of a PDF, without network: 0 valid, 1 not valid, 2 unreadable."""
    pdf = read_file(options.file)
    trust = options.trust or counter_folder(options.data) / "trust"
    verdict = verify_alone(pdf, trust)
    code = 0 if verdict.valid else 1
    if options.json:
        return judged(verdict), code
    return report(verdict, options.file.name, in_language, with_figures=options.technical), code


def prove(options: argparse.Namespace) -> Outcome:
    """Append proof to a signed PDF and write it beside: 0 it proves what was asked for, 1 its signatures are not valid."""
    pdf, keeping = read_file(options.file), Keeping(options.keep)
    trust = options.trust or counter_folder(options.data) / "trust"
    proven = ProveDocument.over_http(options.time_stamp, WhomWeTrust(trust).trust(), clock.now)(pdf, keeping)
    if proven.level is None:
        raise NothingToProve
    replace_file(options.out, proven.pdf)
    renew = clock.format_moment(proven.renew_at) if proven.renew_at else ""
    steps = [step.value for step in proven.steps]
    return {"out": str(options.out), "level": proven.level.name, "steps": steps, "renew_at": renew}, 0


def sync(options: argparse.Namespace) -> Outcome:
    """Do one round with central; refused where it brings the news that this officer may not stay."""
    with unlocked_desk(options) as desk:
        try:
            done = desk.exchange(Progress())
        finally:
            desk.standing()
    answer = as_json(replace(done, problems=()))
    return {**answer, "problems": [str(problem) for problem in done.problems]}, 0


def find(options: argparse.Namespace) -> Outcome:
    """Find dossiers as one types."""
    with unlocked_desk(options) as desk:
        return [_dossier(dossier) for dossier in desk.find_dossiers(options.text)], 0


def give_back(options: argparse.Namespace) -> Outcome:
    """Note that the result of a dossier was handed over: to who handed the papers in, or to whom is named."""
    with unlocked_desk(options) as desk:
        code = options.code.strip().upper()
        fits = [each for each in desk.find_dossiers(code) if code in (each.code, each.legal_code)]
        if not fits:
            raise NoSuchDossier
        handover = proposed_receiver(fits[0].applicant)
        if options.receiver:
            handover = Handover(Receiver.OTHER, options.receiver, options.id_number, options.authorisation)
        handover = replace(handover, lost_slip=options.lost_slip)
        return _dossier(desk.return_result(fits[0].id, handover)), 0


def card(options: argparse.Namespace) -> Outcome:
    """Read a card's QR code, a passport's zone, or the cards in a picture."""
    if options.image is not None:
        with closing(PaperReader()) as reader:
            return as_json(CardInPicture(reader)(read_file(options.image), options.image.name)), 0
    if options.mrz is not None:
        return _document(read_mrz(options.mrz)), 0
    return as_json(read_card(options.qr)), 0


def deadline(options: argparse.Namespace) -> Outcome:
    """Work out when a result is due, by the counter's calendar or else the packaged one."""
    due = _due(options, _moment(options.received))
    return as_json(due) | {
        "received": clock.format_moment(due.received_at),
        "due": clock.format_moment(due.due_at),
    }, 0


def journal_verify(options: argparse.Namespace) -> Outcome:
    """Check the journal's chain from its first entry to its last."""
    with unlocked_desk(options) as desk:
        verdict = desk.verify_journal()
        return as_json(verdict), 0 if verdict.valid else 1


def doctor(options: argparse.Namespace) -> Outcome:
    """Check the tools on this computer; 1 when one of them fails."""
    with unlocked_desk(options) as desk:
        checks = desk.diagnose()
        failed = any(check.health is Health.FAIL for check in checks)
        return as_json(checks), 1 if failed else 0


def _filled(desk: Desk, options: argparse.Namespace) -> Draft:
    person = _person(read_card(options.applicant_qr), options.phone)
    shown = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in options.shown)
    draft = replace(
        desk.start_draft(), procedure=options.procedure, applicant=Applicant(owner=person), papers=shown
    )
    draft = desk.save_draft(draft)
    for text in options.paper:
        key, equals, path = text.partition("=")
        if not equals:
            raise PaperUnclear(text=text, keys=_keys(desk, options.procedure))
        draft = desk.lay_papers(draft, key, read_file(Path(path)), Path(path).name)
    return draft


def card_to_sign(cards: Iterable[TokenCard], owner: str) -> TokenCard:
    """Choose the signer's own token before the PIN is asked for: the PIN is then for this one alone."""
    card = own_card(cards)
    if card is None:
        raise NoToken(owner=owner)
    if isinstance(card.unfit, Exception):
        raise card.unfit
    return card


def _keys(desk: Desk, code: str) -> str:
    papers = [
        paper.key for found in desk.find_procedures(code) for paper in found.papers if found.code == code
    ]
    return ", ".join(papers) or "(chưa rõ thủ tục)"


def _person(card: IdentityCard, phone: str) -> Person:
    return Person(
        name=card.name,
        id_number=card.number,
        birth_date=card.birth_date,
        sex=card.sex,
        address=card.address,
        phone=phone,
    )


def _document(told: TravelDocument) -> dict[str, Any]:
    country = read_countries(catalogue.load(catalogue.COUNTRIES)).by_code(told.nationality)
    expired = told.is_expired(clock.in_vietnam(clock.now()).date())
    return {**as_json(told), "nationality_name": country.name if country else None, "expired": expired}


def _due(options: argparse.Namespace, received_at: datetime) -> DueTime:
    try:
        with unlocked_desk(options) as desk:
            return desk.work_out_deadline(options.procedure, received_at)
    except SettingsMissing:
        day = clock.in_vietnam(received_at).date()
        procedure = read_catalogue(catalogue.load(catalogue.PROCEDURES)).get(options.procedure, on=day)
        calendar = read_calendar(catalogue.load(catalogue.CALENDAR))
        return due_time(procedure.time_limit, received_at, calendar)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise TimeUnclear(text=text) from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)


def read_file(path: Path) -> bytes:
    """Return what stands in a file that the user named; raises `FileUnreadable`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=path) from error


def _dossier(dossier: Dossier) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "code": dossier.code,
        "provisional": dossier.provisional,
        "legal_code": dossier.legal_code,
        "procedure": dossier.procedure,
        "title": dossier.procedure_title,
        "owner": dossier.applicant.owner.name,
        "received_at": as_json(dossier.received_at),
        "due_at": as_json(dossier.due_at),
        "status": dossier.status.value,
        "sending": dossier.sending.value,
        "gone": as_json(dossier.gone),
        "entry_hash": dossier.entry_hash,
        "documents": [as_json(document) for document in dossier.documents],
    }
