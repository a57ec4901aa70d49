"""Answers as plain lines for people; programs ask for `--json`."""

from collections.abc import Mapping
from typing import Any

from clerk_app.cli.outcome import Answer
from clerk_app.cli.words import in_language
from clerk_app.domain.record import as_json
from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.services.signature_words import conclusion, in_short, lines

_LABELS = {
    "code": "Mã hồ sơ",
    "provisional": "Số tạm",
    "legal_code": "Mã cấp thay số tạm",
    "procedure": "Mã thủ tục",
    "title": "Thủ tục",
    "owner": "Chủ hồ sơ",
    "received_at": "Tiếp nhận lúc (UTC)",
    "due_at": "Hẹn trả lúc (UTC)",
    "received": "Tiếp nhận lúc",
    "due": "Hẹn trả lúc",
    "status": "Trạng thái",
    "sending": "Gửi máy chủ trung tâm",
    "entry_hash": "Mã băm của việc tiếp nhận",
    "documents": "Văn bản đã cấp",
    "document": "Giấy hẹn",
    "slip_sha256": "SHA-256 của giấy hẹn",
    "valid": "Hợp lệ",
    "sentence": "Kết luận",
    "signatures": "Chữ ký",
    "signer": "Người ký",
    "signed_at": "Ký lúc (UTC)",
    "field": "Ô ký",
    "entries": "Số việc trong nhật ký",
    "problems": "Chỗ sai",
    "alone_since": "Mất kết nối từ (UTC)",
    "last_round": "Lần gửi, nhận gần nhất (UTC)",
    "entries_waiting": "Việc chờ gửi",
    "held": "Trong đó đã ở máy chủ phường, chờ thành phố",
    "dossiers_waiting": "Hồ sơ chờ gửi",
    "files_waiting": "Tệp chờ gửi",
    "parked": "Việc gửi lỗi, cần xử lý",
    "numbers_left": "Số hồ sơ còn lại hôm nay",
    "number": "Số định danh, số giấy tờ",
    "old_number": "Số CMND cũ",
    "name": "Tên",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "address": "Nơi cư trú",
    "issued_on": "Ngày cấp",
    "rest": "Mục khác trên thẻ",
    "doubtful": "Mục cần so lại",
    "kind": "Loại",
    "issuer": "Nước cấp",
    "nationality": "Mã quốc tịch",
    "nationality_name": "Quốc tịch",
    "expires_on": "Ngày hết hạn",
    "expired": "Đã hết hạn",
    "personal_number": "Số cá nhân",
    "warnings": "Cần xem lại",
    "after_cut_off": "Sau giờ chốt nhận",
    "calendar_confirmed": "Lịch nghỉ đã công bố",
    "health": "Tình trạng",
    "error": "Chưa nhập được",
    "message": "Điều xảy ra",
    "catalogue": "Danh mục",
    "calendar": "Lịch",
    "years": "Các năm",
    "added": "Thêm mới",
    "changed": "Cập nhật",
    "left": "Không nhập",
    "rows": "Chỗ chưa đúng",
    "sheet": "Trang",
    "row": "Dòng",
    "column": "Cột",
    "published": "Lần công bố",
    "file": "Tệp",
    "procedures": "Số thủ tục",
    "remedy": "Cách xử lý",
    "snapshot": "Bản chụp",
    "taken_at": "Chụp lúc",
    "restored": "Đã đặt vào chỗ nhật ký",
    "aside": "Tệp trước đó được giữ ở",
    "kept": "Việc giữ được",
    "refused": "Việc không đúng chữ ký",
    "missing": "Việc còn thiếu ở đây",
    "drafts": "Hồ sơ đang nhập giữ được",
    "files": "Tệp",
    "unreadable": "Phần không đọc được",
    "key": "Tệp khóa khôi phục",
    "made": "Vừa lập mới",
    "drivers": "Phần mềm thẻ",
    "vendor": "Nhà cung cấp",
    "library": "Thư viện PKCS#11",
    "architecture": "Bản",
    "works": "Dùng được",
    "chosen": "Có trong thiết lập",
    "confirmed": "Đã thử với thẻ thật",
    "tokens": "Thẻ",
    "label": "Tên thẻ",
    "serial": "Số thẻ",
    "manufacturer": "Nhà sản xuất",
    "checked": "Danh sách kiểm ngày",
    "notes": "Ghi chú",
    "hub": "Là máy chủ phường",
    "alarms": "Cảnh báo",
    "unit": "Đơn vị",
    "unit_name": "Tên đơn vị",
    "alarm": "Mã cảnh báo",
    "act": "Việc",
    "author": "Người lập",
    "occurred_at": "Làm lúc (UTC)",
    "answers": "Người xử lý",
    "raised_at": "Thấy lúc (UTC)",
    "settled_at": "Hết lúc (UTC)",
    "settled_by": "Việc ghi đã xem",
}
_WORDS = {True: "có", False: "không", None: "chưa có", "": "–"}


def as_text(answer: Answer, indent: str = "") -> str:
    """Return one line a member, with Vietnamese labels; things in a list stand apart by a blank line; text as it is."""
    if isinstance(answer, str):
        return answer.rstrip()
    if isinstance(answer, list):
        return "\n\n".join(as_text(item, indent) for item in answer) or f"{indent}Không có gì."
    return "\n".join(_member(name, value, indent) for name, value in answer.items())


def _member(name: str, value: object, indent: str) -> str:
    label = f"{indent}{_LABELS.get(name, name)}:"
    match value:
        case [Mapping(), *_]:
            return f"{label}\n{as_text(list(value), indent + '  ')}"
        case Mapping():
            return f"{label}\n{as_text(dict(value), indent + '  ')}"
        case list():
            return f"{label} {'; '.join(map(str, value)) or '–'}"
        case bool() | None | "":
            return f"{label} {_WORDS[value]}"
    return f"{label} {value}"


def judged(verdict: DocumentVerdict) -> dict[str, Any]:
    """Return a verdict for programs: its data, and beside them the sentences that people read."""
    answer: dict[str, Any] = as_json(verdict)
    for told, each in zip(answer["signatures"], verdict.signatures, strict=True):
        told["sentence"] = in_language(in_short(each))
        told["told"] = [
            {
                "about": in_language(line.about),
                "words": in_language(line.words),
                "standing": line.standing.value,
            }
            for line in lines(verdict, each)
        ]
    return {**answer, "standing": verdict.standing.value, "sentence": in_language(conclusion(verdict))}
