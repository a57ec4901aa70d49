"""A dossier as the flat, grouped fields of entry bodies, and back.

Groups are the units of conflict: applicant · authorisation · procedure · fee · return_channel · handover. A body's
reserved members are `set`, `base_values`, `move`, `files` and `number`; the rest is ours alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from clerk_app.domain.applicant import Applicant, Authorisation, Person
from clerk_app.domain.correction import Correction
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.dossier import Dossier, Draft, ReturnChannel, Status, draft_files
from clerk_app.domain.legal_code import legal_code_of
from clerk_app.domain.paper import LaidPaper
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reason import checked_reason
from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.errors import OfficeError

Groups = Mapping[str, Mapping[str, Any]]

APPLICANT, AUTHORISATION, PROCEDURE, FEE, RETURN_CHANNEL, HANDOVER = GROUPS = (
    "applicant",
    "authorisation",
    "procedure",
    "fee",
    "return_channel",
    "handover",
)

# The group `procedure`: field -> member of `Dossier`.
_PROCEDURE_FIELDS = {
    "dossier_code": "code",
    "provisional": "provisional",
    "code": "procedure",
    "version": "procedure_version",
    "title": "procedure_title",
    "time_limit": "time_limit",
    "papers": "papers",
    "sets": "sets",
    "received_at": "received_at",
    "due_at": "due_at",
    "calendar_confirmed": "calendar_confirmed",
    "received_by": "received_by",
    "note": "note",
}


class NothingCorrected(OfficeError):
    message = "Chưa có gì được sửa."
    remedy = "Sửa chỗ sai rồi cấp lại; nếu chỉ cần thêm một tờ thì chọn In lại."


class ReasonMissing(OfficeError):
    message = "Chưa ghi lý do."
    remedy = "Ghi ngắn gọn vì sao phải cấp lại, ví dụ: sai tên đệm."


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What acceptance adds to a draft: the number used, the due time, and who accepted."""

    code: str
    series: str  # of the number, e.g. "dossier"
    value: int  # in that series
    due: DueTime
    received_by: str  # officer's name
    provisional: bool = False
    before: Status | None = None  # `supplement_asked` where Mẫu 02 was issued before


def received_body(draft: Draft, procedure: Procedure, acceptance: Acceptance) -> dict[str, Any]:
    """Return the body of `received`; the draft has passed `check_draft`.

    Titles of the papers and the fee lines are written down here: the checklist of tomorrow may differ.
    """
    return {
        "v": 1,
        "move": {"from": as_json(acceptance.before), "to": Status.RECEIVED.value},
        "set": {
            **applicant_groups(draft.applicant),
            PROCEDURE: _procedure_group(draft, procedure, acceptance),
            FEE: {"lines": as_json(procedure.fees)},
            RETURN_CHANNEL: as_json(draft.return_channel),
        },
        "files": list(draft_files(draft)),
        "number": {"series": acceptance.series, "value": acceptance.value, "code": acceptance.code},
        "after_cut_off": acceptance.due.after_cut_off,
    }


def corrected_body(before: Dossier, correction: Correction) -> dict[str, Any]:
    """Return the body of `corrected`: each changed group whole, before and after, and the reason.

    The dossier goes back to `received`; a new slip follows. Raises `NothingCorrected`, `ReasonMissing` or
    `ReasonTooLong`.
    """
    reason = checked_reason(correction.reason)
    if not reason:
        raise ReasonMissing
    was = _correctable(before.applicant, before.return_channel)
    is_now = _correctable(correction.applicant, correction.return_channel)
    changed = [group for group in is_now if is_now[group] != was[group]]
    if not changed:
        raise NothingCorrected
    return {
        "v": 1,
        "move": {"from": before.status.value, "to": Status.RECEIVED.value},
        "base_values": {group: was[group] for group in changed},
        "set": {group: is_now[group] for group in changed},
        "reason": as_json(reason),
    }


def dossier_from_fields(id: str, state: str, groups: Groups, entry_hash: str) -> Dossier:
    """Return the dossier that the folded groups of a subject describe, without its documents.

    `entry_hash` is that of the acceptance entry. Raises `RecordDamaged` naming the field.
    """
    told = groups.get(PROCEDURE, {})
    plain = {ours: told[theirs] for theirs, ours in _PROCEDURE_FIELDS.items() if theirs in told}
    plain |= {
        "id": id,
        "status": state,
        "entry_hash": entry_hash,
        "applicant": {},
        "return_channel": dict(groups.get(RETURN_CHANNEL, {})),
        "fees": groups.get(FEE, {}).get("lines", []),
        "handed": dict(groups[HANDOVER]) if HANDOVER in groups else None,
        "legal_code": legal_code_of(groups),
    }
    dossier = replace(from_json(Dossier, plain), applicant=applicant_from_groups(groups))
    if dossier.status.is_accepted and dossier.due_at is None:
        raise RecordDamaged(where="due_at")
    return dossier


def applicant_from_groups(groups: Groups) -> Applicant:
    """Return the people of a dossier; raises `RecordDamaged`."""
    told, paper = groups.get(APPLICANT, {}), groups.get(AUTHORISATION, {})
    given = {name: value for name, value in paper.items() if value is not None}
    people = from_json(Applicant, {"relation": told.get("relation", "self")}, APPLICANT)
    return replace(
        people,
        owner=_person("owner", told) or Person(),
        submitter=_person("submitter", told),
        authorisation=from_json(Authorisation, given, AUTHORISATION) if given else None,
    )


def _correctable(applicant: Applicant, channel: ReturnChannel) -> dict[str, dict[str, Any]]:
    return {**applicant_groups(applicant), RETURN_CHANNEL: as_json(channel)}


def _procedure_group(draft: Draft, procedure: Procedure, acceptance: Acceptance) -> dict[str, Any]:
    group = {
        "dossier_code": acceptance.code,
        "provisional": acceptance.provisional,
        "code": procedure.code,
        "version": procedure.version,
        "title": procedure.title,
        "time_limit": procedure.time_limit.in_words,
        "papers": titled(draft.papers, procedure),
        "sets": draft.sets,
        "received_at": acceptance.due.received_at,
        "due_at": acceptance.due.due_at,
        "calendar_confirmed": acceptance.due.calendar_confirmed,
        "received_by": acceptance.received_by,
        "note": draft.note,
    }
    return {name: as_json(value) for name, value in group.items()}


def titled(laid: Sequence[LaidPaper], procedure: Procedure) -> tuple[LaidPaper, ...]:
    """Return the papers in the order of the checklist, each with its title; papers of our own come last."""
    places = {kind.key: (place, kind.title) for place, kind in enumerate(procedure.papers)}
    last = len(places)
    ordered = sorted(laid, key=lambda paper: places.get(paper.key, (last, ""))[0])
    return tuple(replace(paper, title=places.get(paper.key, (last, paper.title))[1]) for paper in ordered)


def applicant_groups(applicant: Applicant) -> dict[str, dict[str, Any]]:
    """Return the people of a dossier as the groups `applicant` and `authorisation`."""
    people = {**_person_fields("owner", applicant.owner), **_person_fields("submitter", applicant.submitter)}
    paper = applicant.authorisation
    return {
        APPLICANT: {**people, "relation": applicant.relation.value},
        AUTHORISATION: {
            f.name: as_json(getattr(paper, f.name)) if paper else None for f in fields(Authorisation)
        },
    }


def _person_fields(who: str, person: Person | None) -> dict[str, Any]:
    """Return the person flat; all fields null when there is none, so that a correction can take one away."""
    return {f"{who}_{f.name}": as_json(getattr(person, f.name)) if person else None for f in fields(Person)}


def _person(who: str, told: Mapping[str, Any]) -> Person | None:
    given = {f.name: told.get(f"{who}_{f.name}") for f in fields(Person)}
    if given["kind"] is None:
        return None
    try:
        return from_json(Person, {name: value for name, value in given.items() if value is not None})
    except RecordDamaged as error:
        raise RecordDamaged(where=f"{APPLICANT}.{who}_{error.facts['where']}") from error
