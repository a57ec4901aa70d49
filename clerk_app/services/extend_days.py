"""Give an officer who cannot sign in some days more, once: a leader of the counter does, or who holds the recovery key.

It is an entry in the journal before it is in the officer's slot, so that central and the day's report know of it; nothing
outside this computer is asked.
"""

from datetime import timedelta
from pathlib import Path

import structlog

from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Role
from clerk_app.services.admit import Admit
from clerk_app.services.legal_time import LegalTime
from clerk_app.services.offline_days import Extension, check_extension, keep_extension
from clerk_app.services.recovery import read_recovery_key
from clerk_app.services.roles import require_role
from clerk_app.services.safekeeping import Safekeeping
from clerk_app.services.unlock import unlock
from clerk_app.settings import Settings, read_enrolment, read_settings
from clerk_app.store import key_slots
from sync.clock import SystemClock, rfc3339
from sync.entry import Signer
from sync.journal import Journal, open_journal

RECOVERY_KEY = "recovery-key"  # as who it was
log = structlog.get_logger(__name__)


def by_leader(
    folder: Path, officer_id: str, days: int, reason: str, leader_id: str, passphrase: bytearray
) -> Extension:
    """Let a leader who may unlock here do it; the passphrase is wiped. The leader's key signs the entry.

    Raises `NotYourRole`, what `unlock` and `Admit` raise, `ReasonMissing`, `ExtensionTooLong`; `JournalHeld` while a window
    or another command has the counter open.
    """
    opened = unlock(folder, leader_id, passphrase)
    settings = read_settings(folder)
    check_extension(settings, officer_id, days, reason)
    with _journal(Safekeeping(settings, read_enrolment(folder), opened.data_key)) as journal:
        leader = Admit(journal, LegalTime(journal, SystemClock()))(opened)
        require_role(leader.officer, Role.LEADER)
        told = _told(journal, leader.signer, officer_id, days, (leader_id, reason))
    return _kept(settings, officer_id, leader.data_key, told)


def by_recovery_key(folder: Path, officer_id: str, days: int, reason: str, key: Path) -> Extension:
    """Let the unit's recovery key do it: the way in when nobody may unlock any more. The device signs the entry.

    Raises `RecoveryKeyUnreadable`, `NotSealedToRecovery`, `ReasonMissing`, `ExtensionTooLong`, `JournalHeld`.
    """
    data_key = key_slots.open_by_recovery(folder, read_recovery_key(key))
    settings = read_settings(folder)
    check_extension(settings, officer_id, days, reason)
    keeping = Safekeeping(settings, read_enrolment(folder), data_key)
    with _journal(keeping) as journal:
        told = _told(journal, keeping.device, officer_id, days, (RECOVERY_KEY, reason))
    return _kept(settings, officer_id, data_key, told)


def _journal(keeping: Safekeeping) -> Journal:
    place = keeping.place
    return open_journal(place.folder, place.key, place.unit, keeping.device, SystemClock(), keeping.safety)


def _told(journal: Journal, signer: Signer, officer_id: str, days: int, why: tuple[str, str]) -> Extension:
    """Write the entry on the unit: for whom, until when, by whom and why."""
    by, reason = why
    with journal.act(signer) as act:
        told = Extension(rfc3339(act.now), rfc3339(act.now + timedelta(days=days)), by, reason.strip())
        body = {
            "v": 1,
            "officer": f"officer:{officer_id}",
            "until": told.until,
            "by": by,
            "reason": told.reason,
        }
        act.add(journal.unit, Kind.DAYS_EXTENDED, body)
    return told


def _kept(settings: Settings, officer_id: str, data_key: bytes, told: Extension) -> Extension:
    keep_extension(settings, officer_id, data_key, told)
    log.warning("offline_days_extended", officer=officer_id, by=told.by, until=told.until)
    return told
