"""When a certificate, or an officer's entry key, ends, and how early and how loudly the counter says so."""

from datetime import datetime, timedelta

from clerk_app.domain.calendar import VIETNAM
from clerk_app.errors import say

STEPS = (30, 15, 7, 1)  # days before the end; a certificate takes the issuer some days to renew
RENEW = say("Xin cấp chứng thư mới ngay bây giờ; chứng thư cũ vẫn ký được đến hết ngày ấy.")


def days_left(valid_to: datetime, now: datetime) -> int:
    """Count days on the calendar of Việt Nam; 0: it ends today, below: it is over."""
    left = (valid_to.astimezone(VIETNAM).date() - now.astimezone(VIETNAM).date()).days
    return min(left, -1) if valid_to <= now else left


def step(valid_to: datetime, now: datetime) -> int | None:
    """Return which of `STEPS` has been reached, `None` before the first and after the end."""
    left = days_left(valid_to, now)
    return min((each for each in STEPS if left <= each), default=None) if left >= 0 else None


def expiry_sentence(owner: str, valid_to: datetime, now: datetime) -> str:
    """Return the warning about a certificate that ends soon or has ended; empty when neither."""
    left = days_left(valid_to, now)
    day = f"{valid_to.astimezone(VIETNAM):%d/%m/%Y}"
    if left < 0:
        return say("Chứng thư số của {owner} đã hết hạn ngày {day}.", owner=owner, day=day)
    if step(valid_to, now) is None:
        return ""
    if left == 0:
        return say("Chứng thư số của {owner} hết hạn hôm nay, ngày {day}.", owner=owner, day=day)
    return say(
        "Chứng thư số của {owner} hết hạn ngày {day} (còn {days} ngày).", owner=owner, day=day, days=left
    )


def entry_key_sentence(officer: str, valid_to: datetime, now: datetime) -> str:
    """Return the warning about the key that signs an officer's entries, as central certified it; empty when it lasts."""
    if valid_to - now > timedelta(days=max(STEPS) + 1):
        return ""  # it may last for ever, and for ever has no day on the calendar
    left = days_left(valid_to, now)
    day = f"{valid_to.astimezone(VIETNAM):%d/%m/%Y}"
    if left < 0:
        return say(
            "Đăng ký của {officer} trên máy chủ đã hết hạn ngày {day}: việc ghi từ đó bị đánh dấu. Xin mã đăng ký mới ngay.",
            officer=officer,
            day=day,
        )
    if step(valid_to, now) is None:
        return ""
    return say(
        "Đăng ký của {officer} trên máy chủ hết hạn ngày {day} (còn {days} ngày). Xin mã đăng ký mới từ bây giờ.",
        officer=officer,
        day=day,
        days=left,
    )
