"""The settings of one counter: who works here, what stands on its papers, where its tools are.

`settings.json` is for people to edit: members we do not know are kept as they are.
`enrolment.json` makes this computer a device of the unit; it is readable by its owner alone.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from clerk_app.domain.document import DEFAULT_SIGNATURES, DocumentKind, SignatureField
from clerk_app.domain.officer import Officer, Unit
from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.errors import OfficeError
from clerk_app.language import LANGUAGES
from clerk_app.line_settings import LineSettings, line_as_json, read_line
from clerk_app.picture_settings import PictureSettings, pictures_as_json, read_pictures
from clerk_app.proof_settings import ProofSettings, read_proof
from clerk_app.recovery_settings import RecoverySettings, read_recovery, recovery_as_json
from clerk_app.retention_settings import RetentionSettings, read_retention, retention_as_json
from clerk_app.scanner_settings import (
    ScanFolder,
    ScannerSettings,
    read_scan_folder,
    read_scanner,
    scan_folder_as_json,
    scanner_as_json,
)
from clerk_app.sign_in_settings import SignInSettings, read_sign_in
from sync.durable import TEMPORARY, make_folder, put_in_place

SETTINGS = "settings.json"
ENROLMENT = "enrolment.json"
_UNFINISHED = re.compile(
    rf"{re.escape(TEMPORARY)}[0-9a-f]{{16}}|\.(?P<name>.+)\.[0-9a-f]{{8}}"
)  # and of older programs
_WHOLE = ("environment", "options", "signatures")  # mappings that are replaced as a whole


class SettingsMissing(OfficeError):
    message = "Chưa có tệp cài đặt của quầy: {path}."
    remedy = "Chạy bước cài đặt quầy, hoặc chép tệp cài đặt do người quản trị cấp vào đúng chỗ."


class SettingsBroken(OfficeError):
    message = "Tệp cài đặt không đọc được: {path} ({reason})."
    remedy = "Mở tệp, sửa chỗ được nêu; hoặc nhờ người quản trị cấp lại tệp."


class NoSuchOfficer(OfficeError):
    message = "Không có cán bộ {officer} ở quầy này."
    remedy = "Chọn lại tên; nếu chưa có tài khoản, nhờ người quản trị thêm vào."


@dataclass(frozen=True, slots=True)
class Account:
    """An officer of this counter and the certificate that the office enrolled for them."""

    officer: Officer
    certificate_sha256: str = ""  # hex; empty: known by the name in the certificate
    login: str = ""  # by what name the provider knows them; empty: by their id
    practice_pin: str = ""  # of a practice token only; shown by the PIN dialog
    identity_number: str = field(default="", repr=False)  # so that nobody signs for themselves; may be empty


@dataclass(frozen=True, slots=True)
class TokenLibrary:
    """A PKCS#11 driver and the environment that its process gets."""

    path: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the desk must be told about one counter. `folder` holds all its files."""

    folder: Path
    unit: Unit
    central: str = ""  # base address; empty: none yet
    accounts: tuple[Account, ...] = ()
    tokens: tuple[TokenLibrary, ...] = ()
    trust: Path | None = None  # trust anchors; None: the folder's own `trust`
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    scan_folder: ScanFolder = field(default_factory=ScanFolder)
    signatures: Mapping[DocumentKind, tuple[SignatureField, ...]] = field(
        default_factory=lambda: dict(DEFAULT_SIGNATURES)
    )
    printers: Mapping[DocumentKind, str] = field(default_factory=dict)  # by name; none: the system's default
    slip_number: str = "sequence"  # "sequence" | "dots": what `Số` of the slip prints
    reply_number: str = (
        "sequence"  # the same for Mẫu 02 and 03: the counter's own number, dots for the pen, or "book"
    )
    reply_book: str = "Văn bản đi"  # the book without gaps that "book" takes them from
    code_notice: str = ""  # what the notice of a code says beside the two codes; empty: the usual sentence
    approval_share: int = 5  # per cent of a leader's list that are opened by chance before it is signed
    further_turns: str = (
        "here"  # "here" | "anywhere": at which counters a leader and the seal sign what was issued here
    )
    delegated_sign: str = ""  # before a delegate's name in the leader's place, e.g. "TUQ."; the unit decides
    own_dossier: str = (
        "refused"  # "refused" | "allowed": that somebody signs further on a dossier of their own
    )
    supplement_limit: int = 1  # how often Mẫu 02 may be issued before a leader has to agree; 0: as one likes
    seal_certificate_sha256: str = ""  # the agency's certificate, used by the registrar
    line: LineSettings = field(default_factory=LineSettings)
    recovery: RecoverySettings = field(default_factory=RecoverySettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    proof: ProofSettings = field(default_factory=ProofSettings)
    pictures: PictureSettings = field(default_factory=PictureSettings)
    sign_in: SignInSettings = field(default_factory=SignInSettings)
    language: str = ""  # "vi" | "en" of the window; empty: as the environment says

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Who may unlock this counter."""
        return tuple(account.officer for account in self.accounts)

    @property
    def trust_folder(self) -> Path:
        """Where the trust anchors lie."""
        return self.trust or self.folder / "trust"

    def account(self, officer_id: str) -> Account:
        """Return the account of one officer; raises `NoSuchOfficer`."""
        for account in self.accounts:
            if account.officer.id == officer_id:
                return account
        raise NoSuchOfficer(officer=officer_id)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What makes this computer a device of the unit. Secret: never logged, never printed."""

    device_id: str
    device_token: str = field(repr=False)
    device_key: bytes = field(repr=False)  # Ed25519 private key, 32 bytes
    central_public_key: bytes  # Ed25519, 32 bytes
    device_secret: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))
    recovery_public_key: bytes = (
        b""  # X25519, 32 bytes; its private half lies in the unit's safe; empty: none yet
    )


def read_settings(folder: Path) -> Settings:
    """Read the counter's settings; raises `SettingsMissing` or `SettingsBroken`."""
    path = folder / SETTINGS
    data = _read(path)
    try:
        return _settings(folder, data)
    except (KeyError, TypeError, ValueError, AttributeError, RecordDamaged) as wrong:
        raise SettingsBroken(path=path, reason=_where(wrong)) from wrong


def read_hub_line(folder: Path) -> LineSettings:
    """Read how a ward's hub reaches the city: `line` of a `settings.json` in its folder; as usual where there is none.

    Only the way there can be told it: raises `SettingsBroken` for what a hub would not do.
    """
    path = folder / SETTINGS
    if not path.exists():
        return LineSettings()
    told = _read(path).get("line", {})
    try:
        strange = sorted(set(told) - {"proxy", "ca_file"})
        line = read_line(folder, told)
    except (TypeError, ValueError, AttributeError) as wrong:
        raise SettingsBroken(path=path, reason=_where(wrong)) from wrong
    if strange:
        reason = f"máy chủ phường chỉ dùng line.proxy và line.ca_file, không dùng line.{strange[0]}"
        raise SettingsBroken(path=path, reason=reason)
    return line


def write_settings(settings: Settings) -> None:
    """Write the settings whole or not at all; members that others put there stay."""
    path = settings.folder / SETTINGS
    before = _read(path) if path.exists() else {}
    merged = _merged(before, _as_json(settings))
    replace_file(path, json.dumps(merged, ensure_ascii=False, indent=2).encode() + b"\n")


def read_enrolment(folder: Path) -> Enrolment:
    """Read what makes this computer a device; raises `SettingsMissing` or `SettingsBroken`."""
    path = folder / ENROLMENT
    data = _read(path)
    try:
        return Enrolment(
            device_id=str(data["device_id"]),
            device_token=str(data["device_token"]),
            device_key=bytes.fromhex(data["device_key"]),
            central_public_key=bytes.fromhex(data["central_public_key"]),
            device_secret=bytes.fromhex(data["device_secret"]),
            recovery_public_key=bytes.fromhex(data.get("recovery_public_key", "")),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise SettingsBroken(path=path, reason=_where(wrong)) from wrong


def write_enrolment(folder: Path, enrolment: Enrolment) -> None:
    """Write it whole or not at all, readable by its owner alone where the system knows how."""
    data = {
        name: value.hex() if isinstance(value, bytes) else value for name, value in asdict(enrolment).items()
    }
    replace_file(folder / ENROLMENT, json.dumps(data, indent=2).encode() + b"\n")


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the file's place at once and durably; only its owner may read it. Raises what the system says."""
    if not path.parent.exists():
        make_folder(path.parent)
    put_in_place(path, data)


def clear_unfinished(folder: Path, older_than: datetime) -> int:
    """Remove what a stop in `replace_file` left, if older; return how many. Old keys may lie in it."""
    limit, cleared = older_than.timestamp(), 0
    for path in folder.glob(".*"):
        meant = _UNFINISHED.fullmatch(path.name)
        ours = meant and (meant["name"] is None or (folder / meant["name"]).is_file())
        if ours and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            cleared += 1
    return cleared


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise SettingsMissing(path=path) from missing
    except (OSError, ValueError) as wrong:
        raise SettingsBroken(path=path, reason=_where(wrong)) from wrong
    if not isinstance(data, dict):
        raise SettingsBroken(path=path, reason="không phải một đối tượng JSON")
    return data


def _where(wrong: Exception) -> str:
    """Say where it went wrong without repeating what stands in the file."""
    match wrong:
        case json.JSONDecodeError():
            return f"dòng {wrong.lineno}, cột {wrong.colno}"
        case KeyError():
            return f"thiếu mục {wrong.args[0]}"
        case RecordDamaged():
            return f"mục {wrong.facts['where']}"
        case OSError():
            return wrong.strerror or "không mở được"
        case _:
            return "một mục có kiểu không đúng"


def _settings(folder: Path, data: dict[str, Any]) -> Settings:
    trust = data.get("trust")
    return Settings(
        folder=folder,
        unit=from_json(Unit, data["unit"], "unit"),
        central=str(data.get("central", "")),
        accounts=tuple(_account(item) for item in data["officers"]),
        tokens=tuple(
            TokenLibrary(Path(item["path"]), _words(item.get("environment", {})))
            for item in data.get("tokens", [])
        ),
        trust=folder / trust if trust else None,
        scanner=read_scanner(data.get("scanner", {})),
        scan_folder=read_scan_folder(data.get("scan_folder", {})),
        signatures=DEFAULT_SIGNATURES
        | {DocumentKind(kind): _fields(kind, names) for kind, names in data.get("signatures", {}).items()},
        printers={DocumentKind(kind): str(name) for kind, name in data.get("printers", {}).items() if name},
        slip_number=_one_of(data.get("slip_number", "sequence"), "sequence", "dots"),
        reply_number=_one_of(data.get("reply_number", "sequence"), "sequence", "dots", "book"),
        reply_book=str(data.get("reply_book", "Văn bản đi")),
        code_notice=str(data.get("code_notice", "")),
        approval_share=_count(data.get("approval_share", 5)),
        further_turns=_one_of(data.get("further_turns", "here"), "here", "anywhere"),
        delegated_sign=str(data.get("delegated_sign", "")),
        own_dossier=_one_of(data.get("own_dossier", "refused"), "refused", "allowed"),
        supplement_limit=_count(data.get("supplement_limit", 1)),
        seal_certificate_sha256=str(data.get("seal_certificate_sha256", "")),
        line=read_line(folder, data.get("line", {})),
        recovery=read_recovery(folder, data.get("recovery", {})),
        retention=read_retention(data.get("retention", {})),
        proof=read_proof(data.get("proof", {})),
        pictures=read_pictures(data.get("pictures", {})),
        sign_in=read_sign_in(data.get("accounts", {})),
        language=_one_of(data.get("language", ""), "", *LANGUAGES),
    )


def _fields(kind: str, names: list[str]) -> tuple[SignatureField, ...]:
    """Return the signatures of a kind of document: the officer's; the leader's too; the seal too, which attests that one."""
    fields, in_order = tuple(SignatureField(name) for name in names), tuple(SignatureField)
    if not fields or fields != in_order[: len(fields)]:
        raise RecordDamaged(where=f"signatures.{kind}")
    return fields


def _account(data: dict[str, Any]) -> Account:
    officer = from_json(Officer, data, "officers")
    known = ("certificate_sha256", "login", "practice_pin", "identity_number")
    return Account(officer, *(str(data.get(name, "")) for name in known))


def _words(data: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in data.items()}


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def _one_of(value: object, *known: str) -> str:
    if value not in known:
        raise ValueError(value)
    return str(value)


def _as_json(settings: Settings) -> dict[str, Any]:
    return {
        "unit": as_json(settings.unit),
        "central": settings.central,
        "officers": [
            as_json(account.officer)
            | {
                "certificate_sha256": account.certificate_sha256,
                "login": account.login,
                "practice_pin": account.practice_pin,
                "identity_number": account.identity_number,
            }
            for account in settings.accounts
        ],
        "tokens": [
            {"path": str(library.path), "environment": dict(library.environment)}
            for library in settings.tokens
        ],
        "trust": str(settings.trust) if settings.trust else "",
        "scanner": scanner_as_json(settings.scanner),
        "scan_folder": scan_folder_as_json(settings.scan_folder),
        "signatures": {kind.value: as_json(fields) for kind, fields in settings.signatures.items()},
        "printers": {kind.value: settings.printers.get(kind, "") for kind in DocumentKind},
        "slip_number": settings.slip_number,
        "reply_number": settings.reply_number,
        "reply_book": settings.reply_book,
        "code_notice": settings.code_notice,
        "approval_share": settings.approval_share,
        "further_turns": settings.further_turns,
        "delegated_sign": settings.delegated_sign,
        "own_dossier": settings.own_dossier,
        "supplement_limit": settings.supplement_limit,
        "seal_certificate_sha256": settings.seal_certificate_sha256,
        "line": line_as_json(settings.folder, settings.line),
        "recovery": recovery_as_json(settings.folder, settings.recovery),
        "retention": retention_as_json(settings.retention),
        "proof": asdict(settings.proof),
        "pictures": pictures_as_json(settings.pictures),
        "accounts": asdict(settings.sign_in),
        "language": settings.language,
    }


def _merged(before: object, after: object) -> object:
    """Take `after`, and keep from `before` the members that `after` does not name."""
    if isinstance(before, dict) and isinstance(after, dict):
        ours = {
            name: value if name in _WHOLE else _merged(before.get(name), value)
            for name, value in after.items()
        }
        return {**before, **ours}
    if isinstance(before, list) and isinstance(after, list):
        known = {item["id"]: item for item in before if isinstance(item, dict) and "id" in item}
        return [_merged(known.get(_id(item)), item) for item in after]
    return after


def _id(item: object) -> object:
    return item.get("id") if isinstance(item, dict) else None
