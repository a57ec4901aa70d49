"""Outages in the words of the mailbox."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.outage import Outage, OutageAct
from clerk_app.services.outage_words import CAUSES, extent, length, span
from ui import local_time
from ui.language import told
from ui.theme import Tone
from ui.widgets.findings import Finding

translate = QCoreApplication.translate
_SHOWN = 14  # dossiers; all of them stand in the spreadsheet, with every act


def finding(outage: Outage, now: datetime) -> Finding:
    """Return an outage as a line, with the dossiers that were worked on meanwhile beside it."""
    first: dict[str, OutageAct] = {}
    for act in outage.acts:
        first.setdefault(act.dossier, act)
    shown = [_dossier(each) for each in tuple(first.values())[:_SHOWN]]
    if further := len(first) - len(shown):
        more = translate("Outages", "… và {count} hồ sơ nữa; xuất bảng tính để xem đủ.")
        shown.append(more.format(count=further))
    asked = translate("Outages", "Hỏi {rounds} lần không được, lần cuối {last}.")
    asked = asked.format(rounds=outage.rounds, last=local_time.short(outage.last_failed, now))
    return Finding(
        key=outage.begun,
        title=told(span(outage)),
        found=f"{told(CAUSES[outage.cause])} {told(extent(outage))}",
        todo="",
        badge=told(length(outage.lasted(now))),
        tone=Tone.WARN if outage.lasts else Tone.NEUTRAL,
        more="\n".join((asked, "", *shown)),
    )


def _dossier(act: OutageAct) -> str:
    return f"{local_time.local(act.occurred_at):%H:%M}  {act.who}"
