"""The office's own data, and a dossier to lay on the counter."""

from datetime import UTC, date, datetime

import pytest

from clerk_app import catalogue
from clerk_app.domain.applicant import Applicant, Authorisation, Person, Relation
from clerk_app.domain.calendar import Calendar, read_calendar
from clerk_app.domain.catalogue import Catalogue, read_catalogue
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.dossier import Draft, ReturnChannel
from clerk_app.domain.dossier_body import Acceptance
from clerk_app.domain.paper import LaidPaper, PaperFile, PaperState, ScanState
from clerk_app.domain.procedure import Procedure

MOTHER = Person(
    name="Nguyễn Thị Thử Nghiệm",
    id_number="001190000001",
    birth_date=date(1990, 8, 15),
    sex="Nữ",
    address="Số 1, Phường Ba Đình, Hà Nội",
    phone="0912345678",
)


@pytest.fixture(scope="session")
def procedures() -> Catalogue:
    return read_catalogue(catalogue.load(catalogue.PROCEDURES))


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return read_calendar(catalogue.load(catalogue.CALENDAR))


@pytest.fixture
def birth(procedures: Catalogue) -> Procedure:
    return procedures.get("1.001193", date(2026, 11, 23))


@pytest.fixture
def draft() -> Draft:
    """A birth to register: a child, its mother's cousin at the counter, every paper laid."""
    scanned = PaperFile("ab" * 32, "application/pdf", 2, "tờ khai.pdf")
    return Draft(
        id="01938f4e-0000-7000-8000-000000000001",
        procedure="1.001193",
        applicant=Applicant(
            owner=Person(name="Trần Thị Bé Thử", birth_date=date(2026, 11, 20), sex="Nữ"),
            submitter=MOTHER,
            relation=Relation.AUTHORISED,
            authorisation=Authorisation("12/2026", date(2026, 11, 21), "Nộp hồ sơ"),
        ),
        papers=(
            LaidPaper("giay-chung-sinh", PaperState.PRESENT, ScanState.OWED, "Máy quét hỏng"),
            LaidPaper("to-khai", PaperState.PRESENT, ScanState.SCANNED, files=(scanned,)),
            LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),
            LaidPaper("giay-uy-quyen", PaperState.PRESENT),
        ),
        return_channel=ReturnChannel("post", "Số 1, Phường Ba Đình, Hà Nội"),
        note="Gọi trước khi gửi",
        updated_at=datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC),
    )


@pytest.fixture
def acceptance() -> Acceptance:
    received, due = datetime(2026, 11, 23, 2, tzinfo=UTC), datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    return Acceptance(
        "H26.99.01-261123-0001", "dossier", 1, DueTime(received, due, False, True), "Lê Văn Cán"
    )
