"""Unlock the counter: an officer's passphrase opens their entry key and the counter's data key."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.domain.officer import Officer
from clerk_app.services.offline_days import OfflineDays, SignedIn
from clerk_app.settings import read_enrolment, read_settings
from clerk_app.store import key_slots
from sync.clock import SystemClock, TimeSource
from sync.keys import Ed25519Signer


@dataclass(frozen=True, slots=True)
class Unlocked:
    """One officer at the counter, with the keys that their passphrase opened."""

    officer: Officer
    signer: Ed25519Signer = field(repr=False)  # signs the officer's entries
    data_key: bytes = field(repr=False)  # 32 bytes; the files of the counter hang on it
    days: OfflineDays | None = field(repr=False, default=None)  # asked again once legal time is known


def unlock(
    folder: Path,
    officer_id: str,
    passphrase: bytearray,
    signed_in: SignedIn | None = None,
    source: TimeSource | None = None,
) -> Unlocked:
    """Open the officer's slot and wipe the passphrase; a sign-in of this officer begins their offline days anew.

    Raises `NoSuchOfficer`, `WrongPassphrase`, `KeySlotsBroken`, `SettingsMissing` or `SettingsBroken`; by the counter's
    settings also `SignInFirst` and `ClockPutBack`.
    """
    try:
        settings = read_settings(folder)
        officer = settings.account(officer_id).officer
        enrolment = read_enrolment(folder)
        opened = key_slots.open_slot(folder, officer_id, passphrase, enrolment.device_secret)
    finally:
        passphrase[:] = bytes(len(passphrase))
    if enrolment.recovery_public_key:
        with suppress(OSError):  # a disk that takes no writing keeps nobody out
            key_slots.seal_to_recovery(folder, opened.data_key, enrolment.recovery_public_key)
    days = OfflineDays(settings, officer_id, opened, source or SystemClock())
    days.check(signed_in if signed_in is not None and signed_in.officer == officer_id else None)
    signer = Ed25519Signer(f"officer:{officer_id}", opened.entry_key)
    return Unlocked(officer, signer, opened.data_key, days)
