"""The officers' key slots: one random data key of the counter, wrapped once for each officer.

A slot's key is argon2id over the passphrase, combined with this device's secret (HKDF-SHA256).
Under it lie, by AES-256-GCM: the counter's data key and the officer's own entry key. There is no
separate verifier: the seal of the data key tells whether the passphrase was right.

Beside the slots the data key lies sealed to the unit's recovery key, the last way in when nobody's passphrase opens.
"""

import json
import secrets
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from argon2.low_level import Type, hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clerk_app.errors import OfficeError
from clerk_app.settings import replace_file
from sync.keys import Ed25519Signer
from sync.os_lock import let_go, take
from sync.sealed import WrongBox, close_box, open_box

KEYS = "keys.json"
_SPARE = "keys.recovery.json"  # the recovery key's box once more: one damaged file takes not every way in
_LOCK = "keys.lock"
_PATIENCE = 10.0  # seconds for another program to write a small file
_THIS_PROGRAM = threading.Lock()
_RECOVERY = b"data-key-v1"  # what a box beside the slots is for
_VERSION = 1


class WrongPassphrase(OfficeError):
    message = "Mật khẩu chưa đúng."
    remedy = "Nhập lại; kiểm tra bộ gõ tiếng Việt và phím Caps Lock."


class NoSlot(OfficeError):
    message = "Cán bộ {officer} chưa có mật khẩu trên máy này."
    remedy = "Nhờ người quản trị của quầy cấp mật khẩu trên máy này."


class KeySlotsBroken(OfficeError):
    message = "Tệp khóa của quầy không đọc được: {path}."
    remedy = (
        "Giữ nguyên tệp, đừng xóa; gọi người quản trị: chép lại từ bản sao, hoặc cấp lại mật khẩu cho từng người bằng "
        "lệnh enrol officer với --recovery-key."
    )


class NotSealedToRecovery(OfficeError):
    message = "Khóa của quầy không mở được bằng khóa khôi phục này."
    remedy = "Kiểm tra đúng tệp khóa khôi phục của đơn vị; hoặc nhờ một cán bộ đang có mật khẩu trên máy này."


class KeySlotsNewer(KeySlotsBroken):
    message = "Tệp khóa của quầy do phiên bản mới hơn tạo: {path}."
    remedy = "Cập nhật chương trình trên máy này rồi mở lại."


@dataclass(frozen=True, slots=True)
class Hardness:
    """Parameters of argon2id, stored with each slot so that they can grow. Default: RFC 9106, low memory."""

    time_cost: int = RFC_9106_LOW_MEMORY.time_cost
    memory_kib: int = RFC_9106_LOW_MEMORY.memory_cost
    lanes: int = RFC_9106_LOW_MEMORY.parallelism


@dataclass(frozen=True, slots=True)
class OpenedSlot:
    """What a right passphrase opens."""

    data_key: bytes = field(repr=False)  # 32 bytes, the same for every officer of the counter
    entry_key: bytes = field(repr=False)  # Ed25519 private key of this officer, 32 bytes
    own_key: bytes = field(
        repr=False, compare=False, default=b""
    )  # 32 bytes; opens and closes the slot's notes


def new_data_key() -> bytes:
    """Make the data key of a new counter: 32 random bytes."""
    return secrets.token_bytes(32)


def derived(data_key: bytes, purpose: str) -> bytes:
    """Derive the 32-byte key of one purpose ("journal", "archive", "files") from the data key."""
    return _hkdf(data_key, f"quay-mot-cua/{purpose}/v1")


def add_slot(
    folder: Path,
    officer_id: str,
    passphrase: bytearray,
    device_secret: bytes,
    opened: OpenedSlot,
    hardness: Hardness = Hardness(),
) -> None:
    """Wrap the keys for one officer (a slot that was there is replaced) and wipe the passphrase."""
    salt = secrets.token_bytes(16)
    try:
        own = _own_key(_ways_to_write(bytes(passphrase))[0], salt, hardness, device_secret)
    finally:
        passphrase[:] = bytes(len(passphrase))
    slot = {
        "officer": officer_id,
        "kdf": {"name": "argon2id", "salt": salt.hex(), **asdict(hardness)},
        "data_key": _wrap(own, "data-key", officer_id, opened.data_key),
        "entry_key": _wrap(own, "entry-key", officer_id, opened.entry_key),
        "public_key": Ed25519Signer(f"officer:{officer_id}", opened.entry_key).public_bytes.hex(),
    }
    with _changing(folder) as file:
        file.slots[officer_id] = slot


def has_any(folder: Path) -> bool:
    """Whether anybody has a slot at this counter."""
    return (folder / KEYS).exists()


def is_sealed(folder: Path) -> bool:
    """Whether a data key of this counter is known to somebody: another would leave closed what the first has sealed."""
    return has_any(folder) or (folder / _SPARE).exists()


def has_slot(folder: Path, officer_id: str) -> bool:
    """Whether an officer has a slot; raises `KeySlotsBroken`."""
    return has_any(folder) and any(slot["officer"] == officer_id for slot in _read(folder))


def drop_slot(folder: Path, officer_id: str) -> None:
    """Remove one officer's slot; the others and the recovery key open as before. Raises `KeySlotsBroken`."""
    with _changing(folder) as file:
        file.slots.pop(officer_id, None)


def put_note(folder: Path, officer_id: str, key: bytes, name: str, note: bytes) -> None:
    """Keep a note in an officer's slot, sealed by a key (32 bytes): the slot's own, or one that `derived` gives.

    It goes with the slot: a new passphrase is a new slot. Nothing happens where there is none.
    """
    with _changing(folder) as file:
        if (slot := file.slots.get(officer_id)) is not None:
            slot.setdefault("notes", {})[name] = _wrap(key, name, officer_id, note)


def read_note(folder: Path, officer_id: str, key: bytes, name: str) -> bytes | None:
    """Return a note of an officer's slot; None when there is none, or it is not as it was put there."""
    for slot in _read(folder):
        if slot["officer"] == officer_id:
            try:
                return _unwrap(key, name, officer_id, slot["notes"][name])
            except (InvalidTag, KeyError, TypeError, ValueError):
                return None
    return None


def say_openly(folder: Path, officer_id: str, name: str, text: str) -> None:
    """Let a text be read without a passphrase: for the eyes alone, anybody can change it."""
    with _changing(folder) as file:
        if (slot := file.slots.get(officer_id)) is not None:
            slot.setdefault("open", {})[name] = text


def said_openly(folder: Path, name: str) -> dict[str, str]:
    """Return officer id -> text, of every slot where `say_openly` left one; raises `KeySlotsBroken`."""
    told = {slot["officer"]: slot.get("open", {}) for slot in _read(folder)} if has_any(folder) else {}
    return {who: str(said[name]) for who, said in told.items() if isinstance(said, dict) and name in said}


def seal_to_recovery(folder: Path, data_key: bytes, public_key: bytes) -> None:
    """Let the unit's recovery key (its public half, 32 bytes) open the data key too; harmless to repeat."""
    box = _recovery_box(folder)
    if box.get("public_key") != public_key.hex():
        box = {"public_key": public_key.hex(), "sealed": close_box(data_key, _RECOVERY, public_key).hex()}
        with _changing(folder) as file:
            file.recovery = box
    if _box_in(folder / _SPARE) != box:
        replace_file(folder / _SPARE, json.dumps({"v": _VERSION, "recovery": box}, indent=2).encode() + b"\n")


def open_by_recovery(folder: Path, private_key: bytes) -> bytes:
    """Return the data key by the unit's recovery key, also where the slots are gone; raises `NotSealedToRecovery`."""
    for path in (folder / KEYS, folder / _SPARE):
        with suppress(WrongBox, ValueError):
            return open_box(bytes.fromhex(_box_in(path).get("sealed", "")), _RECOVERY, private_key)
    raise NotSealedToRecovery


def is_broken(folder: Path) -> bool:
    """Whether the slots are there and cannot be read: damage, not a newer version's."""
    try:
        return has_any(folder) and not _read(folder)
    except KeySlotsNewer:
        return False
    except KeySlotsBroken:
        return True


def put_aside(folder: Path) -> None:
    """Begin without slots; the file stays under another name."""
    with _alone(folder):
        (folder / KEYS).rename(folder / f"{KEYS}.damaged-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}")


def open_slot(folder: Path, officer_id: str, passphrase: bytearray, device_secret: bytes) -> OpenedSlot:
    """Open one officer's slot and wipe the passphrase.

    Raises `WrongPassphrase`, `NoSlot` or `KeySlotsBroken`.
    """
    try:
        for slot in _read(folder):
            if slot["officer"] == officer_id:
                return _open_by_any(folder, slot, _ways_to_write(bytes(passphrase)), device_secret)
    finally:
        passphrase[:] = bytes(len(passphrase))
    raise NoSlot(officer=officer_id)


def public_keys(folder: Path) -> dict[str, bytes]:
    """Return author -> Ed25519 public key (32 bytes) of every officer with a slot; raises `KeySlotsBroken`."""
    try:
        return {f"officer:{slot['officer']}": bytes.fromhex(slot["public_key"]) for slot in _read(folder)}
    except (KeyError, TypeError, ValueError) as wrong:
        raise KeySlotsBroken(path=folder / KEYS) from wrong


def _ways_to_write(passphrase: bytes) -> list[bytes]:
    """Return a passphrase in NFC, and then as it was typed if that differs.

    A keyboard that writes "ê" as two signs must open what another sealed; older slots were sealed as it was typed.
    """
    try:
        composed = unicodedata.normalize("NFC", passphrase.decode()).encode()
    except UnicodeDecodeError:
        return [passphrase]
    return list(dict.fromkeys((composed, passphrase)))


def _open_by_any(
    folder: Path, slot: dict[str, Any], ways: Sequence[bytes], device_secret: bytes
) -> OpenedSlot:
    for each in ways[:-1]:
        with suppress(WrongPassphrase):
            return _open(folder, slot, each, device_secret)
    return _open(folder, slot, ways[-1], device_secret)


def _open(folder: Path, slot: dict[str, Any], passphrase: bytes, device_secret: bytes) -> OpenedSlot:
    try:
        kdf = slot["kdf"]
        hardness = Hardness(int(kdf["time_cost"]), int(kdf["memory_kib"]), int(kdf["lanes"]))
        own = _own_key(passphrase, bytes.fromhex(kdf["salt"]), hardness, device_secret)
        return OpenedSlot(
            data_key=_unwrap(own, "data-key", slot["officer"], slot["data_key"]),
            entry_key=_unwrap(own, "entry-key", slot["officer"], slot["entry_key"]),
            own_key=own,
        )
    except InvalidTag as refused:
        raise WrongPassphrase from refused
    except (KeyError, TypeError, ValueError) as wrong:
        raise KeySlotsBroken(path=folder / KEYS) from wrong


def _recovery_box(folder: Path) -> dict[str, str]:
    if not has_any(folder):
        return {}
    try:
        return _told_box(folder / KEYS)
    except (OSError, ValueError, AttributeError) as wrong:
        raise KeySlotsBroken(path=folder / KEYS) from wrong


def _box_in(path: Path) -> dict[str, str]:
    """Return the box that lies in a file, nothing where there is none or the file cannot be read."""
    try:
        return _told_box(path)
    except (OSError, ValueError, AttributeError):
        return {}


def _told_box(path: Path) -> dict[str, str]:
    told = json.loads(path.read_text(encoding="utf-8")).get("recovery", {})
    return {str(name): str(value) for name, value in told.items()}


@dataclass(slots=True)
class _File:
    """What stands in the file, to be changed and written whole."""

    slots: dict[str, dict[str, Any]]  # by officer id
    recovery: dict[str, str]


@contextmanager
def _changing(folder: Path) -> Iterator[_File]:
    """Change the file, while nobody else does: the window and a command may both be at it."""
    with _alone(folder):
        slots = {slot["officer"]: slot for slot in _read(folder)} if has_any(folder) else {}
        file = _File(slots, _recovery_box(folder))
        yield file
        recovery = {"recovery": file.recovery} if file.recovery else {}
        told = {"v": _VERSION, "slots": list(file.slots.values()), **recovery}
        replace_file(folder / KEYS, json.dumps(told, indent=2).encode() + b"\n")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with _THIS_PROGRAM, (folder / _LOCK).open("a+b") as lock:
        _take_in_time(lock)
        try:
            yield
        finally:
            let_go(lock)


def _take_in_time(lock: BinaryIO) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            take(lock)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _read(folder: Path) -> list[dict[str, Any]]:
    path = folder / KEYS
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        slots, version = told["slots"], int(told["v"])
        if version > _VERSION:
            raise KeySlotsNewer(path=path)
        return [{"officer": str(slot["officer"]), **slot} for slot in slots]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise KeySlotsBroken(path=path) from wrong


def _own_key(passphrase: bytes, salt: bytes, hardness: Hardness, device_secret: bytes) -> bytes:
    stretched = hash_secret_raw(
        passphrase, salt, hardness.time_cost, hardness.memory_kib, hardness.lanes, 32, Type.ID
    )
    return _hkdf(stretched + device_secret, "quay-mot-cua/officer/v1")


def _wrap(own: bytes, what: str, officer_id: str, secret: bytes) -> dict[str, str]:
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_hkdf(own, what)).encrypt(nonce, secret, f"{what}|{officer_id}".encode())
    return {"nonce": nonce.hex(), "sealed": sealed.hex()}


def _unwrap(own: bytes, what: str, officer_id: str, box: dict[str, str]) -> bytes:
    key, bound = AESGCM(_hkdf(own, what)), f"{what}|{officer_id}".encode()
    return key.decrypt(bytes.fromhex(box["nonce"]), bytes.fromhex(box["sealed"]), bound)


def _hkdf(material: bytes, info: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=info.encode()).derive(material)
