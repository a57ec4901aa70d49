"""What the entries `supplement_asked` and `refused` say of a dossier that was not accepted.

Its people, its request and the state of its papers are set down; the papers themselves stay the citizen's:
no scan of a draft goes further than this computer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from clerk_app.domain.dossier import Draft, Status
from clerk_app.domain.dossier_body import PROCEDURE, RETURN_CHANNEL, applicant_groups, titled
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.record import as_json
from clerk_app.domain.reply import Refusal, SupplementRequest


@dataclass(frozen=True, slots=True)
class Told:
    """What the act adds to the draft: its number, its moment, who told, and where the dossier stood before."""

    code: str
    series: str
    value: int
    at: datetime
    by: str
    before: Status | None = None


def supplement_body(
    draft: Draft, procedure: Procedure, request: SupplementRequest, told: Told
) -> dict[str, Any]:
    """Return the body of `supplement_asked`, without the document that was issued."""
    asked = {"items": [as_json(item.strip()) for item in request.items if item.strip()]}
    words = {"reason": request.reason, "again": request.again, "consent": request.consent}
    group = _group(draft, procedure, procedure.title, told)
    return _body(draft, group, told, Status.SUPPLEMENT_ASKED) | asked | _said(words)


def refused_body(draft: Draft, procedure: Procedure | None, refusal: Refusal, told: Told) -> dict[str, Any]:
    """Return the body of `refused`, without the document that was issued."""
    group = _group(draft, procedure, refusal.request.strip(), told)
    return _body(draft, group, told, Status.REFUSED) | _said(
        {"reason": refusal.reason, "ground": refusal.ground}
    )


def _said(words: Mapping[str, str]) -> dict[str, Any]:
    return {name: as_json(text.strip()) for name, text in words.items() if text.strip()}


def _body(draft: Draft, group: dict[str, Any], told: Told, to: Status) -> dict[str, Any]:
    return {
        "v": 1,
        "move": {"from": as_json(told.before), "to": to.value},
        "set": {
            **applicant_groups(draft.applicant),
            PROCEDURE: group,
            RETURN_CHANNEL: as_json(draft.return_channel),
        },
        "number": {"series": told.series, "value": told.value, "code": told.code},
    }


def _group(draft: Draft, procedure: Procedure | None, title: str, told: Told) -> dict[str, Any]:
    laid = tuple(replace(paper, files=(), pages=()) for paper in draft.papers)
    group = {
        "dossier_code": told.code,
        "provisional": False,
        "code": procedure.code if procedure else "",
        "version": procedure.version if procedure else "",
        "title": title,
        "time_limit": "",
        "papers": titled(laid, procedure) if procedure else laid,
        "sets": draft.sets,
        "received_at": told.at,
        "due_at": None,
        "calendar_confirmed": True,
        "received_by": told.by,
        "note": draft.note,
    }
    return {name: as_json(value) for name, value in group.items()}
