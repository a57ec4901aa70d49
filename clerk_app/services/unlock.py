"""Unlock the counter: an officer's passphrase opens their entry key and the counter's data key."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.domain.officer import Officer
from clerk_app.settings import read_enrolment, read_settings
from clerk_app.store import key_slots
from sync.keys import Ed25519Signer


@dataclass(frozen=True, slots=True)
class Unlocked:
    """One officer at the counter, with the keys that their passphrase opened."""

    officer: Officer
    signer: Ed25519Signer = field(repr=False)  # signs the officer's entries
    data_key: bytes = field(repr=False)  # 32 bytes; the files of the counter hang on it


def unlock(folder: Path, officer_id: str, passphrase: bytearray) -> Unlocked:
    """Open the officer's slot and wipe the passphrase.

    Raises `NoSuchOfficer`, `WrongPassphrase`, `KeySlotsBroken`, `SettingsMissing` or `SettingsBroken`.
    """
    try:
        officer = read_settings(folder).account(officer_id).officer
        enrolment = read_enrolment(folder)
        opened = key_slots.open_slot(folder, officer_id, passphrase, enrolment.device_secret)
    finally:
        passphrase[:] = bytes(len(passphrase))
    if enrolment.recovery_public_key:
        with suppress(OSError):  # a disk that takes no writing keeps nobody out
            key_slots.seal_to_recovery(folder, opened.data_key, enrolment.recovery_public_key)
    signer = Ed25519Signer(f"officer:{officer_id}", opened.entry_key)
    return Unlocked(officer, signer, opened.data_key)
