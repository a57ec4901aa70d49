"""`sign.one_cpu`: the CPU one signature costs, against a bare C_Sign through the same SoftHSM.

Ours: the drawn sign, the PAdES update of a one-page slip, the token's process with its pipe, the check of
the raw signature; parent and child together. The yardstick: C_Sign alone, RSA-2048, in a bare program.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from bench.figure import Figure
from clerk_app.forms.typeface import Face, font_file, font_name
from clerk_app.practice.ca import make_authority
from signing.appearance import Fonts, officer_block
from signing.field import FieldBox
from signing.pades import SignRequest, prepare, sign
from signing.practice_token import PracticeKey, make_token, softhsm_library, token_environment
from signing.token_client import TokenProcess
from signing.token_session import TokenSession

PAIRS, OURS_EACH, RAW_EACH = 15, 8, 40
PIN, NAME = "24681357", "Nguyễn Thị Hằng"
BOX = FieldBox("CanBo", 0, 320, 120, 520, 190)
LIBRARIES = ("pyhanko", "python-pkcs11", "reportlab", "cryptography")


def measure() -> Figure:
    """Measure in turn, ours then the yardstick's, on one token made for it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = make_authority().issue(NAME, "001")
        serial = make_token(folder, "bench", PIN, [PracticeKey("01", "bench", pair.pkcs8, pair.der)])
        environment = token_environment(folder)
        process = TokenProcess(softhsm_library(), environment)
        pin = bytearray(PIN.encode())
        with (
            process,
            process.unlocked(serial, "01", pin) as session,
            _raw_c_sign(serial, environment) as raw,
        ):
            return _paired(session, raw)


def _paired(session: TokenSession, raw: Callable[[int], float]) -> Figure:
    slip = prepare(_page(), [BOX])
    _ours(session, slip, 3)  # both sides warm
    raw(3)
    pairs = [(_ours(session, slip, OURS_EACH), raw(RAW_EACH)) for _ in range(PAIRS)]
    ours, theirs = zip(*pairs, strict=True)
    return Figure("ms CPU", "C_Sign, RSA-2048, SoftHSM2, python-pkcs11", ours, theirs, LIBRARIES)


def _ours(session: TokenSession, slip: bytes, count: int) -> float:
    """Return the CPU of one signature in ms, ours and the token's process together."""
    began = time.process_time_ns() + session.cpu_nanoseconds()
    for _ in range(count):
        when = datetime.now(UTC)
        drawn = officer_block(BOX.size, NAME, when, _fonts())
        sign(slip, SignRequest(BOX.name, session.certificate, when, (), drawn), session)
    return (time.process_time_ns() + session.cpu_nanoseconds() - began) / count / 1e6


@contextmanager
def _raw_c_sign(serial: str, environment: dict[str, str]) -> Iterator[Callable[[int], float]]:
    program = [sys.executable, str(Path(__file__).with_name("raw_c_sign.py"))]
    with subprocess.Popen(
        [*program, str(softhsm_library()), serial, PIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        asked, told = child.stdin, child.stdout

        def raw(count: int) -> float:
            print(count, file=asked, flush=True)
            return int(told.readline()) / count / 1e6

        yield raw
        asked.close()


def _page() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=font_name(Face.REGULAR))
    canvas.setFont(font_name(Face.REGULAR), 14)
    canvas.drawString(80, 700, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
    canvas.save()
    return buffer.getvalue()


def _fonts() -> Fonts:
    return Fonts(font_file(Face.REGULAR))
