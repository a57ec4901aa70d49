"""What may be read and changed here besides the acts of `kinds`, and by which roles: one table, asked at every door."""

from dataclasses import dataclass
from enum import StrEnum

from clerk_app.domain.officer import Role


class Access(StrEnum):
    """A part of the counter that stands behind one door."""

    DRAFTS = "drafts"
    DOSSIERS = "dossiers"
    LAW = "law"
    OUTAGES = "outages"
    DAY = "day"
    JOURNAL = "journal"
    SIGNATURES = "signatures"
    DEVICES = "devices"
    SETTINGS = "settings"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Door:
    """Who may go through."""

    to: Access
    title: str
    roles: frozenset[Role]


_SIGN = frozenset({Role.OFFICER, Role.LEADER, Role.REGISTRAR})
_COUNTER = _SIGN | {Role.RECEIVER}
_LOOK = _SIGN | {Role.AUDITOR}
_CARE = _SIGN | {Role.ADMINISTRATOR}  # where a counter has no administrator, its officers look after it

DOORS: tuple[Door, ...] = (
    Door(Access.DRAFTS, "Hồ sơ đang nhập: mở, ghi, quét, lưu tạm", _COUNTER),
    Door(Access.DOSSIERS, "Hồ sơ đã tiếp nhận: sổ theo dõi, giấy tờ, lịch sử, việc gửi lỗi", _LOOK),
    Door(Access.LAW, "Thủ tục, hạn trả, danh mục nước", _COUNTER | {Role.AUDITOR}),
    Door(Access.OUTAGES, "Nhật ký mất kết nối", _LOOK | {Role.ADMINISTRATOR}),
    Door(Access.DAY, "Đối chiếu cuối ngày", _LOOK),
    Door(Access.JOURNAL, "Kiểm tra chuỗi ghi của nhật ký", _LOOK | {Role.ADMINISTRATOR}),
    Door(Access.SIGNATURES, "Kiểm tra chữ ký của tệp, danh sách tin cậy", frozenset(Role)),
    Door(Access.DEVICES, "Kiểm tra thiết bị, thẻ, máy quét", _CARE),
    Door(Access.SETTINGS, "Thiết lập của quầy, hình chữ ký", _CARE),
    Door(Access.RECOVERY, "Khôi phục nhật ký, lấy lại việc chưa gửi, trả lượt ký", _CARE),
)

_ROLES = {door.to: door.roles for door in DOORS}


def roles_for(access: Access) -> frozenset[Role]:
    """Return who may go through this door."""
    return _ROLES[access]
