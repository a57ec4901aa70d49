"""The kinds of entries this office writes, as plain data: what each may move and set, and who may write it.

The desk turns the table into the rules that the journal and central are told.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from clerk_app.domain.book import BOOK
from clerk_app.domain.dossier import Status
from clerk_app.domain.dossier_body import APPLICANT, AUTHORISATION, GROUPS, HANDOVER, RETURN_CHANNEL
from clerk_app.domain.legal_code import CODE
from clerk_app.domain.officer import Role
from clerk_app.domain.turn import TURNS

DEVICE = "device"
"""The role of the machine itself."""


class Kind(StrEnum):
    """The word in an entry's header."""

    CHAIN_OPENED = "chain_opened"
    SUPPLEMENT_ASKED = "supplement_asked"
    REFUSED = "refused"
    RECEIVED = "received"
    SLIP_SIGNED = "slip_signed"
    SLIP_FOR_PEN = "slip_for_pen"
    SLIP_APPROVED = "slip_approved"
    SLIP_SEALED = "slip_sealed"
    TURN_TAKEN = "turn_taken"
    TURN_HANDED = "turn_handed"
    TURN_RECALLED = "turn_recalled"
    SENT_BACK = "sent_back"
    RESUBMITTED = "resubmitted"
    PRINT_STARTED = "print_started"
    PRINT_ENDED = "print_ended"
    PRINT_UNKNOWN = "print_unknown"
    CODE_GIVEN = "code_given"
    CODE_NOTICE = "code_notice"
    CORRECTED = "corrected"
    RETURNED = "returned"
    DOCUMENT_SIGNED = "document_signed"
    DOCUMENT_APPROVED = "document_approved"
    DOCUMENT_PROVEN = "document_proven"
    FILE_SIGNED = "file_signed"
    DELEGATED = "delegated"
    DELEGATION_ENDED = "delegation_ended"
    DAYS_EXTENDED = "days_extended"
    LOOKED_AT = "looked_at"
    SETTLED = "settled"
    LINE_LOST = "line_lost"
    LINE_BACK = "line_back"
    REDACTED = "redacted"
    NUMBERS_VOIDED = "numbers_voided"
    BOOK_OPENED = "book_opened"
    BOOK_HANDED = "book_handed"
    BOOK_TAKEN = "book_taken"
    BOOK_NUMBER = "book_number"
    BOOK_NUMBER_VOID = "book_number_void"


class Nature(StrEnum):
    """A fact is never refused by central; a request can be, when its `from` no longer holds."""

    FACT = "fact"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind: its nature, its legal moves (from, to), the groups it may set, the roles that may author it."""

    name: Kind
    title: str  # in the history list
    nature: Nature = Nature.FACT
    moves: frozenset[tuple[str | None, str]] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    exclusive: frozenset[str] = frozenset()  # of these groups: whoever comes second changes nothing
    not_by_author_of: frozenset[str] = frozenset()  # kinds: never by who wrote one of them on it
    grants: frozenset[str] = frozenset()  # kinds that it may let another officer write, from day to day
    ends_grants: bool = False


_ASKED, _RECEIVED = Status.SUPPLEMENT_ASKED.value, Status.RECEIVED.value
_ANSWERED = frozenset({(None, _ASKED), (_ASKED, _ASKED)})
_TURNED_AWAY = frozenset({(None, Status.REFUSED.value), (_ASKED, Status.REFUSED.value)})
_OPENED = frozenset({(None, _RECEIVED), (_ASKED, _RECEIVED)})
_HANDED_OVER = frozenset(
    {(_RECEIVED, Status.RETURNED.value), (Status.SLIP_ISSUED.value, Status.RETURNED.value)}
)
_FROM_THE_DRAFT = frozenset(GROUPS) - {HANDOVER}
_ISSUED = frozenset({(Status.RECEIVED.value, Status.SLIP_ISSUED.value)})
_TAKEN_BACK = frozenset(
    {(Status.SLIP_ISSUED.value, Status.RECEIVED.value), (Status.RECEIVED.value, Status.RECEIVED.value)}
)
IN_THE_CITIZENS_HANDS = frozenset(
    {Kind.RECEIVED, Kind.SUPPLEMENT_ASKED, Kind.REFUSED, Kind.RETURNED, Kind.CODE_GIVEN, Kind.CODE_NOTICE}
)
"""Acts that gave the citizen a paper or a result: the office can't give them up when central parks them."""

FURTHER_SIGNATURES = frozenset(
    {Kind.SLIP_APPROVED, Kind.SLIP_SEALED, Kind.DOCUMENT_SIGNED, Kind.DOCUMENT_APPROVED}
)
"""Acts that need a turn: one that comes when its turn is another's has no effect."""

BY_HAND = frozenset({Kind.TURN_HANDED, Kind.TURN_RECALLED})
"""Acts that pass a turn on without central: one that comes when the turn is another's has no effect either."""

_CORRECTABLE = frozenset({APPLICANT, AUTHORISATION, RETURN_CHANNEL})
_TURNS = frozenset({TURNS})
_BOOKS = frozenset({BOOK})
_OFFICER = frozenset({Role.OFFICER.value})
_LEADER = frozenset({Role.LEADER.value})
_REGISTRAR = frozenset({Role.REGISTRAR.value})
_RECEIVER = frozenset({Role.RECEIVER.value})
_SIGNERS = _OFFICER | _LEADER | _REGISTRAR
_AT_THE_COUNTER = frozenset(
    {
        Kind.SUPPLEMENT_ASKED,
        Kind.REFUSED,
        Kind.RECEIVED,
        Kind.SLIP_SIGNED,
        Kind.SLIP_FOR_PEN,
        Kind.CODE_NOTICE,
    }
)


def _signs(
    name: Kind, title: str, roles: frozenset[str], moves: frozenset[tuple[str | None, str]] = frozenset()
) -> EntryKind:
    """Return a kind that adds a signature, and says whose turn is next."""
    return EntryKind(name, title, moves=moves, groups=_TURNS, roles=roles, exclusive=_TURNS)


def _approves(name: Kind, title: str) -> EntryKind:
    """Return a kind that adds the leader's signature: never of whoever did the work at the counter."""
    return replace(_signs(name, title, _LEADER), not_by_author_of=_AT_THE_COUNTER)


def _in_book(name: Kind, title: str, nature: Nature, roles: frozenset[str]) -> EntryKind:
    """Return a kind that sets the group of a book, if the book stands as its author saw it."""
    return EntryKind(name, title, nature, groups=_BOOKS, roles=roles, exclusive=_BOOKS)


KINDS: tuple[EntryKind, ...] = (
    EntryKind(Kind.CHAIN_OPENED, "Mở sổ ghi việc của quầy", roles=frozenset({DEVICE})),
    EntryKind(
        Kind.SUPPLEMENT_ASKED,
        "Yêu cầu bổ sung, hoàn thiện hồ sơ",
        moves=_ANSWERED,
        groups=_FROM_THE_DRAFT | _TURNS,
        roles=_OFFICER,
        exclusive=_TURNS,
    ),
    EntryKind(
        Kind.REFUSED,
        "Từ chối tiếp nhận",
        moves=_TURNED_AWAY,
        groups=_FROM_THE_DRAFT | _TURNS,
        roles=_OFFICER,
        exclusive=_TURNS,
    ),
    EntryKind(
        Kind.RECEIVED, "Tiếp nhận hồ sơ", moves=_OPENED, groups=_FROM_THE_DRAFT, roles=_OFFICER | _RECEIVER
    ),
    _signs(Kind.SLIP_SIGNED, "Cán bộ ký giấy hẹn", _OFFICER, _ISSUED),
    EntryKind(Kind.SLIP_FOR_PEN, "Lập giấy hẹn để ký tay", moves=_ISSUED, roles=_OFFICER),
    _approves(Kind.SLIP_APPROVED, "Lãnh đạo ký giấy hẹn"),
    _signs(Kind.SLIP_SEALED, "Ký số cơ quan", _REGISTRAR),
    EntryKind(
        Kind.TURN_TAKEN,
        "Nhận lượt ký về máy",
        nature=Nature.REQUEST,
        groups=_TURNS,
        roles=_LEADER | _REGISTRAR,
        exclusive=_TURNS,
    ),
    EntryKind(Kind.TURN_HANDED, "Chuyển tay lượt ký", groups=_TURNS, roles=_SIGNERS, exclusive=_TURNS),
    EntryKind(
        Kind.TURN_RECALLED,
        "Lấy lại lượt ký đã chuyển tay",
        groups=_TURNS,
        roles=_SIGNERS,
        exclusive=_TURNS,
    ),
    EntryKind(Kind.SENT_BACK, "Trả lại, chưa ký", roles=_LEADER | _REGISTRAR),
    EntryKind(Kind.RESUBMITTED, "Trình ký lại", roles=_OFFICER),
    EntryKind(Kind.PRINT_STARTED, "Bắt đầu in", roles=_SIGNERS),
    EntryKind(Kind.PRINT_ENDED, "In xong", roles=_SIGNERS),
    EntryKind(Kind.PRINT_UNKNOWN, "Chưa rõ đã in xong hay chưa", roles=_SIGNERS),
    EntryKind(
        Kind.CODE_GIVEN,
        "Cấp mã hồ sơ thay số tạm",
        groups=frozenset({CODE}),
        roles=_OFFICER,
        exclusive=frozenset({CODE}),
    ),
    _signs(Kind.CODE_NOTICE, "Lập thông báo mã hồ sơ", _OFFICER),
    EntryKind(
        Kind.CORRECTED,
        "Cấp lại do sai sót",
        nature=Nature.REQUEST,
        moves=_TAKEN_BACK,
        groups=_CORRECTABLE,
        roles=_OFFICER,
    ),
    EntryKind(
        Kind.RETURNED,
        "Trả kết quả",
        moves=_HANDED_OVER,
        groups=frozenset({HANDOVER}),
        roles=_OFFICER,
    ),
    _signs(Kind.DOCUMENT_SIGNED, "Ký thêm vào phiếu", _OFFICER | _REGISTRAR),
    _approves(Kind.DOCUMENT_APPROVED, "Lãnh đạo ký phiếu"),
    EntryKind(Kind.DOCUMENT_PROVEN, "Gắn dấu thời gian", roles=frozenset({DEVICE})),
    EntryKind(Kind.FILE_SIGNED, "Ký tệp", roles=_LEADER | _REGISTRAR),
    EntryKind(
        Kind.DELEGATED,
        "Ủy quyền ký duyệt",
        roles=_LEADER,
        grants=frozenset({Kind.SLIP_APPROVED, Kind.DOCUMENT_APPROVED, Kind.TURN_TAKEN, Kind.SENT_BACK}),
    ),
    EntryKind(Kind.DELEGATION_ENDED, "Chấm dứt ủy quyền", roles=_LEADER, ends_grants=True),
    EntryKind(Kind.DAYS_EXTENDED, "Gia hạn mở quầy khi chưa đăng nhập được", roles=_LEADER | {DEVICE}),
    EntryKind(Kind.LOOKED_AT, "Đã xem cảnh báo của máy chủ", roles=_SIGNERS),
    EntryKind(Kind.SETTLED, "Đã xử lý việc gửi lỗi", roles=_OFFICER | _LEADER | {DEVICE}),
    EntryKind(Kind.LINE_LOST, "Mất kết nối máy chủ", roles=frozenset({DEVICE})),
    EntryKind(Kind.LINE_BACK, "Nối lại máy chủ", roles=frozenset({DEVICE})),
    EntryKind(Kind.REDACTED, "Xóa nội dung theo quyết định", roles=_LEADER),
    EntryKind(Kind.NUMBERS_VOIDED, "Bỏ số cấp trước không dùng", roles=frozenset({DEVICE})),
    _in_book(Kind.BOOK_OPENED, "Mở sổ số", Nature.REQUEST, _OFFICER | _REGISTRAR),
    _in_book(Kind.BOOK_HANDED, "Chuyển sổ số sang máy khác", Nature.REQUEST, _OFFICER | _REGISTRAR),
    _in_book(Kind.BOOK_TAKEN, "Nhận sổ số của máy không còn dùng", Nature.REQUEST, _LEADER),
    _in_book(Kind.BOOK_NUMBER, "Lấy số trong sổ", Nature.FACT, _OFFICER | _REGISTRAR),
    EntryKind(Kind.BOOK_NUMBER_VOID, "Bỏ số trong sổ", roles=_OFFICER | _REGISTRAR),
)

TITLES: dict[str, str] = {kind.name.value: kind.title for kind in KINDS}
