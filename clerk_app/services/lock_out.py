"""Take an officer's way into this counter: who left, or lost their right, opens nothing of it with their passphrase.

Whoever does it is let in and keeps their own way, so the last one never goes.
"""

from dataclasses import dataclass
from pathlib import Path

import structlog

from clerk_app.domain.officer import Officer
from clerk_app.errors import OfficeError
from clerk_app.store import key_slots

log = structlog.get_logger(__name__)


class LockOutOneself(OfficeError):
    message = "Không tự gỡ mật khẩu của chính mình: quầy phải luôn còn một người mở được."
    remedy = "Để người khác ở quầy này gỡ giúp."


class NothingToTake(OfficeError):
    message = "{officer} không có mật khẩu ở quầy này."
    remedy = "Xem lại mã cán bộ; không có gì phải gỡ."


@dataclass(frozen=True, slots=True)
class LockOut:
    folder: Path
    officer: Officer  # who does it

    def __call__(self, officer_id: str) -> None:
        """Remove one officer's slot; they come back by a new code only. Raises `LockOutOneself`, `NothingToTake`, `KeySlotsBroken`."""
        if officer_id == self.officer.id:
            raise LockOutOneself
        if not key_slots.has_slot(self.folder, officer_id):
            raise NothingToTake(officer=officer_id)
        key_slots.drop_slot(self.folder, officer_id)
        log.warning("officer_locked_out", officer=officer_id, by=self.officer.id)
