"""The code of a dossier that was received under a provisional number: given later, told by a further signed paper.

The provisional number stays what it is on every paper that prints it, and finds the dossier for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier

CODE = "code"
"""The group in which it stands; whoever comes second with another one changes nothing."""

_FIELD = "legal_code"


@dataclass(frozen=True, slots=True)
class CodeWaiting:
    """A dossier that has no code but its provisional number, or whose citizen was not told of it yet."""

    dossier: str  # id
    provisional: str  # TAM-…
    person: str
    received_at: datetime  # UTC
    legal_code: str = ""  # given already: only the paper is missing


def waits_for_code(dossier: Dossier) -> bool:
    """Whether a code or the paper that tells of it is still to be given; nobody is left to tell where all is gone."""
    if not dossier.provisional or not dossier.status.is_accepted or dossier.gone is not None:
        return False
    told = any(each.kind is DocumentKind.CODE_NOTICE and each.valid for each in dossier.documents)
    return not (dossier.legal_code and told)


def code_given_body(code: str, series: str, value: int, by: str) -> dict[str, Any]:
    """Return the body of `code_given`: the number used, and the code that it makes."""
    return {
        "v": 1,
        "set": {CODE: {_FIELD: code, "given_by": by}},
        "base_values": {CODE: {_FIELD: None}},
        "number": {"series": series, "value": value, "code": code},
    }


def legal_code_of(groups: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the code that was given later; "" where there is none that can be read."""
    told = groups.get(CODE, {}).get(_FIELD)
    return told if isinstance(told, str) else ""
