"""What the office has to do about an act that central did not take, or took with a flag; in words, by central's reason."""

from collections.abc import Sequence

from clerk_app.errors import in_a_row, say

CALL_ADMINISTRATOR = say(
    "Báo người quản trị xem lại. Hồ sơ trên máy này không bị thay đổi. Xem xong bấm Đã xem."
)
ADMINISTRATOR = say("Người quản trị")
_CALL_CENTRAL = say("Báo người quản trị máy chủ trung tâm.")
_AUTHOR = say("Báo người quản trị máy chủ trung tâm kiểm tra khóa ký và vai trò của người lập.")
_SEEN = say("Mở hồ sơ xem lại, báo người quản trị nếu cần, rồi bấm Đã xem.")
_GIVE_UP = say(
    "Làm xong thì ghi đã xử lý thế nào và bấm Đã xử lý: việc này không gửi nữa, hồ sơ được gửi tiếp."
)
_KEEP = say(
    "Giấy hoặc kết quả đã đưa cho người dân vẫn có giá trị: việc này không bỏ được. "
    "Báo người quản trị máy chủ trung tâm để nhận lại hồ sơ này."
)

CHOOSE = say(
    "Hai nơi cùng sửa hồ sơ này. Chọn bên đúng cho từng mục, ghi lý do: giấy hẹn mới thay giấy của cả hai nơi; "
    "giữ nguyên dữ liệu đang có hiệu lực thì giấy quầy này đã cấp không còn giá trị."
)
"""About a correction that came second."""

TURN_PASSED = "turn_passed"
"""What central's `guard` means for a signature."""

TURN_WENT = "turn_went"
"""What it means for a turn that went by hand, or was taken back."""

OFFICE_REASONS = {
    TURN_PASSED: say(
        "Chữ ký này được thực hiện sau khi lượt ký đã chuyển cho máy khác: được lưu lại, không có hiệu lực."
    ),
    TURN_WENT: say(
        "Khi việc chuyển hoặc lấy lại này đến máy chủ thì lượt ký đã ở nơi khác: nó không có hiệu lực."
    ),
}
"""What the office says in place of one of central's reasons."""

_STEPS = {
    TURN_PASSED: say("Mở hồ sơ xem chữ ký có hiệu lực là của ai."),
    TURN_WENT: say("Mở hồ sơ xem văn bản đã có chữ ký hay chưa; chưa có thì xem lượt ký đang ở máy nào."),
    "state": say(
        "Mở hồ sơ xem bên kia đã làm gì. Việc này không còn đúng lúc: báo người dân nếu giấy đã đưa ra."
    ),
    "guard": say("Mở hồ sơ, so với dữ liệu mới nhất; nếu vẫn cần sửa thì làm lại Cấp lại do sai sót."),
    "role": say("Nhờ người có vai trò này làm lại."),
    "own_work": say("Nhờ lãnh đạo khác, hoặc người được ủy quyền, xem lại việc đã tự ký duyệt."),
    "move": say("Mở hồ sơ, làm lại theo đúng thứ tự các bước."),
    "group": say("Mở hồ sơ, làm lại bằng đúng việc cho phép sửa mục đó."),
    "author_unknown": _AUTHOR,
    "author_revoked": _AUTHOR,
    "author_not_valid": _AUTHOR,
    "signature_invalid": _AUTHOR,
}

ALARMS = {
    "accepted_then_conflict": say("Máy chủ báo không nhận một việc mà trước đó đã nhận."),
    "accepted_then_refused": say("Máy chủ báo không nhận một việc mà trước đó đã nhận."),
    "answer_for_another_hash": say("Máy chủ trả lời cho một bản khác của việc này."),
    "same_id_another_hash": say("Nhận được một việc trùng mã nhưng khác nội dung."),
    "unreadable": say("Nhận được dữ liệu không đọc được."),
    "forged": say("Nhận được một việc có chữ ký không đúng."),
    "second_hash": say("Có hai việc khác nhau ở cùng một vị trí của nhật ký."),
    "our_chain_elsewhere": say("Có việc ghi vào nhật ký của máy này từ nơi khác."),
}
"""What came and does not fit what this counter has, by its name in the journal."""


def next_step(reasons: Sequence[str], *, parked: bool, kept: bool) -> str:
    """Return what to do about an act with these reasons; `kept`: the office can't give it up."""
    if parked and kept:
        return _KEEP
    known = dict.fromkeys(_STEPS[reason] for reason in reasons if reason in _STEPS)
    if parked:
        return in_a_row(*(known or (_CALL_CENTRAL,)), _GIVE_UP)
    return in_a_row(*known, _SEEN)
