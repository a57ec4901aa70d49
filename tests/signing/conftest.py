"""A practice authority, practice tokens in SoftHSM2, and a page to sign: made once, used by all."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from signing.appearance import Fonts, leader_block, officer_block, seal_block
from signing.field import FieldBox, Lock
from signing.pades import SignRequest, prepare
from signing.practice_token import PracticeKey, make_token, softhsm_library, token_environment
from signing.token_client import TokenProcess
from signing.token_session import Deadlines
from signing.trust import Trust
from tests.signing.authorities import Authorities, authorities

PIN = "24681357"
PRIVATE_KEY = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Authority:
    """A practice certificate authority that issues what a test asks for."""

    name: str
    key: PRIVATE_KEY
    certificate: x509.Certificate

    def issue(
        self,
        name: str,
        key: PRIVATE_KEY | None = None,
        *,
        days: tuple[int, int] = (-30, 700),
        signs: bool = True,
        authority: bool = False,
    ) -> tuple[PRIVATE_KEY, x509.Certificate]:
        key = key or rsa.generate_private_key(65537, 2048)
        return key, _certificate(name, key, (self.name, self.key), days, signs, authority)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True)
class Practice:
    """The practice token: its folder, its environment, and who is on it (by name of the field)."""

    folder: Path
    environment: Mapping[str, str]
    serial: str
    root: Authority
    issuing: Authority
    certificates: Mapping[str, bytes]
    key_ids: Mapping[str, str]

    @property
    def trust(self) -> Trust:
        return Trust((self.root.der,))

    def process(self, **more: object) -> TokenProcess:
        return TokenProcess(softhsm_library(), self.environment, **more)


def a_pin(text: str = PIN) -> bytearray:
    return bytearray(text.encode())


def _certificate(
    name: str,
    key: PRIVATE_KEY,
    issuer: tuple[str, PRIVATE_KEY],
    days: tuple[int, int],
    signs: bool,
    authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=signs and not authority,
        content_commitment=signs and not authority,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    subject_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer[0])]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(subject_id, critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(issuer[1], hashes.SHA256())
    )


def _root(name: str) -> Authority:
    key = rsa.generate_private_key(65537, 2048)
    return Authority(name, key, _certificate(name, key, (name, key), (-400, 3000), True, True))


def _practice_key(number: str, key: PRIVATE_KEY, certificate: x509.Certificate) -> PracticeKey:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return PracticeKey(number, f"khóa {number}", pem, certificate.public_bytes(Encoding.DER))


@pytest.fixture(scope="session")
def root() -> Authority:
    return _root("CA gốc thực hành")


@pytest.fixture(scope="session")
def stranger() -> Authority:
    """An authority that nobody here trusts."""
    return _root("CA lạ")


@pytest.fixture(scope="session")
def issuing(root: Authority) -> Authority:
    key, certificate = root.issue("CA cấp phát thực hành", authority=True, days=(-300, 2000))
    return Authority("CA cấp phát thực hành", key, certificate)


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, root: Authority, issuing: Authority) -> Practice:
    """One token with five certificates: three who sign, one on P-256, one that expired."""
    folder = tmp_path_factory.mktemp("token")
    issued = {
        "CanBo": ("01", issuing.issue("Nguyễn Thị Hằng")),
        "LanhDao": ("02", issuing.issue("Trần Văn Đức")),
        "ConDau": ("03", issuing.issue("UBND phường Thực Hành")),
        "P256": ("04", issuing.issue("Lê Thị Ước", ec.generate_private_key(ec.SECP256R1()))),
        "Expired": ("05", issuing.issue("Phạm Quá Hạn", days=(-700, -1))),
    }
    keys = [_practice_key(number, *pair) for number, pair in issued.values()]
    serial = make_token(folder, "Thẻ thực hành", PIN, keys)
    ders = {name: pair[1].public_bytes(Encoding.DER) for name, (_, pair) in issued.items()}
    numbers = {name: number for name, (number, _) in issued.items()}
    return Practice(folder, token_environment(folder), serial, root, issuing, ders, numbers)


@pytest.fixture
def tokens(practice: Practice) -> Iterator[TokenProcess]:
    with practice.process() as process:
        yield process


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    ours = HOUSE / "clerk_app" / "forms" / "fonts"
    folder = ours if ours.is_dir() else Path("/usr/share/fonts/truetype/liberation2")
    return Fonts(folder / "LiberationSerif-Regular.ttf")


BOXES = (
    FieldBox("CanBo", 0, 320, 120, 520, 190),
    FieldBox("LanhDao", 0, 60, 40, 260, 110),
    FieldBox("ConDau", 0, 320, 30, 520, 112),
)
LOCKS = {"LanhDao": Lock.OWN, "ConDau": Lock.ALL}


@pytest.fixture(scope="session")
def page(fonts: Fonts) -> bytes:
    """A one-page slip without any field."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(TTFont("Slip", str(fonts.regular)))
    canvas = Canvas(buffer, pagesize=(595, 842), initialFontName="Slip")
    canvas.setFont("Slip", 14)
    canvas.drawString(80, 700, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
    canvas.drawString(80, 670, "Bản thực hành, không có giá trị.")
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def slip(page: bytes) -> bytes:
    """The slip with its three empty fields."""
    return prepare(page, BOXES, LOCKS)


Ask = Callable[..., SignRequest]


@pytest.fixture
def ask(practice: Practice, fonts: Fonts) -> Ask:
    """Make a request for one field, drawn as its turn asks."""

    def _ask(field: str, who: str = "", when: datetime | None = None) -> SignRequest:
        moment = when or datetime.now(UTC).replace(microsecond=0)
        drawn = {
            "CanBo": lambda: officer_block((200, 70), "Nguyễn Thị Hằng", moment, fonts),
            "LanhDao": lambda: leader_block((200, 70), "Trần Văn Đức", moment, fonts),
            "ConDau": lambda: seal_block((200, 82), "UBND phường Thực Hành", moment, fonts),
        }
        certificate = practice.certificates[who or field]
        return SignRequest(field, certificate, moment, (practice.issuing.der,), drawn[field]())

    return _ask


@pytest.fixture(scope="session")
def fake_child(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, ...]]:
    """Make the command of a FakeChild: a small program that answers as `body` says."""
    folder = tmp_path_factory.mktemp("fakes")
    made: list[Path] = []

    def _make(body: str) -> tuple[str, ...]:
        file = folder / f"fake_child_{len(made)}.py"
        file.write_text(_FAKE_CHILD + body, encoding="utf-8")
        made.append(file)
        return (sys.executable, str(file))

    return _make


_FAKE_CHILD = """
import json, os, sys
def read():
    head = os.read(0, 4)
    if not head: sys.exit(0)
    return json.loads(os.read(0, int.from_bytes(head, "big")))
def raw(data): os.write(1, len(data).to_bytes(4, "big") + data)
def ok(request, **answer): raw(json.dumps({"id": request["id"], "ok": answer}).encode())
hello = read()
ok(hello, version=1)
"""


@pytest.fixture(scope="session")
def impatient() -> Deadlines:
    return Deadlines(look=0.5, login=1.5, sign=0.5)


@pytest.fixture
def pdfsig(practice: Practice, tmp_path: Path) -> Callable[[bytes], str]:
    """Ask poppler for its opinion of a signed PDF."""

    def _say(pdf: bytes) -> str:
        file = tmp_path / "signed.pdf"
        file.write_bytes(pdf)
        return subprocess.run(
            ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
        ).stdout

    return _say


@pytest.fixture(scope="session")
def _servers() -> Iterator[Authorities]:
    with authorities() as servers:
        yield servers


@pytest.fixture
def servers(_servers: Authorities) -> Authorities:
    """Servers of time-stamps, OCSP answers and CRLs that tell the truth, until a test says otherwise."""
    _servers.tell_the_truth()
    return _servers


class FakeDriver:
    """SoftHSM behind a shim that counts calls and fails when told to."""

    def __init__(self, library: Path, notes: Path, environment: dict[str, str]) -> None:
        self.library, self._notes = library, notes
        self.environment = {**environment, "FAULT_REAL": str(softhsm_library()), "FAULT_NOTES": str(notes)}

    def fail(self, how: str) -> None:
        (self._notes / "fault").write_text(how)

    def count(self, call: str) -> int:
        file = self._notes / call
        return len(file.read_bytes()) if file.exists() else 0


@pytest.fixture(scope="session")
def shim(tmp_path_factory) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("shim") / "fault.so"
    source = Path(__file__).with_name("fault.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-w", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.fixture
def driver(shim, practice, tmp_path) -> FakeDriver:
    return FakeDriver(shim, tmp_path, dict(practice.environment))


@pytest.fixture
def faulty(driver, impatient):
    with TokenProcess(driver.library, driver.environment, deadlines=impatient) as process:
        yield process


@pytest.fixture
def patient(driver):
    """The faulty driver for what must not fail because this computer is busy."""
    with TokenProcess(driver.library, driver.environment) as process:
        yield process
