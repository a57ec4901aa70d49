"""Files that are small on the disk and explode when they are opened: refused in words, and the next is opened."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from clerk_app.papers.frames import Garbled, read_frame, write_frame
from clerk_app.papers.reader import Deadlines, PaperReader
from clerk_app.papers.reading_child import ReaderFailed, ReadingChild
from clerk_app.papers.reading_process import MEMORY
from clerk_app.papers.refusals import PaperBroken, PaperEmpty, PaperRefused, PaperTooHeavy, PaperTooSlow
from clerk_app.progress import Cancelled, Progress
from tests.papers.hostile import explodes_in_forms, explodes_when_unfolded, flat_bomb, hangs_in_tiles

MakePdf = Callable[..., bytes]
HASTY = Deadlines(read=1.5, picture=1.5)
PEAK_OF_THE_CHILDREN = """
import resource
from clerk_app.papers.reader import Deadlines, PaperReader
from clerk_app.papers.refusals import PaperTooHeavy, PaperTooSlow
from tests.papers.hostile import explodes_in_forms, explodes_when_unfolded, hangs_in_tiles

reader = PaperReader(Deadlines(read=5, picture=5))
for hostile in (explodes_in_forms, explodes_when_unfolded, hangs_in_tiles):
    try:
        reader.read(hostile())
    except (PaperTooHeavy, PaperTooSlow):
        pass
reader.close()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
STANDS_STILL = "import sys, threading; sys.stdin.buffer.read(1); threading.Event().wait()"


@pytest.fixture
def reader() -> Iterator[PaperReader]:
    opened = PaperReader()
    yield opened
    opened.close()


def hastily(reader: PaperReader, ask: Callable[[], object]) -> None:
    """Ask with little patience, for a file that no patience helps."""
    reader.warm()
    reader.deadlines = HASTY
    try:
        ask()
    finally:
        reader.deadlines = Deadlines()


def test_a_paper_is_read_and_its_bytes_are_its_own(
    reader: PaperReader, jpeg: bytes, make_pdf: MakePdf
) -> None:
    pdf = make_pdf(3)

    assert reader.read(jpeg).data is jpeg
    assert (reader.read(pdf).media_type, reader.read(pdf).pages) == ("application/pdf", 3)


def test_a_refusal_comes_back_with_its_facts_and_the_name(reader: PaperReader, make_pdf: MakePdf) -> None:
    with pytest.raises(PaperRefused) as refusal:
        reader.read(make_pdf(301), "dày.pdf")

    assert "có 301 trang, quá 300 trang" in str(refusal.value)
    assert refusal.value.facts["name"] == "dày.pdf"
    with pytest.raises(PaperEmpty):
        reader.read(b"")


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95])
def test_a_file_cut_off_is_refused_and_the_reader_goes_on(
    reader: PaperReader, jpeg: bytes, keep: float
) -> None:
    with pytest.raises(PaperBroken):
        reader.read(jpeg[: int(len(jpeg) * keep)])

    assert reader.read(jpeg).pages == 1


@pytest.mark.parametrize("hostile", [explodes_in_forms, explodes_when_unfolded, hangs_in_tiles])
def test_what_explodes_is_refused_in_words_within_the_memory_limit_and_the_next_is_read(
    reader: PaperReader, hostile: Callable[[], bytes], jpeg: bytes
) -> None:
    data = hostile()
    assert len(data) < 20_000

    with pytest.raises((PaperTooHeavy, PaperTooSlow)) as refusal:
        hastily(reader, lambda: reader.read(data, "nhỏ mà nặng.pdf"))

    assert "in ra PDF mới" in refusal.value.remedy
    assert reader.read(jpeg).pages == 1
    assert reader.picture(jpeg, 0, 100).startswith(b"\x89PNG")


def test_whatever_explodes_takes_no_more_memory_than_the_limit() -> None:
    """In a program of its own: the kernel tells the peak of all children that a program ever had."""
    house = Path(__file__).parents[2]

    measured = subprocess.run(
        [sys.executable, "-c", PEAK_OF_THE_CHILDREN],
        capture_output=True,
        check=True,
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        text=True,
    )

    assert 0 < int(measured.stdout) * 1024 < MEMORY


def test_a_picture_of_a_hundred_megapixels_is_opened_within_the_memory_limit(
    reader: PaperReader,
) -> None:
    bomb = flat_bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert reader.read(bomb).pages == 1
    picture = Image.open(BytesIO(reader.picture(bomb, 0, 500)))

    assert picture.size == (500, 500)
    assert picture.getpixel((250, 250)) == (255, 255, 255)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < 100_000_000  # it never lies open in this process


def test_a_page_that_hangs_does_not_hold_up_the_others(reader: PaperReader, jpeg: bytes) -> None:
    reader.deadlines = Deadlines(picture=600)
    reader.warm()
    progress = Progress()
    with ThreadPoolExecutor(1) as beside:
        hanging = beside.submit(reader.picture, hangs_in_tiles(), 0, 500, progress)
        pictures = [reader.picture(jpeg, 0, width) for width in range(100, 110)]
        assert not hanging.done()
        progress.cancel()
        with pytest.raises(Cancelled):
            hanging.result()

    assert len(set(pictures)) == 10


def test_a_page_that_hangs_is_given_up_at_its_deadline(reader: PaperReader, jpeg: bytes) -> None:
    with pytest.raises(PaperTooSlow):
        hastily(reader, lambda: reader.picture(hangs_in_tiles(), 0, 500))

    assert reader.picture(jpeg, 0, 100).startswith(b"\x89PNG")


def test_a_page_that_is_not_there_is_an_error_of_the_caller(reader: PaperReader, make_pdf: MakePdf) -> None:
    with pytest.raises(IndexError):
        reader.picture(make_pdf(2), 2, 100)


def test_a_scanned_page_is_packed_where_it_takes_no_memory_of_ours(reader: PaperReader) -> None:
    raw = b"P6\n3508 4961\n255\n" + bytes(3508 * 4961 * 3)  # A3 at 300 dpi, in colour

    page = reader.pack(raw, 300)

    assert page is not None
    assert Image.open(BytesIO(page)).size == (3508, 4961)
    assert reader.pack(raw[:-1], 300) is None
    assert reader.pack(raw, 300) != page  # two sheets that look the same are two


def test_a_child_that_is_killed_is_replaced(reader: PaperReader, jpeg: bytes) -> None:
    reader.warm()
    (child,) = reader._idle
    child.kill()

    assert reader.read(jpeg).pages == 1


def test_one_child_stays_warm_and_close_ends_it(reader: PaperReader, jpeg: bytes) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert {paper.pages for paper in threads.map(lambda _: reader.read(jpeg), range(24))} == {1}

    (child,) = reader._idle
    reader.close()
    assert child.ended
    with pytest.raises(Cancelled):
        reader.read(jpeg)


def test_closing_lets_go_of_who_waits(jpeg: bytes) -> None:
    started = Event()

    def start() -> ReadingChild:
        started.set()
        return _child_that(STANDS_STILL)

    reader = PaperReader(start=start)
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(reader.read, jpeg)
        started.wait()
        reader.close()
        with pytest.raises(Cancelled):
            waiting.result()


def _child_that(program: str) -> ReadingChild:
    return ReadingChild((sys.executable, "-c", program))


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('Xin chào')", "import os; os.abort()"])
def test_a_child_that_makes_no_sense_is_said_in_words(program: str, jpeg: bytes) -> None:
    reader = PaperReader(start=lambda: _child_that(program))

    with pytest.raises(ReaderFailed):
        reader.read(jpeg)


def test_a_computer_that_cannot_start_it_says_so(jpeg: bytes) -> None:
    reader = PaperReader(start=lambda: ReadingChild(("no-such-program",)))

    with pytest.raises(ReaderFailed):
        reader.read(jpeg)


def test_the_child_takes_no_more_memory_than_it_may_and_gets_no_secret_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QMC_SECRET", "mật")
    told = (
        "import os, resource, sys\n"
        "from clerk_app.papers.memory_limit import limit_own_memory\n"
        "from clerk_app.papers.frames import read_frame, write_frame\n"
        "limit_own_memory(64 << 20)\n"
        "read_frame(sys.stdin.buffer)\n"
        "try: bytearray(128 << 20); took = True\n"
        "except MemoryError: took = False\n"
        "write_frame(sys.stdout.buffer, {'took': took, 'secret': 'QMC_SECRET' in os.environ})\n"
    )
    child = _child_that(told)

    answer, _ = child.ask({"op": "hello"}, b"", 60, Progress())
    child.end()

    assert answer == {"took": False, "secret": False}


def test_a_child_whose_program_died_does_not_go_on_for_ever() -> None:
    """Its own watch ends it: asked for one second, it is gone although nobody kills it."""
    child = subprocess.Popen(
        (sys.executable, "-m", "clerk_app.papers.reading_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdin is not None
    words = {"op": "picture", "media_type": "application/pdf", "page": 0, "width": 500, "seconds": 1}
    write_frame(child.stdin, words, hangs_in_tiles())

    assert child.wait(120) != 0
    child.communicate()


@pytest.mark.parametrize(
    "bytes_", [b"\0\0\0\2\0\0\0\0{}"[:-1], b"\xff" * 8, b"\0\0\0\2\0\0\0\0[]", b"\0\0\0\2\0\0\0\0{!", b"\0\0"]
)
def test_a_frame_that_does_not_fit_is_garbled(bytes_: bytes) -> None:
    with pytest.raises(Garbled):
        read_frame(BytesIO(bytes_))


def test_a_frame_carries_words_and_bytes_and_the_pipe_ends() -> None:
    receiving, sending = os.pipe()
    with os.fdopen(sending, "wb") as pipe:
        write_frame(pipe, {"op": "ảnh"}, b"\0\1")
    with os.fdopen(receiving, "rb") as pipe:
        assert read_frame(pipe) == ({"op": "ảnh"}, b"\0\1")
        assert read_frame(pipe) is None
