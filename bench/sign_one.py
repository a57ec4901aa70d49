"""What one signature costs, in CPU: against a bare C_Sign, pyHanko's own text stamp, and PDFBox, on one SoftHSM2 token.

Ours: the drawn sign, the PAdES update of a one-page slip, the token's process with its pipe, the check of
the raw signature; parent and child together. Each yardstick is a program of its own that signs the same page.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from bench.bare_program import bare_program
from bench.figure import Figure
from clerk_app.forms.typeface import Face, font_file, font_name
from clerk_app.practice.ca import make_authority
from signing.appearance import Fonts, officer_block
from signing.field import FieldBox
from signing.pades import SignRequest, prepare, sign
from signing.practice_token import PracticeKey, make_token, softhsm_library, token_environment
from signing.token_client import TokenProcess
from signing.token_session import TokenSession

PAIRS, OURS_EACH, RAW_EACH, THEIRS_EACH = 15, 8, 40, 8
JAVA_EACH = 40  # its clock of the CPU moves by 10 ms
WARM = 200  # signatures until a Java program has been compiled to machine code
PIN, NAME = "24681357", "Nguyễn Thị Hằng"
BOX = FieldBox("CanBo", 0, 320, 120, 520, 190)
LIBRARIES = ("pyhanko", "python-pkcs11", "reportlab", "cryptography")
JARS = ("pdfbox2", "fontbox2", "commons-logging", "bcprov", "bcpkix", "bcutil")
JAVA = Path(__file__).with_name("pdfbox") / "SignMany.java"


@dataclass(frozen=True, slots=True)
class Place:
    """One token made for a bench, and the slip that is signed with it."""

    folder: Path
    serial: str
    session: TokenSession
    environment: dict[str, str]
    slip: bytes

    def file(self) -> Path:
        """Lay the slip down for another program."""
        file = self.folder / "slip.pdf"
        file.write_bytes(self.slip)
        return file


def one_cpu() -> Figure:
    """Measure against C_Sign alone."""
    with one_token() as place:
        program = [sys.executable, str(Path(__file__).with_name("raw_c_sign.py"))]
        command = [*program, str(softhsm_library()), place.serial, PIN]
        with bare_program(command, place.environment) as raw:
            return _paired(place, raw, RAW_EACH, "C_Sign, RSA-2048, SoftHSM2, python-pkcs11")


def against_text_stamp() -> Figure:
    """Measure against pyHanko as it comes: its PKCS#11 signer, its text stamp, its estimate of the size."""
    with one_token() as place:
        program = [sys.executable, str(Path(__file__).with_name("text_stamp.py"))]
        words = [str(softhsm_library()), place.serial, PIN, str(font_file(Face.REGULAR)), str(place.file())]
        with bare_program([*program, *words], place.environment) as theirs:
            return _paired(
                place, theirs, THEIRS_EACH, "pyHanko's PKCS11Signer and TextStampStyle, as they come"
            )


def against_pdfbox() -> Figure:
    """Measure against PDFBox with a drawn sign, through Java's own PKCS#11; the machine that runs it is warm."""
    with one_token() as place:
        built = place.folder / "java"
        jars = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
        subprocess.run(["javac", "-cp", jars, "-d", str(built), str(JAVA)], check=True)
        words = [str(softhsm_library()), PIN, str(font_file(Face.REGULAR)), str(place.file())]
        java = ["java", "-Xshare:auto", "-cp", f"{jars}:{built}", "SignMany", *words]
        with bare_program(java, place.environment) as theirs:
            theirs(WARM)
            return _paired(place, theirs, JAVA_EACH, _pdfbox())


def _pdfbox() -> str:
    said = subprocess.run(["java", "--version"], capture_output=True, text=True, check=True).stdout
    pdfbox = Path("/usr/share/java/pdfbox2.jar").resolve().stem
    return f"{pdfbox}, drawn sign, BouncyCastle's CMS, SunPKCS11; warm {said.splitlines()[0]}"


@contextmanager
def one_token() -> Iterator[Place]:
    """Yield a token of its own and a slip to sign with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = make_authority().issue(NAME, "001")
        serial = make_token(folder, "bench", PIN, [PracticeKey("01", "bench", pair.pkcs8, pair.der)])
        environment = token_environment(folder)
        process = TokenProcess(softhsm_library(), environment)
        with process, process.unlocked(serial, "01", bytearray(PIN.encode())) as session:
            yield Place(folder, serial, session, environment, prepare(_page(), [BOX]))


def _paired(place: Place, theirs: Callable[[int], float], each: int, yardstick: str) -> Figure:
    """Measure in turn, ours then the yardstick's, both warm."""
    signature(place.session, place.slip, 3)
    theirs(3)
    pairs = [(signature(place.session, place.slip, OURS_EACH), theirs(each)) for _ in range(PAIRS)]
    ours, others = zip(*pairs, strict=True)
    return Figure("ms CPU", yardstick, ours, others, LIBRARIES)


def signature(session: TokenSession, slip: bytes, count: int) -> float:
    """Return the CPU of one signature in ms, ours and the token's process together."""
    began = time.process_time_ns() + session.cpu_nanoseconds()
    for _ in range(count):
        when = datetime.now(UTC)
        drawn = officer_block(BOX.size, NAME, when, _fonts())
        sign(slip, SignRequest(BOX.name, session.certificate, when, (), drawn), session)
    return (time.process_time_ns() + session.cpu_nanoseconds() - began) / count / 1e6


def _page() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=font_name(Face.REGULAR))
    canvas.setFont(font_name(Face.REGULAR), 14)
    canvas.drawString(80, 700, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
    canvas.save()
    return buffer.getvalue()


def _fonts() -> Fonts:
    return Fonts(font_file(Face.REGULAR))
