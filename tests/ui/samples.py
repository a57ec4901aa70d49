"""A counter's morning as values: dossiers, what waits, a token. Shared by the tests and the gallery."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.conflict import Conflict
from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier, ReturnChannel, SendState, Status
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.domain.handover import Handover
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.legal_code import CodeWaiting
from clerk_app.domain.officer import Officer, Role, Unit
from clerk_app.domain.outage import Cause, Outage, OutageAct
from clerk_app.domain.paper import LaidPaper, PaperFile, PaperKind, PaperState
from clerk_app.domain.procedure import Procedure, TimeLimit, TimeUnit
from clerk_app.domain.reconciling import DayCounts, DayFinding, DayLine, DayReport, in_order
from clerk_app.domain.register_filter import EVERYTHING, RegisterChoices, RegisterFilter
from clerk_app.domain.returning import require_returnable
from clerk_app.domain.sending import NumbersOfDay, Sending, Waiting, WaitingFiles
from clerk_app.domain.token_card import TokenCard
from clerk_app.errors import CentralOffline
from clerk_app.progress import Progress
from clerk_app.services import reconcile_words
from clerk_app.services.next_steps import CHOOSE, next_step
from sync.day import Found, Odd
from ui.mailbox.calls import MailboxCalls
from ui.mailbox.rounds import RoundCalls
from ui.register.calls import RegisterCalls
from ui.result.calls import ResultCalls
from ui.theme import font

NOW = datetime(2026, 11, 23, 2, 12, tzinfo=UTC)  # 09:12 in Việt Nam, a Monday

OFFICER = Officer("cb-01", "Nguyễn Thị Hạnh", frozenset({Role.OFFICER}), "Công chức tiếp nhận")
OTHER = Officer("cb-02", "Trần Đức Thuỷ", frozenset({Role.OFFICER}), "Công chức tiếp nhận")
UNIT = Unit(
    id="u-1",
    agency_code="H26.99.01",
    superior="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    name="Điểm phục vụ hành chính công phường Hà Đông",
    place="Hà Đông",
    address="Số 1 phố Mẫu",
    phone="024 0000 0000",
    counter="Q3",
)
CARD = TokenCard("42", "Bit4id 0042", OFFICER.name, "00" * 32, NOW + timedelta(days=400))
BIRTH = Procedure(
    code="1.001193",
    version="2026-07-01",
    title="Đăng ký khai sinh",
    field="Hộ tịch",
    time_limit=TimeLimit(1, TimeUnit.SAME_DAY),
    papers=(
        PaperKind("to-khai", "Tờ khai đăng ký khai sinh"),
        PaperKind("chung-sinh", "Giấy chứng sinh"),
        PaperKind("can-cuoc", "Căn cước của cha, mẹ", show_only=True),
    ),
)
PEOPLE = (
    ("Trần Văn Được", "001089001234", "Đăng ký khai sinh"),
    ("Lê Thị Mỹ Duyên", "001192004321", "Cấp bản sao trích lục hộ tịch"),
    ("Đặng Ngọc Ánh", "001301007788", "Chứng thực bản sao từ bản chính giấy tờ, văn bản"),
    ("Phạm Quốc Khánh", "001085002211", "Đăng ký thường trú"),
    ("Huỳnh Tấn Phước", "001079009900", "Đăng ký khai sinh"),
    ("Y Blơ Niê", "066095001122", "Cấp bản sao trích lục hộ tịch"),
    ("Công ty trách nhiệm hữu hạn Thương mại và Dịch vụ Hoàng Gia", "0109876543", "Đăng ký hộ kinh doanh"),
)


def a_document(dossier: str, by_pen: bool = False) -> Document:
    """A slip with the signatures that were asked for."""
    signed = () if by_pen else (SignatureField.OFFICER, SignatureField.LEADER, SignatureField.SEAL)
    return Document(f"doc-{dossier}", dossier, DocumentKind.SLIP, "ab" * 32, signed, by_pen, prints=1)


def a_dossier(number: int = 42, status: Status = Status.SLIP_ISSUED, by_pen: bool = False) -> Dossier:
    """One accepted dossier; `number` makes code, person and hour."""
    name, id_number, title = PEOPLE[number % len(PEOPLE)]
    received = NOW - timedelta(minutes=11 * (50 - number))
    identity = f"d-{number}"
    return Dossier(
        id=identity,
        code=f"H26.99.01-261123-{number:04d}",
        provisional=False,
        procedure="1.001193",
        procedure_version="2026-07-01",
        procedure_title=title,
        applicant=Applicant(
            Person(name=name, id_number=id_number, birth_date=date(1989, 7, 14), phone="0912 345 678")
        ),
        papers=(
            LaidPaper("to-khai", PaperState.PRESENT, files=(PaperFile("aa" * 32, "application/pdf", 2),)),
            LaidPaper("chung-sinh", PaperState.PRESENT, files=(PaperFile("bb" * 32, "image/jpeg", 1),)),
            LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),
        ),
        sets=1,
        return_channel=ReturnChannel(),
        received_at=received,
        due_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC) + timedelta(days=number % 3),
        received_by=OFFICER.name,
        status=status,
        entry_hash="ef" * 32,
        documents=() if status is Status.RECEIVED else (a_document(identity, by_pen),),
        sending=SendState.WAITING if number > 40 else SendState.SENT,
    )


def some_dossiers(count: int = 18) -> tuple[Dossier, ...]:
    """Newest first; one waits for its slip, one was signed by pen, one was refused by central."""
    made = [a_dossier(number) for number in range(46, 46 - count, -1)]
    made[0] = a_dossier(46, Status.RECEIVED)
    made[3] = a_dossier(43, by_pen=True)
    made[6] = replace(made[6], sending=SendState.PARKED)
    return tuple(made)


def some_history(dossier: Dossier) -> tuple[HistoryLine, ...]:
    """What was done to it so far."""
    acts = (
        ["received"]
        if dossier.status is Status.RECEIVED
        else ["received", "slip_signed", "print_started", "print_ended"]
    )
    return tuple(
        HistoryLine(
            f"e-{number}",
            kind,
            dossier.received_at + timedelta(minutes=number),
            OFFICER.name,
            dossier.sending,
            (("copy", "1"),) if kind == "print_ended" else (),
        )
        for number, kind in enumerate(acts)
    )


def a_sending(alone: bool = False, waiting: int = 0, parked: int = 0) -> Sending:
    """How things stand with central."""
    return Sending(
        alone_since=datetime(2026, 11, 23, 1, 42, tzinfo=UTC) if alone else None,
        last_round=datetime(2026, 11, 23, 1, 41, tzinfo=UTC),
        entries_waiting=3 * waiting,
        dossiers_waiting=waiting,
        files_waiting=2 * waiting,
        parked=parked,
        numbers_left=37,
        numbers_next=NumbersOfDay(date(2026, 11, 24), 75),
    )


def some_waiting(count: int = 6, parked: int = 1) -> tuple[Waiting, ...]:
    """Acts that central has not settled yet."""
    kinds = ("received", "slip_signed", "print_ended")
    on_their_way = [
        Waiting(
            f"w-{n}",
            f"d-{n}",
            f"H26.99.01-261123-{n:04d}",
            kinds[n % 3],
            NOW - timedelta(minutes=5 * n),
            person=PEOPLE[n % len(PEOPLE)][0],
        )
        for n in range(count)
    ]
    refused = [
        replace(
            each,
            entry=f"p-{each.entry}",
            kind="corrected",
            parked=True,
            reason="Hồ sơ không còn ở trạng thái cho phép bước này.",
            owner="Phạm Quang Vinh",
            next_step=next_step(["state"], parked=True, kept=False),
        )
        for each in on_their_way[:parked]
    ]
    if refused:
        birth, name = ("owner_birth_date", "02/03/1990"), ("owner_name", "Trần Văn Được")
        apart = (
            Conflict("applicant", name[0], "Trần Văn Đươc", name[1], "Trần Văn Đượt"),
            Conflict("applicant", *birth, "03/02/1990", birth[1]),
        )
        refused[0] = replace(
            refused[0],
            reason="Dữ liệu hồ sơ đã được bên khác thay đổi.",
            conflicts=apart,
            to_choose=("applicant",),
            next_step=CHOOSE,
        )
    return (*refused, *on_their_way)


def some_to_hand() -> tuple[ToHand, ...]:
    """Slips that wait for the leader and one for the seal; central knows of the first."""
    fields = (SignatureField.LEADER, SignatureField.LEADER, SignatureField.LEADER, SignatureField.SEAL)
    found = [a_dossier(number) for number in range(31, 35)]
    return tuple(
        ToHand(f"doc-{each.id}", each.id, each.code, each.applicant.owner.name, waits, each is found[1])
        for each, waits in zip(found, fields, strict=True)
    )


def some_handed_out() -> tuple[HandedOut, ...]:
    """Two slips in one bundle that went upstairs."""
    found = [a_dossier(number) for number in (21, 22)]
    at = NOW - timedelta(minutes=50)
    return tuple(
        HandedOut(
            f"doc-{each.id}", each.id, each.code, each.applicant.owner.name, "b-9", "device:quay-05", at
        )
        for each in found
    )


def some_codes() -> tuple[CodeWaiting, ...]:
    """Three dossiers under provisional numbers; of the second only the paper is missing."""
    codes = ("", "H26.99.01-261123-0031", "")
    return tuple(
        CodeWaiting(
            f"t-{n}", f"TAM-Q3-261123-{n + 1:04d}", PEOPLE[n][0], NOW - timedelta(minutes=30 - 9 * n), code
        )
        for n, code in enumerate(codes)
    )


def some_outages() -> tuple[Outage, ...]:
    """One that lasts, with more acts than fit beside it, and two of the week before."""
    touched = [a_dossier(number) for number in range(1, 20)]
    acts = tuple(
        OutageAct(
            each.id,
            each.code,
            each.applicant.owner.name,
            kind,
            NOW - timedelta(minutes=50 - number),
            "ab" * 32,
        )
        for number, each in enumerate(touched)
        for kind in ("received", "slip_signed")
    )
    lasting = Outage(
        "quay-03", NOW - timedelta(minutes=72), NOW, None, True, Cause.NAME, 61, "11" * 32, "", acts
    )
    begun, hour = NOW - timedelta(days=4), timedelta(hours=1)
    ended = replace(
        lasting,
        since=begun,
        last_failed=begun + hour,
        until=begun + hour * 3.2,
        lasts=False,
        cause=Cause.BUSY,
    )
    ended = replace(ended, begun="22" * 32, ended="33" * 32, acts=acts[:3], rounds=9)
    empty = replace(ended, since=begun - hour * 20, until=begun - hour * 19, begun="44" * 32, acts=())
    return lasting, ended, replace(empty, cause=Cause.TIME_OUT, last_failed=begun - hour * 19.1)


def a_day() -> DayReport:
    """A day of twelve dossiers: one number stands elsewhere at central, two papers are not out yet."""
    agreeing = [
        DayLine(each.id, each.code, each.applicant.owner.name)
        for each in (a_dossier(number) for number in range(1, 10))
    ]
    wrong, bare, cut = (a_dossier(number) for number in (10, 11, 12))
    lines = [
        DayLine(wrong.id, wrong.code, wrong.applicant.owner.name, (elsewhere(), unsent(2))),
        DayLine(bare.id, bare.code, bare.applicant.owner.name, (reconcile_words.no_slip(OFFICER.name),)),
        DayLine(
            cut.id,
            cut.code,
            cut.applicant.owner.name,
            (reconcile_words.print_unfinished(OFFICER.name), unsent(1)),
        ),
    ]
    counts = DayCounts(
        numbers=11,
        provisional=1,
        leased=75,
        taken=11,
        unused=64,
        leased_at_central=(75, 11, 0, 0),
        received=12,
        in_register=12,
        slips_signed=10,
        slips_by_pen=1,
        without_slip=1,
        numbers_at_central=11,
        supplements=2,
        refusals=1,
        replaced=1,
        prints=15,
        reprints=2,
        entries=61,
        at_central=58,
    )
    return DayReport(NOW.date(), counts, in_order([*agreeing, *lines]), NOW)


def elsewhere() -> DayFinding:
    """Central knows the number otherwise."""
    (told,) = reconcile_words.of_found([Found(Odd.NUMBER_ELSEWHERE, "d-10", "e-10")])
    return told


def unsent(count: int) -> DayFinding:
    """So many acts wait to be sent."""
    (told,) = reconcile_words.of_found([Found(Odd.NOT_SENT, "d", f"e-{n}") for n in range(count)])
    return told


@dataclass
class FakeOffice:
    """Answers like the desk, from lists that a test may change."""

    dossiers: tuple[Dossier, ...] = field(default_factory=some_dossiers)
    sending: Sending = field(default_factory=a_sending)
    waiting: tuple[Waiting, ...] = ()
    files: tuple[WaitingFiles, ...] = ()
    looked_at: list[tuple[str, str]] = field(default_factory=list)
    online: bool = True
    old: dict[str, Dossier] = field(default_factory=dict)  # what central alone has
    rounds: int = 0
    looks_through: int = 1000  # dossiers in one step of a search
    searches: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    settled: list[tuple[str, bool]] = field(default_factory=list)
    resubmitted: list[tuple[str, str]] = field(default_factory=list)
    handed: list[Handover] = field(default_factory=list)
    drawn: list[tuple[str, int, int]] = field(default_factory=list)

    def find(self, text: str, limit: int, wanted: RegisterFilter, goes_on: str, _: Progress) -> FoundSoFar:
        self.searches.append(text)
        fitting = self._fitting(text, wanted)
        left = [place for place, each in enumerate(self.dossiers) if each in fitting]
        first = int(goes_on or 0)
        last = first + self.looks_through
        found = [place for place in left if first <= place < last][:limit]
        filled = len(found) == limit
        end = found[-1] + 1 if filled else last
        more = any(place >= end for place in left) if filled else end < len(self.dossiers)
        return FoundSoFar(tuple(self.dossiers[place] for place in found), str(end) if more else "")

    def search(self, text: str, limit: int) -> tuple[Dossier, ...]:
        return self.find(text, limit, EVERYTHING, "", Progress()).dossiers

    def count(self, text: str, wanted: RegisterFilter, _: Progress) -> int:
        return len(self._fitting(text, wanted))

    def choices(self) -> RegisterChoices:
        procedures = {each.procedure: each.procedure_title for each in self.dossiers}
        officers = {each.received_by for each in self.dossiers}
        return RegisterChoices(tuple(procedures.items()), tuple(sorted(officers)))

    def page_picture(self, sha256: str, page: int, width: int) -> bytes:
        self.drawn.append((sha256, page, width))
        return a_page(width)

    def _fitting(self, text: str, wanted: RegisterFilter) -> list[Dossier]:
        typed = text.lower()
        return [
            each
            for each in self.dossiers
            if (typed in each.applicant.owner.name.lower() or typed in each.code.lower())
            and wanted.status in (None, each.status)
            and not (wanted.unsent and each.sending is SendState.SENT)
        ]

    def history(self, id: str) -> tuple[HistoryLine, ...]:
        return next(some_history(each) for each in self.dossiers if each.id == id)

    def print_slip(self, document: str) -> int:
        self.printed.append(document)
        return 1 + len(self.printed)

    def resubmit(self, document: str, reason: str) -> Document:
        self.resubmitted.append((document, reason))
        return a_document("d-46")

    def settle_print(self, document: str, came_out: bool) -> Document:
        self.settled.append((document, came_out))
        return a_document("d-46")

    def exchange(self, _: Progress) -> Sending:
        self.rounds += 1
        if not self.online:
            raise CentralOffline
        return self.sending

    def dossier(self, id: str) -> Dossier:
        return next(each for each in self.dossiers if each.id == id)

    def return_result(self, id: str, handover: Handover) -> Dossier:
        dossier = self.dossier(id)
        require_returnable(dossier)
        self.handed.append(handover)
        after = replace(dossier, status=Status.RETURNED, handed=replace(handover, at=NOW, by=OFFICER.name))
        self.dossiers = tuple(after if each.id == id else each for each in self.dossiers)
        return after

    def retired(self, id: str) -> Dossier:
        if not self.online:
            raise CentralOffline
        return self.old[id]

    def result_calls(self) -> ResultCalls:
        kept = ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh")
        return ResultCalls(self.search, self.dossier, lambda _: kept, self.return_result)

    def register_calls(self) -> RegisterCalls:
        pages: Callable[[str, int], tuple[bytes, ...]] = lambda _, width: (a_page(width),)  # noqa: E731 - a fake
        return RegisterCalls(
            find=self.find,
            count=self.count,
            choices=self.choices,
            history=self.history,
            find_procedures=lambda _: (BIRTH,),
            page_picture=self.page_picture,
            slip_pages=pages,
            print_slip=self.print_slip,
            retired=self.retired,
            retired_pages=pages,
            resubmit=self.resubmit,
            settle_print=self.settle_print,
        )

    def settle(self, entry: str, how: str) -> None:
        self.looked_at.append((entry, how))
        self.waiting = tuple(each for each in self.waiting if each.entry != entry)

    def mailbox_calls(self) -> MailboxCalls:
        return MailboxCalls(
            lambda: self.waiting, lambda: self.files, self.settle, self.dossier, self.pause_files
        )

    def pause_files(self, paused: bool) -> None:
        self.sending = replace(self.sending, files=replace(self.sending.files, paused=paused))

    def round_calls(self) -> RoundCalls:
        return RoundCalls(self.exchange, lambda: self.sending, lambda: None)


def a_page(width: int) -> bytes:
    """A drawn sheet of paper as PNG."""
    image = QImage(width, round(width * 1.414), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font(max(6, width // 40)))
    painter.drawText(
        image.rect().adjusted(0, width // 12, 0, 0),
        Qt.AlignmentFlag.AlignHCenter,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    )
    painter.setPen(QColor("#8090A0"))
    for line in range(12):
        top = width // 4 + line * width // 14
        painter.drawLine(width // 8, top, width - width // 8 - (line * 37) % (width // 4), top)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
