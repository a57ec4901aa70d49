"""What stays of a dossier whose content is gone: the line by which the register still finds it, and why it is gone.

Nothing in such a line tells of a person but the officer who received it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Dossier, Gone, GoneBy, ReturnChannel, SendState, Status
from clerk_app.domain.record import as_json, from_json
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

CLOSED = frozenset({Status.REFUSED, Status.RETURNED})
"""Where nothing more is awaited of anybody: such a dossier may be retired by age."""

_LINE = "line"  # member of a redaction's body, and of what a retired dossier leaves


class GroundMissing(OfficeError):
    message = "Chưa ghi căn cứ xóa hoặc người ra quyết định."
    remedy = "Ghi số, ngày văn bản làm căn cứ và tên người quyết định; không ghi tên người dân."


@dataclass(frozen=True, slots=True)
class Ground:
    """Why content is deleted, and who ordered it; both stay for ever, so they name no citizen."""

    text: str  # number and date of the decision
    ordered_by: str


def checked_ground(text: str, ordered_by: str) -> Ground:
    """Return the ground as it is written down; raises `GroundMissing`."""
    ground = Ground(nfc(text.strip()), nfc(ordered_by.strip()))
    if not ground.text or not ground.ordered_by:
        raise GroundMissing
    return ground


def line_of(dossier: Dossier) -> Dossier:
    """Return what may stay of a dossier: code, procedure, times, status and who received it.

    What a refused one is called are the officer's words about what the citizen wanted: they go.
    """
    refused = dossier.status is Status.REFUSED
    return replace(
        dossier,
        procedure_title=dossier.procedure if refused else dossier.procedure_title,
        applicant=Applicant(),
        papers=(),
        return_channel=ReturnChannel(),
        documents=(),
        sending=SendState.SENT,
        note="",
        fees=(),
        handed=None,
        gone=None,
    )


def redaction_members(dossier: Dossier, ground: Ground) -> dict[str, Any]:
    """Return what the body of a redaction says beside the names of what goes."""
    return {
        "v": 1,
        "ground": ground.text,
        "ordered_by": ground.ordered_by,
        _LINE: as_json(line_of(dossier)),
    }


def redacted_line(told: Mapping[str, Any], at: datetime) -> Dossier:
    """Return the line that a redaction's body tells, written at `at`; raises `RecordDamaged`."""
    gone = Gone(GoneBy.ORDER, str(told.get("ground", "")), str(told.get("ordered_by", "")), at)
    return replace(line_of(from_json(Dossier, told.get(_LINE))), gone=gone)


def retired_line(told: Mapping[str, Any]) -> Dossier:
    """Return the line of a retired dossier from what `retired_record` made; raises `RecordDamaged`."""
    return replace(line_of(from_json(Dossier, told.get(_LINE))), gone=Gone(GoneBy.AGE))


def retired_record(dossier: Dossier, files: tuple[str, ...]) -> dict[str, Any]:
    """Return what is kept of a dossier that is retired; `files` (sha256): so that they can still be redacted."""
    return {"v": 1, _LINE: as_json(line_of(dossier)), "files": list(files)}


def retired_files(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files that a retired dossier had; raises `RecordDamaged`."""
    return from_json(tuple[str, ...], told.get("files", []), "files")
