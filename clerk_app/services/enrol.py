"""Become known to central by a one-use code: this computer as a device, an officer by their entry key.

Every key is on the disk before central hears of it, and a wish that is repeated is the same wish: a stop anywhere, or a
lost answer, costs no code. Run again with the same code, it goes on.
"""

import hashlib
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from clerk_app.domain.officer import Officer, Role
from clerk_app.errors import CentralOffline, OfficeError
from clerk_app.services.recovery import read_recovery_key
from clerk_app.services.way_out import way_out
from clerk_app.settings import (
    ENROLMENT,
    Account,
    Enrolment,
    NoSuchOfficer,
    Settings,
    read_enrolment,
    read_settings,
    replace_file,
    write_enrolment,
    write_settings,
)
from clerk_app.store import key_slots
from clerk_app.store.key_slots import OpenedSlot, WrongPassphrase
from sync import keys
from sync.client import Account as DeviceAccount
from sync.client import HttpCentral
from sync.contract.enrolling import DEVICE, OFFICER, Enrolled, Wish, read_code, signed_wish
from sync.contract.messages import Malformed
from sync.errors import CodeRefused, Offline
from sync.keys import Ed25519Signer, fingerprint
from sync.line_errors import CityAway
from sync.route import Route

_NEW_KEY = "enrolment.new"  # a device key that central does not know yet
_NEXT = "#next"  # beside an officer's slot: the key that will follow theirs


class CodeUnreadable(OfficeError):
    message = "“{code}” không phải một mã đăng ký."
    remedy = "Gõ lại đủ 12 ký tự như trên phiếu, ví dụ 7K2M-9QXD-4TRW."


class CodeWrong(OfficeError):
    message = "Mã đăng ký không đúng."
    remedy = "So lại từng ký tự với phiếu. Sai 5 lần thì mã bị khóa và phải xin mã mới."


class CodeEnded(OfficeError):
    message = "Mã đăng ký đã hết hạn, đã bị khóa vì nhập sai nhiều lần, hoặc đã có người dùng."
    remedy = "Nhờ người quản trị máy chủ cấp mã mới (lệnh central-enrol). Nếu mã đã có người dùng mà không phải bạn, báo ngay."


class CodeOfAnother(OfficeError):
    message = "Mã đăng ký này cấp cho máy, cán bộ hoặc đơn vị khác."
    remedy = "Kiểm tra đúng phiếu, đúng máy và đúng tên; mã chưa bị mất, dùng ở đúng chỗ vẫn được."


class KeyTakenBack(OfficeError):
    message = "Khóa ký cũ đã bị thu hồi trên máy chủ, không đăng ký lại được."
    remedy = "Chạy lại lệnh với --new-key để dùng một khóa mới; mã đăng ký vẫn còn dùng được."


class AnotherCentral(OfficeError):
    message = "Máy chủ trả lời bằng khóa khác ({theirs}) với khóa quầy này đang tin ({ours})."
    remedy = (
        "Đừng tiếp tục nếu không chắc: gọi người quản trị máy chủ so khóa. Nếu máy chủ đổi khóa thật, chạy lại với "
        "--new-central."
    )


class CityOutOfReach(CentralOffline):
    message = "Máy chủ phường trả lời nhưng chưa nối được máy chủ thành phố, nên chưa đăng ký được."
    remedy = "Mã chưa bị mất. Khi đường truyền từ máy chủ phường lên thành phố có lại, chạy lại đúng lệnh này với đúng mã này."


class WhoOpens(OfficeError):
    message = "Cần một cán bộ đang có mật khẩu trên máy này, hoặc khóa khôi phục, để cấp chỗ cho cán bộ mới."
    remedy = "Chạy lại với --by MÃ CÁN BỘ, hoặc --recovery-key TỆP."


_REFUSALS: dict[str, type[OfficeError]] = {
    "code_wrong": CodeWrong,
    "code_locked": CodeEnded,
    "code_expired": CodeEnded,
    "code_used": CodeEnded,
    "another_unit": CodeOfAnother,
    "another_subject": CodeOfAnother,
    "key_revoked": KeyTakenBack,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What central knows now."""

    kind: str
    id: str
    name: str
    roles: tuple[str, ...]
    valid_from: str
    valid_to: str
    central_key: str  # fingerprint, to be compared with what the administrator was told


def enrol_device(
    folder: Path, code: str, central: str = "", *, new_key: bool = False, new_central: bool = False
) -> Known:
    """Make this computer the device that a code was made for, for the first time or again (settings must be there).

    `central` is its address where the settings name none. An enrolment that is there keeps its keys, so that what
    waits is still believed. Raises `CodeUnreadable`, the refusals above, `AnotherCentral`, `CentralOffline`.
    """
    settings = read_settings(folder)
    known = read_enrolment(folder) if (folder / ENROLMENT).exists() else None
    key = _device_key(folder, known, new=new_key)
    address = central or settings.central
    subject = known.device_id if known is not None else ""
    enrolled = _redeem(
        (address, way_out(settings)), DeviceAccount("", ""), code, key, (settings.unit.id, subject)
    )
    if enrolled.kind != DEVICE:
        raise CodeOfAnother
    if known is not None:
        _check_central(known, enrolled, new_central=new_central)
    told = Enrolment(enrolled.subject, enrolled.token, key.private_bytes, enrolled.central_public_key)
    if known is not None:
        told = replace(told, device_secret=known.device_secret, recovery_public_key=known.recovery_public_key)
    write_enrolment(folder, told)
    (folder / _NEW_KEY).unlink(missing_ok=True)
    if address != settings.central:
        write_settings(replace(settings, central=address))
    return _known(enrolled)


@dataclass(frozen=True, slots=True)
class Opener:
    """Who lets a new officer in: one with a slot here and their passphrase, or the file of the recovery key."""

    officer: str = ""
    passphrase: bytearray | None = None
    recovery_key: Path | None = None


def enrol_officer(
    folder: Path,
    officer: str,
    code: str,
    passphrase: bytearray,
    opener: Opener = Opener(),
    *,
    new_key: bool = False,
    forgotten: bool = False,
) -> Known:
    """Certify an officer's entry key, for the first time or again; a new officer gets a slot under this passphrase.

    Who has a slot here types its passphrase, and keeps the key that signed what still waits; `new_key` makes
    another, and the older one counts no longer from then on; so it is when the passphrase is `forgotten`, and somebody
    else opens the counter for a new one. Passphrases are wiped. Raises `CodeUnreadable`, the
    refusals above, `WrongPassphrase`, `WhoOpens`, `CentralOffline`.
    """
    settings, enrolment = read_settings(folder), read_enrolment(folder)
    begin_anew(folder, opener.recovery_key)
    try:
        follows = new_key or (forgotten and key_slots.has_slot(folder, officer))
        named = f"{officer}{_NEXT}" if follows else officer
        if follows and forgotten:
            data_key = _data_key(folder, opener, enrolment.device_secret)
        else:
            opened = _slot(folder, officer, passphrase, opener, enrolment)
            data_key = opened.data_key
        if follows:
            opened = _next_slot(folder, officer, passphrase, data_key, enrolment)
        key = Ed25519Signer(f"officer:{officer}", opened.entry_key)
        device = DeviceAccount(enrolment.device_id, enrolment.device_token)
        enrolled = _redeem(
            (settings.central, way_out(settings)), device, code, key, (settings.unit.id, officer)
        )
        if enrolled.kind != OFFICER:
            raise CodeOfAnother
        if named != officer:
            key_slots.add_slot(folder, officer, bytearray(passphrase), enrolment.device_secret, opened)
            key_slots.drop_slot(folder, named)
    finally:
        for typed in (passphrase, opener.passphrase or bytearray()):
            typed[:] = bytes(len(typed))
    _note_account(settings, enrolled)
    return _known(enrolled)


def begin_anew(folder: Path, recovery_key: Path | None) -> None:
    """Put a file of slots that cannot be read aside, where the unit's recovery key opens the counter without it.

    Everybody is then let in anew, by codes. Raises `RecoveryKeyUnreadable`, `NotSealedToRecovery`.
    """
    if recovery_key is not None and key_slots.is_broken(folder):
        key_slots.open_by_recovery(folder, read_recovery_key(recovery_key))
        key_slots.put_aside(folder)


def _device_key(folder: Path, known: Enrolment | None, *, new: bool) -> Ed25519Signer:
    if known is not None and not new:
        return Ed25519Signer("device", known.device_key)
    path = folder / _NEW_KEY
    if not path.exists():
        replace_file(path, keys.generate("device").private_bytes)
    return Ed25519Signer("device", path.read_bytes())


def _slot(
    folder: Path, officer: str, passphrase: bytearray, opener: Opener, enrolment: Enrolment
) -> OpenedSlot:
    """Open the officer's slot, or make one with a key of its own."""
    secret = enrolment.device_secret
    if key_slots.has_slot(folder, officer):
        return key_slots.open_slot(folder, officer, bytearray(passphrase), secret)
    opened = OpenedSlot(_data_key(folder, opener, secret), keys.generate(officer).private_bytes)
    key_slots.add_slot(folder, officer, bytearray(passphrase), secret, opened)
    return opened


def _next_slot(
    folder: Path, officer: str, passphrase: bytearray, data_key: bytes, enrolment: Enrolment
) -> OpenedSlot:
    """Make the key that follows the officer's own and put it beside; one that was put there before is taken.

    One from a try that ended under another passphrase opens no more, and must not bar the way: another takes its place.
    If central knows that one already, it says that the code was used.
    """
    named = f"{officer}{_NEXT}"
    if key_slots.has_slot(folder, named):
        with suppress(WrongPassphrase):
            return key_slots.open_slot(folder, named, bytearray(passphrase), enrolment.device_secret)
    following = OpenedSlot(data_key, keys.generate(officer).private_bytes)
    key_slots.add_slot(folder, named, bytearray(passphrase), enrolment.device_secret, following)
    return following


def _data_key(folder: Path, opener: Opener, device_secret: bytes) -> bytes:
    """Return the counter's data key: a new one for a counter where nobody has a slot and nothing lies yet."""
    if opener.recovery_key is not None:
        return key_slots.open_by_recovery(folder, read_recovery_key(opener.recovery_key))
    if opener.passphrase is not None:
        return key_slots.open_slot(folder, opener.officer, opener.passphrase, device_secret).data_key
    if key_slots.is_sealed(folder) or (folder / "journal.db").exists():
        raise WhoOpens
    return key_slots.new_data_key()


def _redeem(
    there: tuple[str, Route], account: DeviceAccount, code: str, key: Ed25519Signer, believed: tuple[str, str]
) -> Enrolled:
    """Ask central at an address, on our way out; `believed` are the unit and the id that we take ourselves for."""
    address, route = there
    try:
        typed = read_code(code)
    except Malformed as wrong:
        raise CodeUnreadable(code=code) from wrong
    asked = hashlib.sha256(f"{typed}".encode() + key.public_bytes).hexdigest()[:32]
    wish = Wish(typed, asked, key.public_bytes, *believed)
    if not address:
        raise CentralOffline
    try:
        with closing(HttpCentral(address, account, route)) as central:
            return central.enrol(signed_wish(wish, key))
    except CityAway as away:
        raise CityOutOfReach from away
    except Offline as away:
        raise CentralOffline from away
    except CodeRefused as refused:
        why: type[OfficeError] = _REFUSALS.get(refused.why, CodeOfAnother)
        raise why from refused


def _check_central(known: Enrolment, enrolled: Enrolled, *, new_central: bool) -> None:
    ours, theirs = known.central_public_key, enrolled.central_public_key
    if ours != theirs and not new_central:
        raise AnotherCentral(ours=fingerprint(ours), theirs=fingerprint(theirs))


def _note_account(settings: Settings, enrolled: Enrolled) -> None:
    """Let the officer be chosen on the unlock page; what the settings say beside name and roles stays."""
    roles = frozenset(Role(role) for role in enrolled.roles if role in set(Role))
    try:
        there = settings.account(enrolled.subject)
        officer = replace(there.officer, name=enrolled.name or there.officer.name, roles=roles)
        account = replace(there, officer=officer)
    except NoSuchOfficer:
        account = Account(Officer(enrolled.subject, enrolled.name or enrolled.subject, roles))
    accounts = {each.officer.id: each for each in settings.accounts} | {enrolled.subject: account}
    write_settings(replace(settings, accounts=tuple(accounts.values())))


def _known(enrolled: Enrolled) -> Known:
    return Known(
        enrolled.kind,
        enrolled.subject,
        enrolled.name,
        enrolled.roles,
        enrolled.valid_from,
        enrolled.valid_to,
        fingerprint(enrolled.central_public_key),
    )
