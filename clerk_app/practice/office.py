"""The practice office: made once in a folder, with everything a counter needs and central knowing it."""

import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clerk_app.clock import in_vietnam
from clerk_app.domain.officer import Officer
from clerk_app.domain.trust_list import Anchor
from clerk_app.papers.sane import private_environment
from clerk_app.practice import people
from clerk_app.practice.ca import Authority, make_authority
from clerk_app.practice.central import free_port
from clerk_app.practice.people import PEOPLE, PIN, UNIT, PracticePerson
from clerk_app.practice.sample_papers import SCANNED, write_samples
from clerk_app.recovery_settings import RecoverySettings
from clerk_app.scanner_settings import ScanFolder, ScannerSettings, ScanWay
from clerk_app.services.central_house import publish_trust
from clerk_app.settings import (
    Account,
    Enrolment,
    Settings,
    TokenLibrary,
    read_settings,
    replace_file,
    write_enrolment,
    write_settings,
)
from clerk_app.sign_in_settings import CENTRAL, SignInSettings
from clerk_app.store import key_slots
from signing.practice_token import PracticeKey, make_token, softhsm_library, token_environment
from signing.trust import names_in
from sync import keys
from sync.central import accounts, enrolment, passwords
from sync.central.database import Database, open_database
from sync.contract.enrolling import DEVICE as DEVICE_KIND
from sync.contract.enrolling import OFFICER, Enrolled, Wish
from sync.journal.lock import FolderLock
from sync.sealed import new_recovery_key

DONE = "people.json"  # written last: an office without it was never finished
_FORMAT = 6  # of the practice office; one made in another format is made anew
DEVICE, _COUNTER_NAME = "quay-03", "Quầy 3"
RECOVERY_KEY = "recovery.key"  # of a real unit it lies in a safe


@dataclass(frozen=True, slots=True)
class PracticeOffice:
    """Where the parts of the practice office lie."""

    folder: Path

    @property
    def counter(self) -> Path:
        """The counter's data folder."""
        return self.folder / "counter"

    @property
    def central(self) -> Path:
        """The reference central system's folder."""
        return self.folder / "central"

    @property
    def papers(self) -> Path:
        """Sample papers to lay on the counter."""
        return self.folder / "papers"

    @property
    def trust(self) -> Path:
        """The practice CA's certificates."""
        return self.counter / "trust"

    @property
    def central_port(self) -> int:
        """The port at which the counter looks for central."""
        return int(self.settings().central.rpartition(":")[2])

    def settings(self) -> Settings:
        """Read the counter's settings as they are now."""
        return read_settings(self.counter)


def make_practice(folder: Path, *, fresh: bool = False) -> PracticeOffice:
    """Make the practice office, or find the one that is there; `fresh` throws the old one away.

    One that was never finished, was made elsewhere and moved here, or by another version is made anew too.
    Raises `JournalHeld` while a program works in the old one, `SigningError` where SoftHSM2 is missing.
    """
    office = PracticeOffice(folder.resolve())
    if is_made(office) and not fresh:
        return office
    _clear(office)
    _furnish(office)
    return office


def is_made(office: PracticeOffice) -> bool:
    """Whether a whole practice office of this version stands in this very place: its settings name the folder."""
    try:
        told = json.loads((office.folder / DONE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and (told.get("format"), told.get("folder")) == (
        _FORMAT,
        str(office.folder),
    )


def _clear(office: PracticeOffice) -> None:
    if office.folder.exists():
        FolderLock(office.counter / "journal.lock").release()  # raises while somebody works there
        shutil.rmtree(office.folder)


def _furnish(office: PracticeOffice) -> None:
    authority = make_authority()
    authority.write_trust(office.trust)
    certificates, seal = _make_tokens(office.folder / "token", authority)
    _enrol(office)
    anchors = [Anchor(name, der) for name, der in names_in(office.trust)]
    publish_trust(office.central, anchors, in_vietnam(datetime.now(UTC)).date())
    write_samples(office.papers)
    tokens = token_environment(office.folder / "token")
    write_settings(
        Settings(
            folder=office.counter,
            unit=UNIT,
            central=f"http://127.0.0.1:{free_port()}",
            accounts=tuple(_account(person, certificates.get(person.officer.id, "")) for person in PEOPLE),
            tokens=(TokenLibrary(softhsm_library(), tokens),),
            scanner=_scanner(office),
            scan_folder=_scan_folder(office),
            seal_certificate_sha256=seal,
            recovery=_recovery(office),
            sign_in=SignInSettings(CENTRAL),
        )
    )
    _finish(office)


def _recovery(office: PracticeOffice) -> RecoverySettings:
    """Everything beside the counter's folder, so that all of practice lies in one place."""
    (office.folder / "second-place").mkdir(exist_ok=True)
    beside = office.counter / ".."
    return RecoverySettings(second_place=beside / "second-place", state=beside / "state", ballast_mb=1)


def _finish(office: PracticeOffice) -> None:
    """Write down for people who works here, with the secrets that are none."""
    told = {
        "format": _FORMAT,
        "folder": str(office.folder),
        "people": [
            {
                "id": person.officer.id,
                "name": person.officer.name,
                "passphrase": people.PASSPHRASE,
                "token": person.token,
                "pin": PIN if person.token else "",
            }
            for person in PEOPLE
        ],
    }
    replace_file(office.folder / DONE, json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")


def move_central(office: PracticeOffice, port: int) -> Settings:
    """Note that central answers on another port from now on."""
    settings = replace(office.settings(), central=f"http://127.0.0.1:{port}")
    write_settings(settings)
    return settings


def _make_tokens(folder: Path, authority: Authority) -> tuple[dict[str, str], str]:
    """Return the certificate of each person, and the seal's, as SHA-256 in hex."""
    folder.mkdir(parents=True, exist_ok=True)
    certificates = {}
    for person in (each for each in PEOPLE if each.token):
        officer = person.officer
        certificates[officer.id] = _make_token(folder, person.token, authority, (officer.name, officer.id))
    return certificates, _make_token(folder, people.SEAL_TOKEN, authority, (UNIT.name, ""))


def _make_token(folder: Path, label: str, authority: Authority, owner: tuple[str, str]) -> str:
    pair = authority.issue(*owner)
    make_token(folder, label, PIN, [PracticeKey("01", label, pair.pkcs8, pair.der)])
    return hashlib.sha256(pair.der).hexdigest()


def _enrol(office: PracticeOffice) -> None:
    """Enrol the counter and give each officer a slot, by codes that central makes and takes back at once."""
    device, central = keys.generate(f"device:{DEVICE}"), keys.generate("central")
    recovery_key, recovery_public_key = new_recovery_key()
    replace_file(office.folder / RECOVERY_KEY, recovery_key.hex().encode() + b"\n")
    office.central.mkdir(parents=True, exist_ok=True)
    (office.central / "central.key").write_bytes(central.private_bytes)
    database = open_database(f"sqlite:///{(office.central / 'central.db').as_posix()}")
    try:
        with database.writing() as tx:
            accounts.enrol_unit(tx, accounts.Unit(UNIT.id, UNIT.name, people.LEADER.officer.name))
        known = enrolment.Named(DEVICE_KIND, UNIT.id, DEVICE, _COUNTER_NAME, _in_days(730))
        told = _redeem(database, known, device, central)
        here = Enrolment(
            device_id=DEVICE,
            device_token=told.token,
            device_key=device.private_bytes,
            central_public_key=told.central_public_key,
            recovery_public_key=recovery_public_key,
        )
        write_enrolment(office.counter, here)
        data_key = key_slots.new_data_key()
        for person in PEOPLE:
            officer = person.officer
            entry = keys.generate(f"officer:{officer.id}")
            opened = key_slots.OpenedSlot(data_key, entry.private_bytes)
            passphrase = bytearray(people.PASSPHRASE.encode())
            key_slots.add_slot(office.counter, officer.id, passphrase, here.device_secret, opened)
            _redeem(database, _named(officer), entry, central)
            with database.writing() as tx:
                passwords.set_password(tx, officer.id, people.PASSPHRASE, datetime.now(UTC))
    finally:
        database.close()


def _named(officer: Officer) -> enrolment.Named:
    roles = frozenset(role.value for role in officer.roles)
    return enrolment.Named(OFFICER, UNIT.id, officer.id, officer.name, _in_days(730), roles, _in_days(-1))


def _redeem(
    database: Database, named: enrolment.Named, key: keys.Ed25519Signer, central: keys.Ed25519Signer
) -> Enrolled:
    now = datetime.now(UTC)
    with database.writing() as tx:
        code = enrolment.make_code(tx, named, now, timedelta(hours=1))
    wish = Wish(code, "practice", key.public_bytes, UNIT.id, named.id)
    here = accounts.Device(DEVICE, UNIT.id, _COUNTER_NAME)
    return enrolment.redeem(database, wish, lambda _: here, central, now)


def _in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def _account(person: PracticePerson, certificate_sha256: str) -> Account:
    return Account(person.officer, certificate_sha256, practice_pin=PIN if person.token else "")


def _scan_folder(office: PracticeOffice) -> ScanFolder:
    folder = office.folder / "scans"
    folder.mkdir(exist_ok=True)
    return ScanFolder(folder)


def _scanner(office: PracticeOffice) -> ScannerSettings:
    """SANE's `pnm` device serves the sample page, its `test` device ten sheets; private to the practice office."""
    environment = private_environment(office.folder / "scanner", ("pnm", "test"))
    sheets = {"source": "Automatic Document Feeder", "mode": "Color", "resolution": "75"}
    a4 = {"x": "210", "y": "297", "test-picture": "Grid"}
    ways = (
        ScanWay("Màu 300"),
        ScanWay("Giấy tờ A4 đen trắng 300", {"grayify": "yes"}),
        ScanWay("Khay nạp nhiều tờ", sheets | a4, feeder=True, device="test:0"),
    )
    return ScannerSettings("pnm:0", environment, {"filename": str(office.papers / SCANNED)}, ways=ways)
