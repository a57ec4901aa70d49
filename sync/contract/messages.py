"""The messages between the counter and central, as values.

`openapi.yaml` beside this file says the same in the language of HTTP; `wire` turns
each value into JSON and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

BATCH_ENTRIES = 50
BATCH_BYTES = 256 * 1024
FILE_PARTS = (128 * 1024, 4 * 1024 * 1024)  # bytes that one PUT of a file carries, at least and at most
FILE_BYTES = 512 * 1024 * 1024
FEED_LIMIT = 200
LEASES_SHOWN = 200  # in one request
UPSTREAM = "upstream"  # why a hub refuses a request: the system above it is out of reach
GAP = "gap"  # flag of an entry before which central has none
HUB_ROLE = "hub"  # of a device: its key signs ranges of numbers for the counters of its unit


class Malformed(ValueError):
    """What came over the wire is not what the contract says. Each side turns it into its own error."""


class Verdict(StrEnum):
    """Central's answer to one entry."""

    ACCEPTED = "accepted"
    REPLAYED = "replayed"  # known already: `Answer.first` repeats what was said then
    CONFLICT = "conflict"  # the request's `from` no longer holds, or both sides changed one group
    REFUSED = "refused"
    WAITS = "waits"  # an earlier entry of its subject has to be settled first
    HELD = "held"  # a hub has it and judged it (`Answer.first`); the system above it has not settled it


@dataclass(frozen=True, slots=True)
class Was:
    """What central answered in a life that it has lost: accepted, conflict or refused, with the reason."""

    verdict: Verdict
    reason: str  # a key of REASONS


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry on its way: the very bytes that were stored."""

    header: bytes
    sig: bytes
    salt: bytes | None
    body: bytes | None
    was: Was | None = None  # only on the way to a central that was restored

    @property
    def size(self) -> int:
        """Bytes that it adds to a batch, roughly (base64 makes them a third more)."""
        return len(self.header) + len(self.sig) + len(self.salt or b"") + len(self.body or b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """What central said of one entry. A batch has one answer each, in the order of the offer."""

    id: str  # of the entry; "" when its header could not be read
    hash: str  # hex, SHA-256 of the header bytes
    verdict: Verdict
    reason: str = ""  # a key of REASONS; "" for accepted
    flags: tuple[str, ...] = ()  # keys of REASONS: recorded, but a person will look at it
    owner: str = ""  # who has to act on it, when it was not simply accepted
    first: Verdict | None = (
        None  # of `replayed`: the answer that is repeated; of `held`: the hub's own judgement
    )

    @property
    def settled(self) -> Verdict:
        """The verdict that counts: the first one, when this is a repetition."""
        return self.verdict if self.verdict is Verdict.HELD else self.first or self.verdict

    @property
    def judged(self) -> Verdict:
        """The same, or what a hub made of it so far."""
        return self.first or self.verdict


@dataclass(frozen=True, slots=True)
class Offered:
    """The answer to a whole batch."""

    answers: tuple[Answer, ...]
    heads: tuple["Signed", ...]  # central's signed word on how far it knows each chain of the batch
    server_time: str  # RFC 3339 UTC, milliseconds


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One verdict in commit order, with the entry that it is about (others' and our own alike)."""

    position: int
    answer: Answer  # `verdict` is accepted, conflict or refused, at a hub also held; never replayed or waits
    entry: Carried


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the feed. `next` is the cursor to store in the transaction that keeps the items."""

    items: tuple[FeedItem, ...]
    next: str  # opaque
    more: bool  # ask again at once
    epoch: str  # names one life of the server; another one means it was restored
    durable_to: int  # the position up to which central's backup reaches
    server_time: str


@dataclass(frozen=True, slots=True)
class CentralTime:
    """What central's clock says, and which life of the server this is."""

    server_time: str
    epoch: str


@dataclass(frozen=True, slots=True)
class News:
    """Central's clock, and how far everything that it tells this unit has come: what did not move is not asked for."""

    server_time: str
    epoch: str
    next: str  # the cursor of whoever has read the feed to its end
    durable_to: int
    authors: str  # ETag of the list of authors
    published: Mapping[str, str]  # of each published document, the ETag of its newest version


@dataclass(frozen=True, slots=True)
class Signed:
    """Bytes and central's Ed25519 signature over a purpose ‖ SHA-256(data) (see `seals`)."""

    data: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """How far central knows a chain: the last entry that holds its place in it."""

    chain: str
    seq: int
    hash: str  # hex, of that entry
    at: str  # RFC 3339 UTC, when this was said
    epoch: str  # the life of central in which it holds


@dataclass(frozen=True, slots=True)
class LeaseRequest:
    """A wish for a range of numbers. Asking again with the same id gets the same range."""

    request_id: str
    chain: str
    series: str
    day: str  # YYYY-MM-DD, the day in Asia/Ho_Chi_Minh on which the numbers may be taken
    count: int


@dataclass(frozen=True, slots=True)
class Lease:
    """A granted range, both ends included; the words inside a `Signed`."""

    request_id: str
    chain: str
    series: str
    day: str
    first: int
    last: int
    granted_at: str


@dataclass(frozen=True, slots=True)
class DayEntry:
    """An entry as central has it."""

    chain: str
    seq: int
    hash: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DayNumber:
    """A number that central knows as used, and by which entry (hash)."""

    series: str
    value: int
    code: str
    entry: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """What became of a range that was granted for the day; what is none of the three is still free, or not told yet."""

    request_id: str
    chain: str
    series: str
    first: int
    last: int
    used: int  # numbers that entries use
    void: int  # that its counter has called void when the day was over
    apart: int  # set apart: the chain has ended, and an older life of the counter may have used them

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Day:
    """What central has of one device and one office day; the words inside a `Signed`."""

    device: str
    day: str  # YYYY-MM-DD in Asia/Ho_Chi_Minh, by the entries' own time
    at: str  # when central looked
    epoch: str
    entries: tuple[DayEntry, ...]
    numbers: tuple[DayNumber, ...]
    missing: tuple[str, ...]  # files (sha256) that those entries name and the unit has not uploaded
    ranges: tuple[DayRange, ...] = ()  # granted to the device for this day


@dataclass(frozen=True, slots=True)
class AuthorKey:
    """A public key by which an author is known in a unit. Times are RFC 3339 UTC."""

    author: str  # officer:<id> | device:<id>
    public_key: bytes  # 32 bytes, Ed25519
    roles: tuple[str, ...]
    valid_from: str
    valid_to: str
    revoked_at: str | None
    name: str = ""  # of a device: as its unit calls it


@dataclass(frozen=True, slots=True)
class Published:
    """A document that central publishes (catalogue, calendar, trust)."""

    name: str
    version: int  # grows by one; never goes back
    issued_at: str
    content: bytes
    signed: Signed  # {name, version, issued_at, sha256 of the content}
    etag: str


REASONS: Mapping[str, str] = {
    "malformed": "Dữ liệu của việc này không đúng định dạng.",
    "too_new": "Máy chủ chưa hiểu dạng ghi mới này.",
    "id_reused": "Mã của việc này đã được dùng cho một việc khác.",
    "signature_invalid": "Chữ ký của người lập không đúng.",
    "body_mismatch": "Nội dung không khớp với phần đầu đã ký.",
    "body_missing": "Việc này đến mà không có nội dung.",
    "body_gone": "Nội dung của việc này không còn ở đâu: đã chuyển lưu trữ trước khi máy chủ được khôi phục.",
    "author_unknown": "Máy chủ chưa biết khóa ký của người lập.",
    "author_revoked": "Người lập đã bị thu hồi quyền trước lúc thực hiện.",
    "author_not_valid": "Khóa ký của người lập không còn hoặc chưa có hiệu lực lúc thực hiện.",
    "received_after_revocation": "Việc làm trước khi thu hồi quyền nhưng đến máy chủ sau đó.",
    "role": "Người lập không có vai trò được phép làm việc này.",
    "own_work": "Người lập đã tự làm việc trước đó trên hồ sơ này nên không được làm việc này.",
    "state": "Hồ sơ không còn ở trạng thái cho phép bước này.",
    "waits": "Chờ xử lý việc trước của cùng hồ sơ.",
    GAP: "Thiếu việc đứng trước trong nhật ký của máy này.",
    "chain_broken": "Nhật ký của máy này không nối tiếp với việc đứng trước.",
    "chain_closed": "Nhật ký này của máy đã kết thúc: máy đã mở chuỗi ghi mới.",
    "chain_forked": "Nhật ký này của máy đi theo một diễn biến khác với nơi đã kết thúc.",
    "second_hash": "Nhật ký của máy này có hai việc khác nhau ở cùng một vị trí.",
    "unknown_kind": "Máy chủ chưa biết loại việc này.",
    "number_outside_lease": "Số dùng không nằm trong dải số đã cấp cho máy này.",
    "number_used_twice": "Số này đã được dùng cho một việc khác.",
    "number_void": "Số này đã được ghi là bỏ.",
    "clock_ahead": "Giờ ghi trên việc này sau giờ của máy chủ.",
    "body": "Nội dung của việc này không đọc được.",
    "subject": "Việc này nói về một hồ sơ khác.",
    "move": "Loại việc này không được chuyển trạng thái như vậy.",
    "group": "Loại việc này không được ghi nhóm dữ liệu đó.",
    "guard": "Dữ liệu hồ sơ đã được bên khác thay đổi.",
}
