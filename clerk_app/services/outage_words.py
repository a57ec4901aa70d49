"""The outage log in words: how far the counter came, from when to when, and how much was done meanwhile."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from clerk_app.clock import format_moment
from clerk_app.domain.kinds import TITLES
from clerk_app.domain.outage import Cause, Outage
from clerk_app.errors import Said, say

NONE = say("Chưa ghi nhận lần mất kết nối nào.")

CAUSES: Mapping[Cause, Said] = {
    Cause.NAME: say("Không tìm ra địa chỉ máy chủ (mất mạng hoặc lỗi tên miền)."),
    Cause.CONNECTION: say("Không nối được tới máy chủ."),
    Cause.TIME_OUT: say("Máy chủ không trả lời trong thời gian chờ."),
    Cause.CERTIFICATE: say("Chứng thư của máy chủ không được chấp nhận."),
    Cause.PROXY: say("Máy chủ trung gian (proxy) không cho qua."),
    Cause.BUSY: say("Máy chủ báo đang bận hoặc tạm dừng."),
    Cause.FAILED: say("Máy chủ báo lỗi."),
    Cause.REFUSED: say("Máy chủ không nhận máy này."),
    Cause.OTHER: say("Máy chủ trả lời không đúng giao ước."),
}


def span(outage: Outage) -> Said:
    """Return from when to when, in the hours of Việt Nam."""
    since = format_moment(outage.since)
    if outage.until is not None:
        return say("{since} đến {until}", since=since, until=format_moment(outage.until))
    if outage.lasts:
        return say("{since} đến nay", since=since)
    return say(
        "{since}, không rõ lúc nối lại; lần hỏi cuối {last}",
        since=since,
        last=format_moment(outage.last_failed),
    )


def length(lasted: timedelta) -> Said:
    """Return how long, in days, hours and minutes; the smaller ones are left out of long ones."""
    minutes = int(lasted.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if hours >= 24:
        return say("{days} ngày {hours} giờ", days=hours // 24, hours=hours % 24)
    if hours:
        return say("{hours} giờ {minutes} phút", hours=hours, minutes=minutes)
    return say("{minutes} phút", minutes=minutes) if minutes else say("chưa đến 1 phút")


def extent(outage: Outage) -> Said:
    """Return how much was done meanwhile."""
    if not outage.acts:
        return say("Không có việc nào trong lúc này.")
    return say("{dossiers} hồ sơ, {acts} việc.", dossiers=len(outage.dossiers), acts=len(outage.acts))


def as_lines(outages: Iterable[Outage], now: datetime, told: Callable[[str], str]) -> str:
    """Return the log as text, to be read or pasted; `told` puts a sentence in the reader's language."""
    lines = [line for outage in outages for line in _lines(outage, now, told)]
    return "\n".join(lines or [told(NONE)])


def _lines(outage: Outage, now: datetime, told: Callable[[str], str]) -> Iterator[str]:
    yield f"{outage.counter} · {told(span(outage))} · {told(length(outage.lasted(now)))}"
    yield f"  {told(CAUSES[outage.cause])} {told(extent(outage))}"
    for act in outage.acts:
        title = told(TITLES.get(act.kind, act.kind))
        yield f"  {format_moment(act.occurred_at)}  {title}  {act.who}"
