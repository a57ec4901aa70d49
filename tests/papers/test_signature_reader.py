"""A signed file from anywhere is judged in a child that may hang or burst, and never in our own process."""

import io
import resource
import sys
import threading
import time
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.sign import signers

from clerk_app.domain.signed_paper import ChangeKind, Doubt, Standing
from clerk_app.papers.reading_child import ReaderFailed, ReadingChild
from clerk_app.papers.signature_reader import (
    MOST,
    SignatureReader,
    SignedFileTooBig,
    SignedFileTooHeavy,
    SignedFileTooSlow,
)
from clerk_app.progress import Cancelled, Progress
from signing.errors import Unreadable
from signing.trust import Trust
from tests.signing.conftest import Authority, _root
from tests.signing.foreign import signed_elsewhere, signer_of, updated
from tests.signing.test_hostile import LATER


@pytest.fixture(scope="module")
def authority() -> Authority:
    return _root("CA gốc thực hành")


@pytest.fixture(scope="module")
def signer(authority: Authority) -> signers.SimpleSigner:
    return signer_of(authority.issue("Nguyễn Thị Hằng\u202e\nGiả"))


@pytest.fixture(scope="module")
def trust(authority: Authority) -> Trust:
    return Trust((authority.der,))


@pytest.fixture(scope="module")
def page() -> bytes:
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def signed(page: bytes, signer: signers.SimpleSigner) -> bytes:
    return signed_elsewhere(page, signer, "Sig1")


def test_the_verdict_crosses_the_pipe_with_everything_behind_it(signed: bytes, trust: Trust) -> None:
    verdict = SignatureReader().judge(signed, trust)

    assert verdict.valid
    assert (verdict.standing, verdict.size, verdict.revisions) == (Standing.VALID, len(signed), 2)
    (signature,) = verdict.signatures
    assert signature.valid
    assert signature.signed_at is not None
    assert [each.is_root for each in signature.path] == [False, True]
    assert signature.byte_range[0] == 0
    assert signature.doubt is Doubt.NONE


def test_a_strangers_words_are_told_on_one_line_and_in_one_direction(signed: bytes, trust: Trust) -> None:
    (signature,) = SignatureReader().judge(signed, trust).signatures

    assert signature.signer == "Nguyễn Thị Hằng Giả"


def test_a_change_comes_back_with_its_place(signed: bytes, trust: Trust) -> None:
    changed = updated(signed, LATER["the page turned"])

    verdict = SignatureReader().judge(changed, trust)

    assert verdict.standing is Standing.INVALID
    assert [(each.kind, each.place) for each in verdict.signatures[0].changes] == [(ChangeKind.PAGE, "1")]


def test_what_cannot_be_read_is_refused_with_its_reason(trust: Trust) -> None:
    with pytest.raises(Unreadable):
        SignatureReader().judge(b"not a PDF", trust)


def test_a_file_beyond_measure_is_refused_before_a_child_is_started(trust: Trust) -> None:
    def never() -> ReadingChild:
        raise AssertionError("started")

    class Huge(bytes):
        def __len__(self) -> int:
            return MOST + 1

    with pytest.raises(SignedFileTooBig):
        SignatureReader(start=never).judge(Huge(), trust)


def _child_that(program: str) -> Callable[[], ReadingChild]:
    return lambda: ReadingChild((sys.executable, "-c", program))


def test_a_file_that_hangs_is_given_up_at_its_deadline(signed: bytes, trust: Trust) -> None:
    reader = SignatureReader(seconds=1, start=_child_that("import time; time.sleep(60)"))
    begun = time.monotonic()

    with pytest.raises(SignedFileTooSlow):
        reader.judge(signed, trust)

    assert time.monotonic() - begun < 10


def test_a_file_that_bursts_costs_a_sentence(signed: bytes, trust: Trust) -> None:
    with pytest.raises(SignedFileTooHeavy):
        SignatureReader(start=_child_that("import os; os.abort()")).judge(signed, trust)


def test_a_child_that_makes_no_sense_is_not_believed(signed: bytes, trust: Trust) -> None:
    lies = (
        "import sys, json\n"
        "sys.path.insert(0, '.')\n"
        "from clerk_app.papers.frames import read_frame, write_frame\n"
        "read_frame(sys.stdin.buffer)\n"
        "write_frame(sys.stdout.buffer, {}, b'{\"valid\": 1}')\n"
    )
    with pytest.raises(Unreadable):
        SignatureReader(start=_child_that(lies)).judge(signed, trust)


def test_who_stops_waiting_is_let_go(signed: bytes, trust: Trust) -> None:
    reader = SignatureReader(start=_child_that("import time; time.sleep(60)"))
    progress = Progress()
    threading.Timer(0.5, progress.cancel).start()
    begun = time.monotonic()

    with pytest.raises(Cancelled):
        reader.judge(signed, trust, progress)

    assert time.monotonic() - begun < 10


def test_a_computer_that_cannot_start_it_says_so(signed: bytes, trust: Trust) -> None:
    with pytest.raises(ReaderFailed):
        SignatureReader(start=lambda: ReadingChild(("no-such-program",))).judge(signed, trust)


def test_a_stream_that_unfolds_without_end_stays_within_the_memory_of_the_child(
    page: bytes, signer: signers.SimpleSigner, trust: Trust, long_run: bool
) -> None:
    """The XMP of the file is what a judge unpacks: packed, it is small; unpacked, gigabytes."""

    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(3000 if long_run else 300)) + packer.flush()
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        bomb = document.make_stream(b"", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        bomb.write(packed, filter=pikepdf.Name.FlateDecode)
        document.Root.Metadata = bomb
        document.save(output)
    pdf = signed_elsewhere(output.getvalue(), signer, "Sig1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    try:
        verdict = SignatureReader(seconds=60).judge(updated(pdf, LATER["the page turned"]), trust)
        assert not verdict.valid
    except (Unreadable, SignedFileTooHeavy, SignedFileTooSlow):
        pass

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # kilobytes: nothing was unpacked here
