"""The books of a day in the counter's words."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.reconciling import Agreement, DayLine, DayReport
from clerk_app.services.reconcile_words import OF_THE_COUNTER, conclusion, details
from clerk_app.services.reconcile_words import asked as asked_words
from ui.language import told
from ui.reconcile.view_model import key_of
from ui.theme import Tone
from ui.widgets.findings import Finding

translate = QCoreApplication.translate
TONES = {Agreement.AGREES: Tone.OK, Agreement.OPEN: Tone.WARN, Agreement.DIFFERS: Tone.BAD}


def badge(agreement: Agreement) -> str:
    """Return how a line stands in a word or two."""
    return {
        Agreement.AGREES: translate("Reconcile", "Khớp"),
        Agreement.OPEN: translate("Reconcile", "Còn dở"),
        Agreement.DIFFERS: translate("Reconcile", "Không khớp"),
    }[agreement]


def finding(line: DayLine, *, asked: bool) -> Finding:
    """Return a line with all that was found, and what to do about each; `asked`: whether central was."""
    title = " · ".join(part for part in (line.code, line.person) if part) or told(OF_THE_COUNTER)
    what = [told(each.what) for each in line.findings]
    first = what[0] if what else _agreeing(asked)
    steps = dict.fromkeys(_step(told(each.next_step), told(each.owner)) for each in line.findings)
    return Finding(
        key=key_of(line),
        title=title,
        found=first,
        todo="\n".join(steps),
        badge=badge(line.agreement),
        tone=TONES[line.agreement],
        more="\n".join(what[1:]),
    )


def tone(report: DayReport) -> Tone:
    """Return the colour of the whole day."""
    for agreement in (Agreement.DIFFERS, Agreement.OPEN):
        if report.count(agreement):
            return TONES[agreement]
    return Tone.OK if report.agrees else Tone.WARN


def summary(report: DayReport) -> tuple[str, str]:
    """Return how the day stands, and what central said of it."""
    return told(conclusion(report)), told(asked_words(report))


def figures(report: DayReport) -> str:
    """Return the further figures of the day in one row of sentences."""
    return "  ".join(told(each) for each in details(report))


def _agreeing(asked: bool) -> str:
    if asked:
        return translate("Reconcile", "Số, giấy, sổ và máy chủ khớp nhau.")
    return translate("Reconcile", "Số, giấy và sổ khớp nhau; chưa hỏi máy chủ.")


def _step(next_step: str, owner: str) -> str:
    return (
        translate("Reconcile", "{step} ({owner})").format(step=next_step, owner=owner) if owner else next_step
    )
