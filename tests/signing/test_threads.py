"""Several threads may sign and judge at once: nothing is built by the first of them while a second looks."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from signing.pades import sign
from signing.trust import Trust
from signing.validation import validate
from tests.signing.fake_session import FakeSession

_ASK = """
import signing.pades, signing.validation, signing.proof, signing.description, signing.time_stamp, signing.issuers
from signing import asn1
print(sorted(kind.__qualname__ for kind in asn1.unready()))
"""


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Let threads change places as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_every_class_of_a_certificate_has_its_tables_before_any_thread_asks():
    told = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "['Choice']"


def test_six_threads_with_one_certificate_sign_as_one_would(slip, ask, stranger, quick_switches) -> None:
    for _ in range(10):
        session = FakeSession(stranger)  # one nobody has seen yet
        request = replace(ask("CanBo"), certificate=session.certificate, chain=())
        trust = Trust((stranger.der,))
        together = Barrier(6)

        def _sign(_: int, session=session, request=request, trust=trust, together=together) -> bool:
            together.wait()
            return validate(sign(slip, request, session), trust).valid

        with ThreadPoolExecutor(6) as pool:
            assert all(pool.map(_sign, range(6)))
