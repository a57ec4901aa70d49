"""A desk that tests can bend: the calls of the intake screen, answered from memory."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from clerk_app import catalogue
from clerk_app.domain.acceptance import check_draft
from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.country import Countries, read_countries
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier, Draft, Hand, Status
from clerk_app.domain.handover import Handover
from clerk_app.domain.history import Unfinished
from clerk_app.domain.identity import Identity, read_identity
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.pages import with_file
from clerk_app.domain.paper import LaidPaper, PaperFile, PaperForm, PaperKind
from clerk_app.domain.procedure import Fee, Procedure, ReturnMode, TimeLimit, TimeUnit
from clerk_app.domain.reply import Pen, Refusal, SupplementRequest, check_again, check_refusal
from clerk_app.domain.scanner_keys import Keyed
from clerk_app.domain.sending import Sending
from clerk_app.domain.text import search_key
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.domain.twin import Twin
from clerk_app.errors import OfficeError, PinLocked, PinWrong
from clerk_app.papers.reader import PaperReader
from clerk_app.progress import Progress
from clerk_app.services.find_cards import CardInPicture
from clerk_app.services.take_arrivals import Taken
from tests.ui.intake.hands import Hands
from ui.intake.calls import IntakeCalls
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel
from ui.tasks import Task, Tasks

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)  # 08:42 here
PIN = b"123456"
QR = "001089001234|012345678|Trần Văn Được|14071989|Nam|Tổ 21, phường Hà Đông, thành phố Hà Nội|01062021"

BIRTH = Procedure(
    code="1.001193",
    version="2026-07-01",
    title="Đăng ký khai sinh",
    field="Hộ tịch",
    time_limit=TimeLimit(1, TimeUnit.SAME_DAY, cut_off=time(15)),
    papers=(
        PaperKind("to-khai", "Tờ khai đăng ký khai sinh"),
        PaperKind("chung-sinh", "Giấy chứng sinh"),
        PaperKind("can-cuoc", "Căn cước của cha, mẹ", show_only=True),
        PaperKind(
            "ket-hon", "Giấy chứng nhận kết hôn", required=False, condition="Cha, mẹ có đăng ký kết hôn"
        ),
        PaperKind("cu-tru", "Giấy tờ chứng minh nơi cư trú", replaced_by="CSDL quốc gia về dân cư"),
    ),
    fees=(Fee("Lệ phí", 0),),
)
RESIDENCE = Procedure(
    code="1.004222",
    version="2026-07-01",
    title="Đăng ký thường trú",
    field="Đăng ký, quản lý cư trú",
    time_limit=TimeLimit(7, TimeUnit.WORKING_DAYS),
    papers=(
        PaperKind("to-khai", "Tờ khai thay đổi thông tin cư trú (Mẫu CT01)"),
        PaperKind("cho-o", "Giấy tờ chứng minh chỗ ở hợp pháp", form=PaperForm.COPY),
    ),
    fees=(Fee("Lệ phí", 20_000, per="lần"),),
)
COPIES = Procedure(
    code="2.000815",
    version="2026-07-01",
    title="Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền cấp",
    field="Chứng thực",
    time_limit=TimeLimit(1, TimeUnit.SAME_DAY, cut_off=time(15)),
    papers=(PaperKind("ban-chinh", "Bản chính giấy tờ cần chứng thực", show_only=True),),
    fees=(Fee("Phí", 2_000, per="trang"),),
    return_mode=ReturnMode.AT_ONCE,
)
CARD = TokenCard("SN1", "Thẻ luyện tập", "Nguyễn Thị Hạnh", "ab" * 32, datetime(2027, 11, 1, tzinfo=UTC))


class DiskFull(OfficeError):
    message = "Ổ đĩa đầy."
    remedy = "Xóa bớt tệp rồi thử lại."


HANH = Officer("qt-01", "Nguyễn Thị Hạnh", frozenset({Role.OFFICER}), "Công chức tiếp nhận")
THUY = Officer("qt-02", "Trần Đức Thuỷ", frozenset({Role.OFFICER}), "Công chức tiếp nhận")


@dataclass
class FakeHandOver:
    """Puts a kept draft into another's hands."""

    kept: dict[str, Draft]
    refusal: OfficeError | None = None

    def candidates(self) -> tuple[Officer, ...]:
        return (THUY,)

    def __call__(self, draft: str, to: str) -> Draft:
        if self.refusal is not None:
            raise self.refusal
        self.kept[draft] = replace(self.kept[draft], held_by=Hand(to, THUY.name))
        return self.kept[draft]


@dataclass
class FakeDesk:
    """Everything in memory; the flags say what goes wrong."""

    procedures: tuple[Procedure, ...] = (BIRTH, RESIDENCE, COPIES)
    cards: tuple[TokenCard, ...] = (CARD,)
    kept: dict[str, Draft] = field(default_factory=dict)
    saves: list[Draft] = field(default_factory=list)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    pins: list[bytes] = field(default_factory=list)
    signed_with: list[TokenCard] = field(default_factory=list)
    pen_reasons: list[str] = field(default_factory=list)
    asked: list[SupplementRequest] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    save_gate: Event = field(default_factory=Event)  # cleared: a save waits
    file_gate: Event = field(default_factory=Event)
    full: bool = False
    cards_filed: tuple[IdentityCard, ...] = ()  # what any filed page shows
    begun: int = 0
    wrong_left: int = 3
    refusal: OfficeError | None = None  # what signing answers, whatever the PIN
    scan_ways: tuple[str, ...] = ("Màu 300", "Đen trắng 300", "Khay nạp nhiều tờ")
    ways_used: list[str] = field(default_factory=list)
    stacks_ended: list[str] = field(default_factory=list)
    folder: int | OfficeError | None = None  # files that a network scanner has dropped
    left_over: OfficeError | None = None
    sheets: int = 1  # in the scanner
    scanned: int = 0
    jam: OfficeError | None = None  # comes after the sheets
    twins: tuple[Dossier, ...] = ()
    sees: bool = True  # the officer's role reads dossiers
    paint: Callable[[str, int, int, Progress], bytes] = lambda sha256, page, width, _: a_page(
        width, seed=int(sha256[:4], 16) + page
    )

    def __post_init__(self) -> None:
        self.save_gate.set()
        self.file_gate.set()
        self.hand_over_draft = FakeHandOver(self.kept)
        self.officer = HANH

    def calls(self) -> IntakeCalls:
        named = (each.name for each in fields(IntakeCalls) if hasattr(self, each.name))
        return IntakeCalls(**{name: getattr(self, name) for name in named})

    def find_twins(self, draft: Draft) -> tuple[Twin, ...]:
        number = draft.applicant.owner.id_number
        found = (each for each in self.twins if each.applicant.owner.id_number == number)
        return tuple(Twin(each.code, each.received_by, each if self.sees else None) for each in found)

    def start_draft(self) -> Draft:
        self.begun += 1
        draft = Draft(id=f"draft-{self.begun}", updated_at=NOW)
        self.kept[draft.id] = draft
        return draft

    def save_draft(self, draft: Draft) -> Draft:
        assert self.save_gate.wait(10)
        if self.full:
            raise DiskFull
        kept = replace(draft, updated_at=NOW + timedelta(seconds=len(self.saves)))
        self.saves.append(kept)
        self.kept[draft.id] = kept
        return kept

    def drafts(self) -> tuple[Draft, ...]:
        return tuple(sorted(self.kept.values(), key=lambda each: each.updated_at or NOW, reverse=True))

    def drop_draft(self, id: str) -> None:
        self.kept.pop(id, None)

    def lay_papers(
        self, draft: Draft, key: str, data: bytes, name: str, progress: Progress | None = None
    ) -> Draft:
        assert self.file_gate.wait(10)
        file = PaperFile(sha256(data).hexdigest(), "application/pdf", 2, name)
        before = next((laid for laid in draft.papers if laid.key == key), LaidPaper(key))
        laid = with_file(before, file)
        return replace(draft, papers=(*(each for each in draft.papers if each.key != key), laid))

    def scan_papers(
        self, draft: Draft, key: str, progress: Progress, way: str, tell: Callable[[PaperFile], None]
    ) -> Draft:
        self.ways_used.append(way)
        for number in range(1, self.sheets + 1):
            progress.step(number, number, f"Đang quét trang {number}")
            draft = self.lay_papers(draft, key, f"scan {key} {self.scanned}".encode(), "Trang quét")
            self.scanned += 1
            tell(next(laid for laid in draft.papers if laid.key == key).files[-1])
        if self.jam is not None:
            raise self.jam
        return draft

    def arrivals(self) -> int | None:
        if isinstance(self.folder, OfficeError):
            raise self.folder
        return self.folder

    def take_arrivals(
        self, draft: Draft, key: str, progress: Progress, tell: Callable[[PaperFile], None]
    ) -> Taken:
        self.sheets, self.folder = int(str(self.folder)), 0
        return Taken(self.scan_papers(draft, key, progress, "", tell), self.left_over)

    def end_stack(self, draft: Draft) -> Draft:
        self.stacks_ended.append(draft.id)
        return draft

    def page_picture(self, sha256: str, page: int, width: int, progress: Progress) -> bytes:
        return self.paint(sha256, page, width, progress)

    def find_procedures(self, text: str) -> tuple[Procedure, ...]:
        typed = search_key(text)
        return tuple(
            each for each in self.procedures if typed in search_key(f"{each.code} {each.title} {each.field}")
        )

    def read_card(self, keyed: Keyed) -> Identity:
        return read_identity(keyed, NOW.date())

    def card_in_picture(self, data: bytes, name: str) -> tuple[IdentityCard, ...]:
        with closing(PaperReader()) as reader:
            return CardInPicture(reader)(data, name)

    def cards_on_paper(self, sha256: str) -> tuple[IdentityCard, ...]:
        return self.cards_filed

    def countries(self) -> Countries:
        return read_countries(catalogue.load(catalogue.COUNTRIES))

    def work_out_deadline(self, code: str, received_at: datetime) -> DueTime:
        return DueTime(received_at, datetime(2026, 11, 23, 9, 30, tzinfo=UTC), False, True)

    def sending(self) -> Sending:
        return Sending(None, NOW, 0, 0, 0, 0, 37 - len(self.dossiers))

    def unfinished(self) -> Unfinished:
        unsigned = (each for each in self.dossiers.values() if each.status is Status.RECEIVED)
        return Unfinished(tuple(unsigned), ())

    def receive_dossier(self, draft: Draft) -> Dossier:
        procedure = next((each for each in self.procedures if each.code == draft.procedure), None)
        check_draft(draft, procedure)
        assert procedure is not None
        self.kept.pop(draft.id, None)
        made = a_dossier(draft, procedure, len(self.dossiers) + 1)
        self.dossiers[made.id] = made
        return made

    def token_cards(self) -> tuple[TokenCard, ...]:
        return self.cards

    def issue_slip(self, dossier_id: str, typed: TypedPin) -> Document:
        self._try(typed)
        return self._issued(dossier_id, by_pen=False)

    def slip_for_pen(self, dossier_id: str, reason: str) -> Document:
        self.pen_reasons.append(reason)
        return self._issued(dossier_id, by_pen=True)

    def reissue_slip(self, dossier_id: str, correction: Correction, typed: TypedPin | None) -> Document:
        if typed is not None:
            self._try(typed)
        self.corrections.append(correction)
        dossier = self.dossiers[dossier_id]
        self.dossiers[dossier_id] = replace(dossier, applicant=correction.applicant)
        return self._issued(dossier_id, by_pen=typed is None)

    def settle_conflict(self, choice: Choice, typed: TypedPin | None) -> Document:
        if typed is not None:
            self._try(typed)
        self.choices.append(choice)
        [dossier_id] = self.dossiers
        return self._issued(dossier_id, by_pen=typed is None)

    def ask_for_supplement(self, draft: Draft, said: SupplementRequest, by: TypedPin | Pen) -> Document:
        self._check_by(by)
        self.asked.append(said)
        waiting = replace(draft, supplements=draft.supplements + 1, updated_at=NOW)
        self.kept[draft.id] = waiting
        return self._replied(draft, DocumentKind.SUPPLEMENT, Status.SUPPLEMENT_ASKED, by)

    def refuse_dossier(self, draft: Draft, said: Refusal, by: TypedPin | Pen) -> Document:
        self._check_by(by)
        self.refused.append(said)
        self.kept.pop(draft.id, None)
        return self._replied(draft, DocumentKind.REFUSAL, Status.REFUSED, by)

    def check_supplement(self, draft: Draft, said: SupplementRequest) -> None:
        check_again(said, draft.supplements, 1)

    def check_refusal(self, draft: Draft, said: Refusal) -> None:
        check_refusal(draft, said)

    def return_at_once(self, draft: Draft, handover: Handover) -> Dossier:
        dossier = self.receive_dossier(draft)
        handed = replace(dossier, status=Status.RETURNED, handed=handover)
        self.dossiers[draft.id] = handed
        return handed

    def print_slip(self, document_id: str) -> int:
        self.printed.append(document_id)
        return self.printed.count(document_id)

    def dossier(self, id: str) -> Dossier:
        return self.dossiers[id]

    def _check_by(self, by: TypedPin | Pen) -> None:
        if isinstance(by, Pen):
            self.pen_reasons.append(by.reason)
        else:
            self._try(by)

    def _replied(self, draft: Draft, kind: DocumentKind, status: Status, by: TypedPin | Pen) -> Document:
        signed = () if isinstance(by, Pen) else (SignatureField.OFFICER,)
        document = Document(f"doc-{draft.id}", draft.id, kind, "cd" * 32, signed, isinstance(by, Pen))
        made = a_dossier(draft, BIRTH, len(self.dossiers) + 1)
        self.dossiers[draft.id] = replace(
            made, code="PBS-H26.99.01-Q3-261123-0001", due_at=None, status=status, documents=(document,)
        )
        return document

    def _try(self, typed: TypedPin) -> None:
        self.pins.append(bytes(typed.pin))
        self.signed_with.append(typed.card)
        if self.refusal is not None:
            raise self.refusal
        if bytes(typed.pin) != PIN:
            self.wrong_left -= 1
            low, final = self.wrong_left < 3, self.wrong_left == 1
            self.cards = tuple(replace(card, tries_low=low, final_try=final) for card in self.cards)
            raise PinWrong if self.wrong_left else PinLocked

    def _issued(self, dossier_id: str, *, by_pen: bool) -> Document:
        dossier = self.dossiers[dossier_id]
        issue = len(dossier.documents) + 1
        signed = () if by_pen else (SignatureField.OFFICER,)
        document = Document(
            f"doc-{dossier_id}-{issue}", dossier_id, DocumentKind.SLIP, "cd" * 32, signed, by_pen, issue
        )
        old = tuple(replace(each, valid=False) for each in dossier.documents)
        self.dossiers[dossier_id] = replace(dossier, status=Status.SLIP_ISSUED, documents=(*old, document))
        return document


def a_dossier(draft: Draft, procedure: Procedure, number: int) -> Dossier:
    return Dossier(
        id=draft.id,
        code=f"H26.99.01-261123-{number:04d}",
        provisional=False,
        procedure=procedure.code,
        procedure_version=procedure.version,
        procedure_title=procedure.title,
        applicant=draft.applicant,
        papers=draft.papers,
        sets=draft.sets,
        return_channel=draft.return_channel,
        received_at=NOW,
        due_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        received_by="Nguyễn Thị Hạnh",
        status=Status.RECEIVED,
        entry_hash="ef" * 32,
    )


def a_page(width: int, seed: int) -> bytes:
    """Draw a page that looks like a form, as PNG."""
    image = QImage(width, width * 141 // 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for line in range(4, 26):
        length = (seed * 7 + line * 13) % 40 + 40
        colour = QColor("#1c1c1c" if line == 4 else "#9aa4af" if (seed + line) % 3 else "#6d84b4")
        painter.fillRect(width // 10, line * width // 22, width * length // 100, max(1, width // 90), colour)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a display says what it cannot do: raise a window, grab keys for a menu."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            mark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
            item.add_marker(mark, append=False)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def new_model(desk: FakeDesk, tasks: Tasks) -> Iterator[Callable[[], IntakeViewModel]]:
    """Make view models that end in the window's thread, not wherever the collector happens to run."""
    made: list[IntakeViewModel] = []

    def make() -> IntakeViewModel:
        made.append(IntakeViewModel(desk.calls(), tasks, now=lambda: NOW))
        return made[-1]

    yield make
    desk.save_gate.set()
    desk.file_gate.set()
    _empty(tasks)
    for each in made:
        each.deleteLater()
        QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete.value)


def _empty(lanes: Tasks) -> None:
    for _ in range(50):
        lanes.finish()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if not lanes.findChildren(Task):
            return
    pytest.fail("work goes on and on")


@pytest.fixture
def model(new_model: Callable[[], IntakeViewModel]) -> IntakeViewModel:
    return new_model()


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(qtbot: object) -> Until:
    """Let the window's loop turn until something holds."""
    return lambda holds: qtbot.waitUntil(holds, timeout=10_000)  # type: ignore[attr-defined]


@pytest.fixture
def settled(until: Until, model: IntakeViewModel, tasks: Tasks) -> Callable[[], None]:
    """Let everything that was started come back."""

    def wait() -> None:
        until(lambda: model.keeper.safe and not tasks.findChildren(Task))

    return wait


@pytest.fixture
def view(model: IntakeViewModel, qtbot: QtBot, until: Until) -> Iterator[IntakeView]:
    made = IntakeView(model)
    made.resize(1274, 672)
    made.show()
    qtbot.waitActive(made)
    model.start()
    until(lambda: bool(model.draft.id) and made.picker.line.hasFocus())
    yield made
    made.pin.leave()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def hands(qtbot: QtBot, view: IntakeView) -> Hands:
    return Hands(qtbot, view)
