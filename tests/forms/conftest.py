"""A slip to draw, real tools to read it with, and a key in memory to sign it."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from clerk_app.domain.applicant import Applicant, Authorisation, Person, Relation
from clerk_app.domain.dossier import Dossier, ReturnChannel, Status
from clerk_app.domain.officer import Unit
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.forms.slip import render
from clerk_app.forms.slip_facts import Party, SlipFacts

ReadText = Callable[..., str]


@pytest.fixture
def facts() -> SlipFacts:
    """A birth to register: nothing unusual."""
    return SlipFacts(
        superior="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG THÀNH PHỐ",
        unit_name="Điểm phục vụ hành chính công phường Thử",
        number="0012",
        place="Phường Thử",
        made_at=datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
        code="H26.99.01-261123-0012",
        applicant=Party(
            "Trần Văn Được", "001089000012", "Tổ 21, phường Thử", "0912345678", "duoc@example.vn"
        ),
        submitted_by="Trần Văn Được",
        grantor=None,
        authorisation="",
        request="Đăng ký khai sinh",
        papers=("Tờ khai đăng ký khai sinh (01 bản chính)", "Giấy chứng sinh (01 bản chính)"),
        sets=1,
        time_limit="03 ngày làm việc",
        received_at=datetime(2026, 11, 23, 2, 12, tzinfo=UTC),
        due_at=datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
        return_at="Điểm phục vụ hành chính công phường Thử, Số 1 đường Thử",
        officer="Nguyễn Thị Hạnh",
        entry_hash="0123456789abcdef" * 4,
        phone="024 0000 0000",
        unit_address="Số 1 đường Thử",
        originals=(1, 2),
        fields=("CanBo", "LanhDao", "ConDau"),
    )


@pytest.fixture
def unit() -> Unit:
    return Unit(
        id="01938f4e-0000-7000-8000-0000000000aa",
        agency_code="H26.99.01",
        superior="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG THÀNH PHỐ",
        name="Điểm phục vụ hành chính công phường Thử",
        place="Phường Thử",
        address="Số 1 đường Thử",
        phone="024 0000 0000",
        counter="Q3",
    )


@pytest.fixture
def dossier() -> Dossier:
    """A cousin hands in the papers of a mother who signed an authorisation."""
    mother = Person("Lê Thị Mẹ", id_number="001190000001", address="Số 2, phường Thử", phone="0987654321")
    cousin = Person("Trần Văn Được", id_number="001089000012", address="Tổ 21, phường Thử")
    authorised = Authorisation("12/2026", datetime(2026, 11, 21, tzinfo=UTC).date(), "Nộp hồ sơ")
    return Dossier(
        id="01938f4e-0000-7000-8000-000000000001",
        code="H26.99.01-261123-0012",
        provisional=False,
        procedure="1.001193",
        procedure_version="2026-07-01",
        procedure_title="Đăng ký khai sinh",
        applicant=Applicant(mother, cousin, Relation.AUTHORISED, authorised),
        papers=(
            LaidPaper("to-khai", PaperState.PRESENT, title="Tờ khai đăng ký khai sinh"),
            LaidPaper("can-cuoc", PaperState.SHOWN_ONLY, title="Thẻ căn cước"),
            LaidPaper("cu-tru", PaperState.NOT_NEEDED, reason="khai thác CSDL", title="Giấy tờ cư trú"),
            LaidPaper("chung-sinh", PaperState.PRESENT, count=2, title="Giấy chứng sinh"),
        ),
        sets=1,
        return_channel=ReturnChannel(),
        received_at=datetime(2026, 11, 23, 2, 12, tzinfo=UTC),
        due_at=datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
        received_by="Nguyễn Thị Hạnh",
        status=Status.RECEIVED,
        entry_hash="0123456789abcdef" * 4,
        time_limit="03 ngày làm việc",
    )


@pytest.fixture
def pdf_file(tmp_path: Path) -> Callable[[bytes], Path]:
    def put(pdf: bytes) -> Path:
        path = tmp_path / "slip.pdf"
        path.write_bytes(pdf)
        return path

    return put


@pytest.fixture
def text_of(pdf_file: Callable[[bytes], Path]) -> ReadText:
    """Read a slip with poppler, as one text with single spaces, or with the layout kept."""

    def read(facts: SlipFacts, *options: str) -> str:
        path = pdf_file(render(facts).pdf)
        told = subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True, text=True)
        return told.stdout if options else " ".join(told.stdout.split())

    return read


@dataclass(frozen=True)
class FakeSession:
    """A key in memory that signs at once."""

    certificate: bytes
    key: rsa.RSAPrivateKey

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@pytest.fixture(scope="session")
def session() -> FakeSession:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Thị Hạnh")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, *(False,) * 7)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return FakeSession(certificate.public_bytes(Encoding.DER), key)
