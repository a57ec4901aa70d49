"""The register's filters in the counter's words: what can be chosen, and what is chosen now."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.dossier import Status
from clerk_app.domain.register_filter import Due, RegisterChoices, RegisterFilter
from ui.act_words import state

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter's menu, and what choosing it makes of the filter."""

    words: str
    wanted: RegisterFilter
    chosen: bool = False


def states(now: RegisterFilter) -> list[Choice]:
    """Return the states of the domain, each in its words."""
    every = Choice(translate("Filters", "Mọi trạng thái"), replace(now, status=None), now.status is None)
    return [
        every,
        *(Choice(state(each)[0], replace(now, status=each), now.status is each) for each in Status),
    ]


def dues(now: RegisterFilter) -> list[Choice]:
    """Return when the result may be promised."""
    every = Choice(translate("Filters", "Hẹn trả lúc nào cũng được"), replace(now, due=None), now.due is None)
    return [every, *(Choice(_due(each), replace(now, due=each), now.due is each) for each in Due)]


def periods(now: RegisterFilter, today: date) -> list[Choice]:
    """Return the days of receipt that are asked for most; the whole of a week begins on Monday."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = first - timedelta(days=1)
    spans = (
        (translate("Filters", "Nhận ngày nào cũng được"), None, None),
        (translate("Filters", "Hôm nay"), today, today),
        (translate("Filters", "Hôm qua"), today - timedelta(days=1), today - timedelta(days=1)),
        (translate("Filters", "Tuần này"), monday, today),
        (translate("Filters", "Tháng này"), first, today),
        (translate("Filters", "Tháng trước"), before.replace(day=1), before),
        (translate("Filters", "Năm nay"), today.replace(month=1, day=1), today),
    )
    here = (now.received_from, now.received_to)
    return [
        Choice(words, replace(now, received_from=since, received_to=until), here == (since, until))
        for words, since, until in spans
    ]


def procedures(now: RegisterFilter, choices: RegisterChoices) -> list[Choice]:
    """Return the procedures of the dossiers on this machine."""
    every = Choice(translate("Filters", "Mọi thủ tục"), replace(now, procedure=""), not now.procedure)
    return [
        every,
        *(
            Choice(title, replace(now, procedure=code), now.procedure == code)
            for code, title in choices.procedures
        ),
    ]


def officers(now: RegisterFilter, choices: RegisterChoices) -> list[Choice]:
    """Return the officers who received the dossiers on this machine."""
    every = Choice(translate("Filters", "Mọi cán bộ"), replace(now, officer=""), not now.officer)
    return [
        every,
        *(Choice(name, replace(now, officer=name), now.officer == name) for name in choices.officers),
    ]


def chosen(choices: list[Choice]) -> str:
    """Return the words of the chosen line, "" while it is the first: nothing is left out."""
    return next((each.words for each in choices[1:] if each.chosen), "")


def span(wanted: RegisterFilter, today: date) -> str:
    """Return the days of receipt as dates, without the year of today; "" for any."""
    since, until = (_day(day, today) for day in (wanted.received_from, wanted.received_to))
    if since and until:
        return since if since == until else f"{since} – {until}"
    if since:
        return translate("Filters", "từ {day}").format(day=since)
    return translate("Filters", "đến {day}").format(day=until) if until else ""


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%Y}"


def _due(due: Due) -> str:
    return {
        Due.TODAY: translate("Filters", "Trả hôm nay"),
        Due.TOMORROW: translate("Filters", "Trả ngày mai"),
        Due.OVERDUE: translate("Filters", "Quá hạn"),
    }[due]
