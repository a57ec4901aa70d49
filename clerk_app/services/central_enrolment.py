"""Central's administrator makes units, devices and officers known: by one-use codes that they redeem themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from clerk_app.domain.officer import Role
from clerk_app.errors import OfficeError
from clerk_app.services.central_house import NotThisRole, existing_central, is_a_hub
from sync.central import accounts, enrolment, passwords
from sync.central.house import Central
from sync.contract.enrolling import DEVICE, OFFICER
from sync.contract.members import LONGEST
from sync.contract.messages import AuthorKey
from sync.header import is_author, is_id
from sync.keys import fingerprint

CODE_HOURS = 24  # how long a code may be used, unless the administrator says otherwise
CERTIFIED_DAYS = 730  # how long an officer's entry key counts, unless the administrator says otherwise


class UnitNotNamed(OfficeError):
    message = "Máy chủ có nhiều đơn vị, chưa rõ đơn vị nào."
    remedy = "Chạy lại với --unit MÃ; xem mã bằng lệnh central-enrol list."


class NoSuchUnit(OfficeError):
    message = "Máy chủ không biết đơn vị {unit}."
    remedy = "Xem các đơn vị bằng lệnh central-enrol list; đơn vị mới thì thêm bằng central-enrol unit."


class UnitIdNotUuid(OfficeError):
    message = "Mã đơn vị {unit} không phải UUID viết chữ thường, ví dụ 0c8e4f6a-1b2d-4e3f-8a9b-5c6d7e8f9a0b."
    remedy = "Chép đúng mục unit.id trong settings.json của quầy rồi chạy lại; chưa có gì thay đổi."


class IdNotWritable(OfficeError):
    message = "Mã {subject} không dùng được: nhật ký chỉ ghi được mã từ 1 đến 128 chữ cái không dấu, chữ số hoặc dấu . _ @ -"
    remedy = "Chọn mã không có dấu cách, không có dấu tiếng Việt, ví dụ quay-04, qt-05, rồi chạy lại; chưa có gì thay đổi."


class NameUnfit(OfficeError):
    message = "Tên này trống hoặc dài hơn {most} ký tự: {name}"
    remedy = "Ghi tên của đơn vị, của người chịu trách nhiệm, của máy hoặc cán bộ không quá {most} ký tự rồi chạy lại; chưa có gì thay đổi."


class NobodyKnown(OfficeError):
    message = "Máy chủ không biết {author}."
    remedy = "Xem ai đã đăng ký bằng lệnh central-enrol list."


class DeviceIsHub(OfficeError):
    message = "{device} là máy chủ phường: đăng ký lại bằng mã thì nó không còn là máy chủ phường nữa."
    remedy = (
        "Chưa cấp mã nào. Cấp mã cho quầy thì ghi mã máy khác; máy chủ phường mất tệp hub.json thì cấp tệp mới bằng lệnh "
        "central-hub, rồi thu hồi máy cũ bằng central-enrol revoke device {device}."
    )


@dataclass(frozen=True, slots=True)
class CentralPlace:
    """Which central: its folder, and an SQLAlchemy URL where its database is not the SQLite file there."""

    folder: Path
    database: str = ""


@dataclass(frozen=True, slots=True)
class CodeMade:
    """A code to hand over, on paper or by telephone. It is a secret until it was used or has ended."""

    code: str
    unit: str
    subject: str
    expires_at: datetime
    central_key: str  # fingerprint, to be compared with what the counter shows


def add_unit(place: CentralPlace, unit: accounts.Unit) -> None:
    """Make a unit known, with who answers for its alarms.

    Raises `NotThisRole`, `NoCentralThere`, `UnitIdNotUuid`, `NameUnfit`.
    """
    if not is_id(unit.id):
        raise UnitIdNotUuid(unit=unit.id)
    for name in (unit.name, unit.owner):
        _check_name(name)
    with _keeping_the_books(place) as central, central.database.writing() as tx:
        if unit.id not in {known.id for known in accounts.known_units(tx)}:
            accounts.enrol_unit(tx, unit)


def code_for_device(
    place: CentralPlace, unit: str, device: str, name: str, hours: float = CODE_HOURS
) -> CodeMade:
    """Make a code by which a computer becomes this device of a unit, for the first time or again.

    Raises `NotThisRole`, `NoCentralThere`, `UnitNotNamed`, `NoSuchUnit`, `DeviceIsHub`, `IdNotWritable`, `NameUnfit`.
    """
    named = enrolment.Named(DEVICE, unit, device, name, valid_to=datetime.max.replace(tzinfo=UTC))
    return _code(place, named, hours)


def code_for_officer(
    place: CentralPlace,
    unit: str,
    officer: str,
    name: str,
    roles: frozenset[Role],
    hours: float = CODE_HOURS,
    span: tuple[datetime | None, datetime | None] = (None, None),
) -> CodeMade:
    """Make a code by which an officer's entry key is certified, for the first time or again.

    `span`: from when and until when the key counts (UTC). By default from its use on (after a restore: since the last
    thing that the backup holds), for two years. Raises `NotThisRole`, `NoCentralThere`, `UnitNotNamed`, `NoSuchUnit`,
    `IdNotWritable`, `NameUnfit`.
    """
    valid_to = span[1] or datetime.now(UTC) + timedelta(days=CERTIFIED_DAYS)
    may = frozenset(role.value for role in roles)
    return _code(place, enrolment.Named(OFFICER, unit, officer, name, valid_to, may, span[0]), hours)


def take_back(place: CentralPlace, author: str) -> None:
    """Take back all keys of `officer:ID` or `device:ID` from now on. Raises `NotThisRole`, `NoCentralThere`, `NobodyKnown`."""
    with _keeping_the_books(place) as central, central.database.writing() as tx:
        if not accounts.is_known(tx, author):
            raise NobodyKnown(author=author)
        accounts.revoke(tx, author, datetime.now(UTC))


def give_password(place: CentralPlace, officer: str, password: bytearray) -> None:
    """Give an officer a password for the sign-in at central, and wipe it. Raises `NotThisRole`, `NoCentralThere`, `NobodyKnown`."""
    try:
        with _keeping_the_books(place) as central, central.database.writing() as tx:
            if not accounts.is_known(tx, f"{OFFICER}:{officer}"):
                raise NobodyKnown(author=officer)
            passwords.set_password(tx, officer, password.decode("utf-8"), datetime.now(UTC))
    finally:
        password[:] = bytes(len(password))


def who_is_known(place: CentralPlace) -> list[dict[str, Any]]:
    """Return every unit with its devices and whose keys count, or did. Raises `NoCentralThere`."""
    with existing_central(place.folder, place.database) as central, central.database.reading() as tx:
        return [
            {
                "unit": unit.id,
                "name": unit.name,
                "owner": unit.owner,
                "devices": [
                    {"id": device.id, "name": device.name, "revoked_at": revoked or ""}
                    for device, revoked in accounts.known_devices(tx, unit.id)
                ],
                "officers": [
                    _officer(key)
                    for key in accounts.authors_of(tx, unit.id)
                    if key.author.startswith(OFFICER)
                ],
            }
            for unit in accounts.known_units(tx)
        ]


@contextmanager
def _keeping_the_books(place: CentralPlace) -> Iterator[Central]:
    """Open a central that keeps the books of who is known; a hub only copies them, and its own would be lost again."""
    if is_a_hub(place.folder):
        raise NotThisRole(folder=place.folder)
    with existing_central(place.folder, place.database) as central:
        yield central


def _check_name(name: str) -> None:
    """Raise `NameUnfit` for a name that no message could carry."""
    if not name.strip() or len(name) > LONGEST:
        raise NameUnfit(name=name[:LONGEST], most=LONGEST)


def _officer(key: AuthorKey) -> dict[str, Any]:
    return {
        "id": key.author.partition(":")[2],
        "key": fingerprint(key.public_key),
        "roles": list(key.roles),
        "valid_from": key.valid_from,
        "valid_to": key.valid_to,
        "revoked_at": key.revoked_at or "",
    }


def _code(place: CentralPlace, named: enrolment.Named, hours: float) -> CodeMade:
    with _keeping_the_books(place) as central:
        return make_code(central, named, hours)


def make_code(central: Central, named: enrolment.Named, hours: float) -> CodeMade:
    """Make a code at an open central; an empty unit is the only one there.

    Raises `UnitNotNamed`, `NoSuchUnit`, `DeviceIsHub`, `IdNotWritable`, `NameUnfit`.
    """
    if not is_author(f"{named.kind}:{named.id}"):
        raise IdNotWritable(subject=named.id)
    if named.name or named.kind == DEVICE:
        _check_name(named.name)
    now = datetime.now(UTC)
    lasts = timedelta(hours=hours)
    with central.database.writing() as tx:
        units = [unit.id for unit in accounts.known_units(tx)]
        if not named.unit and len(units) != 1:
            raise UnitNotNamed
        unit = named.unit or units[0]
        if unit not in units:
            raise NoSuchUnit(unit=unit)
        if named.kind == DEVICE and accounts.was_hub(tx, named.id):
            raise DeviceIsHub(device=named.id)
        here = enrolment.Named(
            named.kind, unit, named.id, named.name, named.valid_to, named.roles, named.valid_from
        )
        code = enrolment.make_code(tx, here, now, lasts)
    return CodeMade(str(code), unit, named.id, now + lasts, fingerprint(central.public_key))
