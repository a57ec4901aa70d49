"""Commands for the end of a day: whether the books agree, and when central was out of reach."""

import argparse
from datetime import date
from typing import Any

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome, WrongUsage
from clerk_app.cli.sheets import write_new
from clerk_app.cli.words import in_language
from clerk_app.clock import now
from clerk_app.domain.reconciling import DayReport
from clerk_app.domain.record import as_json
from clerk_app.services.outage_words import as_lines as as_lines_of_outages
from clerk_app.services.reconcile_words import as_lines, conclusion


class DayUnclear(WrongUsage):
    message = "Không hiểu ngày “{text}”."
    remedy = "Viết theo dạng 2026-11-23."


def reconcile(options: argparse.Namespace) -> Outcome:
    """Hold a day against every book: 0 when all agrees, else 1."""
    with unlocked_desk(options) as desk:
        report = desk.reconcile_day(day_in(options.day))
    code = 0 if report.agrees else 1
    return (_told(report) if options.json else as_lines(report, in_language)), code


def outages(options: argparse.Namespace) -> Outcome:
    """List when central was out of reach and what was done meanwhile; with --out as a spreadsheet."""
    with unlocked_desk(options) as desk:
        found = desk.outages()
        if options.out is not None:
            write_new(options.out, desk.outage_sheet())
    if options.json:
        return [as_json(each) | {"dossiers": list(each.dossiers)} for each in found], 0
    return as_lines_of_outages(found, now(), in_language), 0


def day_in(text: str) -> date | None:
    """Read a day as it is typed, None for an empty text; raises `DayUnclear`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise DayUnclear(text=text) from wrong


def _told(report: DayReport) -> dict[str, Any]:
    lines = [
        {"dossier": each.dossier, "code": each.code, "person": each.person, "agreement": each.agreement.value}
        | {"findings": [as_json(finding) for finding in each.findings]}
        for each in report.lines
    ]
    return {
        "day": report.day.isoformat(),
        "agrees": report.agrees,
        "sentence": in_language(conclusion(report)),
        "asked_at": as_json(report.asked_at),
        "counts": as_json(report.counts),
        "lines": lines,
    }
