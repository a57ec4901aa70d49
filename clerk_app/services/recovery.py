"""When the journal cannot be opened: salvage what can be read, or put a snapshot in its place. Nothing is deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clerk_app.domain.access import Access
from clerk_app.errors import OfficeError
from clerk_app.services.roles import require_for
from clerk_app.services.safekeeping import Safekeeping
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings, read_enrolment, replace_file, write_enrolment
from clerk_app.store import key_slots
from sync import authors
from sync.entry import KeysOf
from sync.errors import JournalSound
from sync.journal import rebuild, restore
from sync.journal.salvage import said_of_itself
from sync.journal.wreck import Wreck
from sync.sealed import new_recovery_key, public_half


class RecoveryKeyUnreadable(OfficeError):
    message = "Không đọc được khóa khôi phục trong tệp {path}."
    remedy = "Chọn tệp khóa khôi phục của đơn vị: một dòng 64 chữ số thập lục phân."


class RecoveryKeyBesideData(OfficeError):
    message = "Tệp khóa khôi phục không được nằm trong thư mục dữ liệu của quầy."
    remedy = "Chọn nơi khác, ví dụ một USB cất trong tủ của đơn vị."


class RecoveryKeyAtSecondPlace(OfficeError):
    message = "Tệp khóa khôi phục không được nằm ở nơi lưu thứ hai: ai nhặt được ổ đĩa đó sẽ đọc được hồ sơ."
    remedy = "Chọn nơi khác, ví dụ một USB cất trong tủ của đơn vị."


class RecoveryKeyInUse(OfficeError):
    message = "Quầy đang dùng một khóa khôi phục khác với tệp {path}."
    remedy = (
        "Kiểm tra lại đường dẫn tệp. Nếu đúng là đổi khóa, chạy lại với --replace, và giữ khóa cũ "
        "đến khi mọi việc chưa gửi đã gửi xong."
    )


class JournalNeedsNoSalvage(OfficeError):
    message = "Nhật ký vẫn đọc được nguyên vẹn, không cần cứu."
    remedy = (
        "Mở chương trình như thường. Để lấy việc chưa gửi từ nơi lưu thứ hai, thêm --second-place và --key; "
        "từ các tệp đã để sang bên, thêm --anyway."
    )


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a salvage came to."""

    kept: int  # entries
    refused: int  # entries that are not what their author signed
    missing: int  # entries known to be lost here; what central has comes back with the next round
    drafts: int
    aside: str  # where the damaged file lies now


def salvage(settings: Settings, unlocked: Unlocked, *, even_if_sound: bool = False) -> Recovered:
    """Put the journal together anew from it, the files moved aside and the snapshots.

    Raises `NotYourRole`, `JournalNeedsNoSalvage`, `JournalHeld`, `DiskFull`, `DiskFailed`.
    """
    require_for(unlocked.officer, Access.RECOVERY)
    keeping = safekeeping(settings, unlocked)
    snapshots = [snapshot.path for snapshot in keeping.snapshots.every()]
    try:
        done = rebuild.rebuild(
            keeping.place, keeping.holder(), snapshots, _keys(keeping), even_if_sound=even_if_sound
        )
    except JournalSound as sound:
        raise JournalNeedsNoSalvage from sound
    found = done.salvaged
    return Recovered(found.kept, found.refused, found.missing, found.drafts, str(done.aside or ""))


def restore_snapshot(
    settings: Settings, unlocked: Unlocked, snapshot: str, *, even_if_sound: bool = False
) -> str:
    """Put a snapshot, named or with its path, in the journal's place; return where the one before lies now.

    Raises `NotYourRole`, `JournalSound`, `SnapshotUnusable`, `JournalHeld`, `DiskFull`, `DiskFailed`.
    """
    require_for(unlocked.officer, Access.RECOVERY)
    keeping = safekeeping(settings, unlocked)
    named = Path(snapshot)
    path = named if named.is_file() else keeping.snapshots.folder / named.name
    return str(restore.restore(keeping.place, path, even_if_sound=even_if_sound) or "")


def enrol_recovery_key(settings: Settings, path: Path, *, replace_old: bool = False) -> bool:
    """Seal unsent work to the key in a file from now on; make the file where there is none. Return whether it was made.

    The counter keeps the public half only. Raises `RecoveryKeyUnreadable`, `RecoveryKeyBesideData`,
    `RecoveryKeyAtSecondPlace`; `RecoveryKeyInUse` when the counter has another and nobody said to replace it.
    """
    second_place = settings.recovery.second_place
    if path.resolve().is_relative_to(settings.folder.resolve()):
        raise RecoveryKeyBesideData
    if second_place is not None and path.resolve().is_relative_to(second_place.resolve()):
        raise RecoveryKeyAtSecondPlace
    enrolment, made = read_enrolment(settings.folder), not path.exists()
    known = enrolment.recovery_public_key if not replace_old else b""
    if known and (made or public_half(read_recovery_key(path)) != known):
        raise RecoveryKeyInUse(path=path)
    if made:
        private, _ = new_recovery_key()
        try:
            replace_file(path, private.hex().encode() + b"\n")
        except OSError as error:
            raise RecoveryKeyUnreadable(path=path) from error
    public = public_half(read_recovery_key(path))
    write_enrolment(settings.folder, replace(enrolment, recovery_public_key=public))
    return made


def read_recovery_key(path: Path) -> bytes:
    """Return the unit's private recovery key, 32 bytes; raises `RecoveryKeyUnreadable`."""
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise RecoveryKeyUnreadable(path=path) from error
    if len(key) != 32:
        raise RecoveryKeyUnreadable(path=path)
    return key


def safekeeping(settings: Settings, unlocked: Unlocked) -> Safekeeping:
    """Return what stands around one counter's journal."""
    return Safekeeping(settings, read_enrolment(settings.folder), unlocked.data_key)


def _keys(keeping: Safekeeping) -> Callable[[Sequence[Wreck]], KeysOf]:
    """Return whose signature counts: this counter's own keys, and what the sources keep of central's list."""
    own = key_slots.public_keys(keeping.settings.folder)
    own[keeping.device.author] = keeping.device.public_bytes

    def keys(sources: Sequence[Wreck]) -> KeysOf:
        told = next(said_of_itself(sources, authors.KEPT), "")
        certified = authors.read_kept(told)

        def keys_of(author: str) -> tuple[bytes, ...]:
            mine = own.get(author)
            return (*certified.keys_of(author), *(() if mine is None else (mine,)))

        return keys_of

    return keys
