"""The outage log as a spreadsheet: evidence for a late dossier, with the entries by which central finds it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clerk_app.clock import in_vietnam
from clerk_app.domain.kinds import TITLES
from clerk_app.domain.outage import Outage, OutageAct
from clerk_app.spreadsheet.layout import OUTAGE_ACTS, OUTAGES
from clerk_app.spreadsheet.writing import write_workbook


def write_outages(outages: Iterable[tuple[Outage, str]], now: datetime) -> bytes:
    """Return an .xlsx file: a row for each outage with what was its cause, in words, and one for each act in it."""
    rows: list[dict[str, Any]] = []
    acts: list[dict[str, Any]] = []
    for number, (outage, cause) in enumerate(outages, start=1):
        rows.append(_row(number, outage, cause, now))
        acts += [_act(number, act) for act in outage.acts]
    return write_workbook(
        [
            (OUTAGES, [row.__getitem__ for row in rows]),
            (OUTAGE_ACTS, [act.__getitem__ for act in acts]),
        ],
        to_fill_in=False,
    )


def _row(number: int, outage: Outage, cause: str, now: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "counter": outage.counter,
        "since": _moment(outage.since),
        "until": _moment(outage.until),
        "last_failed": _moment(outage.last_failed),
        "minutes": int(outage.lasted(now).total_seconds()) // 60,
        "cause": cause,
        "rounds": outage.rounds,
        "dossiers": len(outage.dossiers),
        "acts": len(outage.acts),
        "begun": outage.begun,
        "ended": outage.ended,
    }


def _act(number: int, act: OutageAct) -> dict[str, Any]:
    return {
        "number": number,
        "code": act.code,
        "person": act.person,
        "act": TITLES.get(act.kind, act.kind),
        "occurred_at": _moment(act.occurred_at),
        "due": _moment(act.due),
        "entry_hash": act.entry_hash,
    }


def _moment(moment: datetime | None) -> datetime | None:
    """Return a moment as the clock of Việt Nam shows it; cells know no time zone."""
    return None if moment is None else in_vietnam(moment).replace(tzinfo=None, microsecond=0)
