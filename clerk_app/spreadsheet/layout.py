"""Which sheets and columns a spreadsheet has, in the words that stand on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from clerk_app.domain.paper import KnownBy, PaperForm
from clerk_app.domain.procedure import FeeChannel, ReturnMode, TimeUnit


class Content(Enum):
    """What the cells of a column hold."""

    TEXT = "chữ"
    LABEL = "chữ (số hiệu)"  # a day typed here is meant as text
    CODE = "chữ (mã)"  # a number typed here has lost its last zeros
    LIST = "chữ, nhiều mục cách nhau bằng dấu chấm phẩy"
    NUMBER = "số nguyên"
    DAY = "ngày dd/mm/yyyy"
    HOUR = "giờ hh:mm"
    MOMENT = "ngày giờ dd/mm/yyyy hh:mm"
    YES_NO = "Có hoặc Không"
    CHOICE = "chọn trong danh sách"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the member of the record that it holds, and what may stand in it."""

    title: str
    member: str  # "time_limit.amount": of the record within the record
    content: Content = Content.TEXT
    required: bool = False
    choices: Mapping[str, StrEnum] | None = None  # the words of a CHOICE
    help: str = ""
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a row for each record."""

    title: str
    columns: tuple[Column, ...]
    what: str

    def column_of(self, member: str) -> Column:
        """Return the column that holds a member, or the first one."""
        return next((each for each in self.columns if each.member == member), self.columns[0])


_UNITS = {
    "trong ngày": TimeUnit.SAME_DAY,
    "giờ làm việc": TimeUnit.WORKING_HOURS,
    "ngày làm việc": TimeUnit.WORKING_DAYS,
    "ngày": TimeUnit.DAYS,
}
_MODES = {"trả ngay": ReturnMode.AT_ONCE, "hẹn trả": ReturnMode.BY_APPOINTMENT}
_FORMS = {"bản chính": PaperForm.ORIGINAL, "bản sao": PaperForm.COPY, "bản điện tử": PaperForm.ELECTRONIC}
_CHANNELS = {
    "mọi kênh": FeeChannel.ANY,
    "nộp trực tiếp": FeeChannel.COUNTER,
    "nộp trực tuyến": FeeChannel.ONLINE,
}
_KNOWN_BY = {
    "cán bộ hỏi": KnownBy.ASKED,
    "người nộp được ủy quyền": KnownBy.AUTHORISED,
    "cha mẹ hoặc người giám hộ nộp": KnownBy.ON_BEHALF,
    "chủ hồ sơ là tổ chức": KnownBy.ORGANISATION,
    "chủ hồ sơ là người nước ngoài": KnownBy.FOREIGNER,
}

_CODE = Column(
    "Mã thủ tục", "code", Content.CODE, required=True, help="Như trên Cổng DVCQG: 1.001193", width=13
)
_VERSION = Column(
    "Bản", "version", Content.LABEL, required=True, help="Số hiệu của bản, ví dụ 2027-03-01", width=12
)
_SOURCE = Column("Nguồn", "source", required=True, help="Văn bản hoặc nơi lấy số liệu của dòng này", width=40)
_CONFIRMED = Column(
    "Đã xác nhận",
    "confirmed",
    Content.YES_NO,
    help="Có: đã đối chiếu với văn bản gốc. Để trống: Không",
    width=12,
)

PROCEDURES = Sheet(
    "Thủ tục",
    (
        _CODE,
        _VERSION,
        Column("Tên thủ tục", "title", required=True, width=46),
        Column("Lĩnh vực", "field", required=True),
        Column(
            "Thời hạn",
            "time_limit.amount",
            Content.NUMBER,
            required=True,
            help="Trong ngày thì ghi 0",
            width=9,
        ),
        Column("Đơn vị thời hạn", "time_limit.unit", Content.CHOICE, required=True, choices=_UNITS),
        Column(
            "Giờ chốt",
            "time_limit.cut_off",
            Content.HOUR,
            help="Nhận sau giờ này tính từ ngày làm việc sau",
            width=9,
        ),
        Column("Ghi chú thời hạn", "time_limit.note", width=30),
        Column("Nguồn thời hạn", "time_limit.source", required=True, width=40),
        Column("Thời hạn đã xác nhận", "time_limit.confirmed", Content.YES_NO, width=12),
        Column("Cách trả", "return_mode", Content.CHOICE, choices=_MODES, help="Để trống: hẹn trả", width=11),
        Column("Chỉ nhận trực tuyến", "online_only", Content.YES_NO, help="Để trống: Không", width=11),
        Column(
            "Hệ thống chuyên ngành", "outside_system", help="Nơi giải quyết, nếu ở hệ thống khác", width=30
        ),
        Column("Hiệu lực từ", "valid_from", Content.DAY, required=True, width=12),
        Column("Hiệu lực đến", "valid_to", Content.DAY, help="Để trống: còn hiệu lực", width=12),
        _SOURCE,
        _CONFIRMED,
        Column("Tên thường gọi", "keywords", Content.LIST, help="Cách người dân gọi, để tìm", width=40),
    ),
    "Mỗi dòng một bản của một thủ tục. Số liệu đổi từ ngày nào thì thêm bản mới, bản cũ ghi ngày hết hiệu lực.",
)
PAPERS = Sheet(
    "Giấy tờ",
    (
        _CODE,
        _VERSION,
        Column("Khóa", "key", required=True, help="Chữ thường không dấu, ví dụ to-khai; không đổi về sau"),
        Column("Tên giấy tờ", "title", required=True, width=46),
        Column("Bắt buộc", "required", Content.YES_NO, help="Để trống: Có", width=10),
        Column("Dạng bản", "form", Content.CHOICE, choices=_FORMS, help="Để trống: bản chính", width=12),
        Column("Số bản", "count", Content.NUMBER, help="Để trống: 1", width=8),
        Column("Chỉ xuất trình", "show_only", Content.YES_NO, help="Có: chỉ đối chiếu, không quét", width=11),
        Column("Điều kiện", "condition", help="Khi nào mới cần; để trống: luôn cần", width=34),
        Column("Cách biết điều kiện", "known_by", Content.CHOICE, choices=_KNOWN_BY, width=24),
        Column("Nhóm thay thế", "one_of", help="Các giấy tờ cùng nhóm: chỉ cần một"),
        Column("Thay bằng dữ liệu", "replaced_by", help="CSDL thay được giấy (NQ 66.7/2025)", width=26),
        _SOURCE,
        _CONFIRMED,
    ),
    "Mỗi dòng một giấy tờ của thủ tục có cùng mã và bản, theo thứ tự của danh sách.",
)
FEES = Sheet(
    "Lệ phí",
    (
        _CODE,
        _VERSION,
        Column("Tên khoản thu", "title", required=True, width=40),
        Column("Mức thu (đồng)", "amount", Content.NUMBER, help="Không thu: 0. Do tỉnh quy định: để trống"),
        Column("Tính theo", "per", help="bản, trang, hồ sơ, lần …", width=12),
        Column("Điều kiện", "condition", help="Khi nào áp dụng, ví dụ: Đăng ký quá hạn", width=28),
        Column("Kênh nộp", "channel", Content.CHOICE, choices=_CHANNELS, help="Để trống: mọi kênh"),
        Column("Ghi chú", "note", width=30),
        _SOURCE,
        _CONFIRMED,
    ),
    "Mỗi dòng một khoản thu; mức thu tại quầy để trên cùng.",
)
EXEMPTIONS = Sheet(
    "Miễn thu",
    (
        _CODE,
        _VERSION,
        Column("Tên khoản thu", "fee", required=True, help="Đúng như ở trang Lệ phí", width=40),
        Column("Đối tượng được miễn", "title", required=True, width=46),
        _SOURCE,
        _CONFIRMED,
    ),
    "Mỗi dòng một đối tượng được miễn một khoản thu.",
)
CATALOGUE = (PROCEDURES, PAPERS, FEES, EXEMPTIONS)

_DAY = (
    Column("Ngày", "day", Content.DAY, required=True, width=12),
    Column("Tên", "title", required=True, width=40),
    _SOURCE,
    _CONFIRMED,
)
HOURS = Sheet(
    "Giờ làm việc",
    (
        Column("Mở cửa", "opens", Content.HOUR, required=True, width=10),
        Column("Đóng cửa", "closes", Content.HOUR, required=True, width=10),
        _SOURCE,
        _CONFIRMED,
    ),
    "Mỗi dòng một buổi, theo thứ tự trong ngày. Không có dòng nào: giữ giờ đang dùng.",
)
DAYS_OFF = Sheet(
    "Ngày nghỉ", _DAY, "Ngày nghỉ lễ, nghỉ bù, nghỉ hoán đổi; không ghi thứ Bảy, Chủ nhật thường."
)
WORKED_DAYS = Sheet("Ngày làm bù", _DAY, "Thứ Bảy, Chủ nhật phải làm việc thay cho một ngày nghỉ hoán đổi.")
YEARS = Sheet(
    "Năm đã công bố",
    (
        Column(
            "Năm",
            "year",
            Content.NUMBER,
            required=True,
            help="Lịch nghỉ của năm đã được công bố đủ",
            width=10,
        ),
    ),
    "Mỗi dòng một năm. Ngày hẹn chạm năm khác được ghi là lịch nghỉ chưa xác nhận.",
)
CALENDAR = (HOURS, DAYS_OFF, WORKED_DAYS, YEARS)
GUIDE = "Hướng dẫn"

OUTAGES = Sheet(
    "Mất kết nối",
    (
        Column("Lần", "number", Content.NUMBER, width=6),
        Column("Quầy", "counter", width=12),
        Column("Mất từ", "since", Content.MOMENT, width=17),
        Column("Nối lại lúc", "until", Content.MOMENT, width=17),
        Column("Lần hỏi cuối không được", "last_failed", Content.MOMENT, width=17),
        Column("Số phút", "minutes", Content.NUMBER, width=9),
        Column("Nguyên nhân quầy thấy", "cause", width=44),
        Column("Số lần hỏi", "rounds", Content.NUMBER, width=9),
        Column("Số hồ sơ", "dossiers", Content.NUMBER, width=9),
        Column("Số việc", "acts", Content.NUMBER, width=9),
        Column("Mã băm việc ghi lúc mất", "begun", width=68),
        Column("Mã băm việc ghi lúc nối lại", "ended", width=68),
    ),
    "Mỗi dòng một lần máy chủ trung tâm không trả lời, theo nhật ký có chữ ký của quầy.",
)
OUTAGE_ACTS = Sheet(
    "Việc trong lúc mất kết nối",
    (
        Column("Lần", "number", Content.NUMBER, width=6),
        Column("Mã hồ sơ", "code", Content.LABEL, width=24),
        Column("Người nộp", "person", width=28),
        Column("Việc", "act", width=32),
        Column("Lúc", "occurred_at", Content.MOMENT, width=17),
        Column("Hẹn trả", "due", Content.MOMENT, width=17),
        Column("Mã băm của việc", "entry_hash", width=68),
    ),
    "Mỗi dòng một việc đã làm khi máy chủ không trả lời; mã băm để tìm lại trên máy chủ.",
)
