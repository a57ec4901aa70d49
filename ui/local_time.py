"""Hours and days as the counter says them: stored in UTC, shown in Việt Nam's time."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.clock import VIETNAM

_NOTHING = "–"


def local(moment: datetime) -> datetime:
    """Return an aware moment in Việt Nam's time."""
    return moment.astimezone(VIETNAM)


def hour(moment: datetime) -> str:
    """Return e.g. "08:42"."""
    return local(moment).strftime("%H:%M")


def day(moment: datetime) -> str:
    """Return e.g. "23/11/2026"."""
    return local(moment).strftime("%d/%m/%Y")


def short(moment: datetime, now: datetime) -> str:
    """Return the hour alone for today, else the hour and the day, and the year if it is another: for lists."""
    here, today = local(moment), local(now)
    if here.date() == today.date():
        return here.strftime("%H:%M")
    return here.strftime("%H:%M %d/%m" if here.year == today.year else "%d/%m/%Y")


def due(moment: datetime | None, now: datetime) -> str:
    """Return the hour with its day, today by name: "16:30 hôm nay", "16:30 24/11"; a dash where nothing is promised."""
    if moment is None:
        return _NOTHING
    if local(moment).date() == local(now).date():
        return QCoreApplication.translate("LocalTime", "{hour} hôm nay").format(hour=hour(moment))
    return short(moment, now)


def full(moment: datetime | None) -> str:
    """Return e.g. "16:30, Thứ Hai 23/11/2026"; a dash where nothing is promised."""
    if moment is None:
        return _NOTHING
    here = local(moment)
    return f"{here:%H:%M}, {_weekday(here.weekday())} {here:%d/%m/%Y}"


def _weekday(number: int) -> str:
    names = (
        QCoreApplication.translate("LocalTime", "Thứ Hai"),
        QCoreApplication.translate("LocalTime", "Thứ Ba"),
        QCoreApplication.translate("LocalTime", "Thứ Tư"),
        QCoreApplication.translate("LocalTime", "Thứ Năm"),
        QCoreApplication.translate("LocalTime", "Thứ Sáu"),
        QCoreApplication.translate("LocalTime", "Thứ Bảy"),
        QCoreApplication.translate("LocalTime", "Chủ Nhật"),
    )
    return names[number]
