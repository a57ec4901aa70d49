"""Give an officer who cannot sign in some days more, once: a leader of the counter does, or who holds the recovery key."""

from pathlib import Path

import structlog

from clerk_app.clock import now
from clerk_app.domain.officer import Role
from clerk_app.services.offline_days import Extension, extend
from clerk_app.services.recovery import read_recovery_key
from clerk_app.services.roles import require_role
from clerk_app.services.unlock import unlock
from clerk_app.settings import read_settings
from clerk_app.store import key_slots

RECOVERY_KEY = "recovery-key"  # as who it was
log = structlog.get_logger(__name__)


def by_leader(
    folder: Path, officer_id: str, days: int, reason: str, leader_id: str, passphrase: bytearray
) -> Extension:
    """Let a leader who may unlock here do it; the passphrase is wiped.

    Raises `NotYourRole`, what `unlock` raises, `ReasonMissing`, `ExtensionTooLong`.
    """
    leader = unlock(folder, leader_id, passphrase)
    require_role(leader.officer, Role.LEADER)
    return _extended(folder, officer_id, leader.data_key, days, leader_id, reason)


def by_recovery_key(folder: Path, officer_id: str, days: int, reason: str, key: Path) -> Extension:
    """Let the unit's recovery key do it: the way in when nobody may unlock any more.

    Raises `RecoveryKeyUnreadable`, `NotSealedToRecovery`, `ReasonMissing`, `ExtensionTooLong`.
    """
    data_key = key_slots.open_by_recovery(folder, read_recovery_key(key))
    return _extended(folder, officer_id, data_key, days, RECOVERY_KEY, reason)


def _extended(folder: Path, officer_id: str, data_key: bytes, days: int, by: str, reason: str) -> Extension:
    told = extend(read_settings(folder), officer_id, data_key, days, by, reason, now())
    log.warning("offline_days_extended", officer=officer_id, by=by, until=told.until)
    return told
