"""A catalogue brought up to date: what is new is added, what was published keeps its figures and stays.

PublishedChanged   a version that dossiers may be received under already would get other figures
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from clerk_app.domain.catalogue import Catalogue
from clerk_app.domain.procedure import Fee, Procedure
from clerk_app.errors import OfficeError

_LABEL = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d+))?")
OFFICE = "office"  # origin of a catalogue that an office imported itself


class PublishedChanged(OfficeError):
    message = "Thủ tục {code}, bản {version} đã công bố với số liệu khác."
    remedy = "Ghi số liệu mới thành bản mới có ngày hiệu lực; bản cũ chỉ thêm ngày hết hiệu lực."


def updated(current: Catalogue, given: Iterable[Procedure], today: date) -> Catalogue:
    """Return `current` with the given versions in it, under a label that follows its own.

    Nothing is ever dropped: a dossier may be pinned to any version. Without a difference `current` itself returns.
    """
    fresh = {(each.code, each.version): each for each in given}
    kept = tuple(fresh.pop((each.code, each.version), each) for each in current.procedures)
    procedures = (*kept, *fresh.values())
    if procedures == current.procedures:
        return current
    return Catalogue(next_label(current.version, today), procedures, OFFICE)


def check_unchanged(current: Catalogue, given: Procedure) -> None:
    """Raise `PublishedChanged` when a published version would get other figures.

    Its last day, sources, confirmations and everyday names may change: no dossier was received under those.
    """
    known = current.version_of(given.code, given.version)
    if known is not None and _figures(known) != _figures(given):
        raise PublishedChanged(code=given.code, version=given.version)


def follows(label: str, older: str) -> bool:
    """Return whether a catalogue of that label may take the place of an older one."""
    return _order(label) > _order(older)


def next_label(label: str, today: date) -> str:
    """Return the label after `label`: today's day, or one more on the same day. Labels never go back."""
    day, number = _order(label)
    if today.isoformat() > day:
        return today.isoformat()
    return f"{day}.{number + 1}"


def _order(label: str) -> tuple[str, int]:
    found = _LABEL.fullmatch(label)
    return (found[1], int(found[2] or 1)) if found else ("", 0)


def _figures(procedure: Procedure) -> Procedure:
    """Return the version without what may change after it was published."""
    return replace(
        procedure,
        valid_to=None,
        source="",
        confirmed=False,
        keywords=(),
        time_limit=replace(procedure.time_limit, source="", confirmed=False),
        papers=tuple(replace(paper, source="", confirmed=False) for paper in procedure.papers),
        fees=tuple(_plain(fee) for fee in procedure.fees),
    )


def _plain(fee: Fee) -> Fee:
    exemptions = tuple(replace(each, source="", confirmed=False) for each in fee.exemptions)
    return replace(fee, source="", confirmed=False, exemptions=exemptions)
