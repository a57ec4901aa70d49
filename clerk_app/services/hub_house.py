"""The hub of a ward: enrolled at the city by a file, run with `--upstream` on a PC of the ward."""

import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.errors import OfficeError
from clerk_app.services.central_house import (
    HUB_FILE,
    NotThisRole,
    existing_central,
    is_a_hub,
    is_central,
    sqlite_in,
)
from clerk_app.settings import read_hub_line, replace_file
from clerk_app.store.entry_rules import entry_rules
from sync import keys
from sync.central import accounts
from sync.central.above import Above
from sync.central.house import Central, open_central
from sync.errors import CentralError
from sync.line_errors import LineBlocked, RootsUnreadable
from sync.route import Route


class HubNotEnrolled(OfficeError):
    message = (
        "Chưa có tệp {path} hoặc tệp không đọc được: máy này chưa được thành phố nhận làm máy chủ phường."
    )
    remedy = (
        "Người quản trị máy chủ thành phố chạy clerk-app central-hub để cấp tệp, rồi chép vào đúng chỗ này."
    )


class NoSuchUnit(OfficeError):
    message = "Máy chủ không có đơn vị này. Các đơn vị đang có: {units}."
    remedy = "Ghi mã đơn vị sau --unit."


class HubFileThere(OfficeError):
    message = "Đã có tệp {path}."
    remedy = "Chọn tên tệp khác; tệp cấp cho một máy chủ phường không bị ghi đè."


class CityNotReached(OfficeError):
    message = "Lần chạy đầu, máy chủ phường phải nối được máy chủ thành phố {address}."
    remedy = "Kiểm tra địa chỉ sau --upstream và đường truyền, rồi chạy lại. Từ lần sau thì mất đường truyền vẫn chạy được."


@dataclass(frozen=True, slots=True)
class HubEnrolment:
    """As whom a hub is known to the city. Secret: never logged, never printed."""

    unit: str
    device_id: str
    device_token: str = field(repr=False)
    device_key: bytes = field(repr=False)  # Ed25519 private key, 32 bytes
    central_public_key: bytes  # of the city, 32 bytes


def enrol_hub(folder: Path, file: Path, unit: str = "", database: str = "") -> str:
    """Enrol a hub for a unit at the central in `folder`, running or not; `file` is for the ward's PC. Returns the device.

    `unit`: may be left out where there is one only. Raises `NoCentralThere`, `NoSuchUnit` or `HubFileThere`.
    """
    if file.exists():
        raise HubFileThere(path=file)
    with existing_central(folder, database) as central:
        if is_a_hub(folder):
            raise NotThisRole(folder=folder)
        with central.database.reading() as tx:
            known = accounts.units_of(tx)
        named = unit or (known[0].id if len(known) == 1 else "")
        if named not in {each.id for each in known}:
            raise NoSuchUnit(units=", ".join(f"{each.id} ({each.name})" for each in known))
        device = f"hub-{secrets.token_hex(4)}"
        key = keys.generate(f"device:{device}")
        made = HubEnrolment(named, device, accounts.new_token(), key.private_bytes, central.public_key)
        with central.database.writing() as tx:
            row = accounts.Device(device, named, "Máy chủ phường")
            accounts.enrol_device(tx, row, made.device_token, key.public_bytes, as_hub=True)
            _write(file, made)
    return device


@contextmanager
def open_office_hub(folder: Path, address: str, database: str = "") -> Iterator[Central]:
    """Open the hub in `folder`, under the city's central system at `address`.

    `database` is an SQLAlchemy URL, by default an SQLite file there. How to get to the city is told by `line` of a
    `settings.json` there, as a counter's. Raises `HubNotEnrolled`, `NotThisRole`, `SettingsBroken`, or the first time
    `CityNotReached`, `LineBlocked`, `RootsUnreadable`.
    """
    if is_central(folder):
        raise NotThisRole(folder=folder)
    told = read_hub(folder)
    line = read_hub_line(folder)
    known_as = (told.unit, told.device_id, told.device_token)
    above = Above(address, *known_as, told.central_public_key, Route(line.proxy, line.ca_file))
    url = database or sqlite_in(folder)
    opening = open_central(url, folder / "files", entry_rules(), {}, told.device_key, above)
    with ExitStack() as stack:
        try:
            central = stack.enter_context(opening)
        except (LineBlocked, RootsUnreadable):
            raise  # it says what to put right
        except CentralError as failed:
            raise CityNotReached(address=address) from failed
        yield central


def read_hub(folder: Path) -> HubEnrolment:
    """Read as whom the hub in a folder is known; raises `HubNotEnrolled`."""
    path = folder / HUB_FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return HubEnrolment(
            str(told["unit"]),
            str(told["device_id"]),
            str(told["device_token"]),
            bytes.fromhex(told["device_key"]),
            bytes.fromhex(told["central_public_key"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise HubNotEnrolled(path=path) from wrong


def _write(path: Path, made: HubEnrolment) -> None:
    told = {
        "unit": made.unit,
        "device_id": made.device_id,
        "device_token": made.device_token,
        "device_key": made.device_key.hex(),
        "central_public_key": made.central_public_key.hex(),
    }
    replace_file(path, json.dumps(told, indent=2).encode() + b"\n")
