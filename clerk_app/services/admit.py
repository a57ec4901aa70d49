"""Let an officer to the desk: by what the journal knows of central's word and of legal time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.clock import format_moment
from clerk_app.errors import OfficeError
from clerk_app.services.unlock import Unlocked
from sync import authors
from sync.clock import read_time
from sync.journal import Journal


class OfficerRevoked(OfficeError):
    message = "Quyền của {officer} đã bị thu hồi trên máy chủ từ {when}."
    remedy = (
        "Việc đã làm vẫn được giữ, gửi và đánh dấu, không mất. Người khác mở quầy; nếu thu hồi nhầm, người quản trị "
        "đăng ký lại bằng lệnh enrol officer --new-key."
    )


@dataclass(frozen=True, slots=True)
class Admit:
    journal: Journal
    now: Callable[[], datetime]

    def __call__(self, unlocked: Unlocked) -> None:
        """Raise `OfficerRevoked`, `SignInFirst` or `ClockPutBack` for somebody who may not work here now."""
        now = self.now()
        for key in authors.known(self.journal).keys:
            is_theirs = (
                key.public_key == unlocked.signer.public_bytes and key.author == unlocked.signer.author
            )
            if is_theirs and key.revoked_at is not None and read_time(key.revoked_at) <= now:
                when = format_moment(read_time(key.revoked_at))
                raise OfficerRevoked(officer=unlocked.officer.name, when=when)
        if unlocked.days is not None:
            unlocked.days.check(legal=now)
