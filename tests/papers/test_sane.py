"""Scanning with real SANE: its `pnm` scanner serves our page, its `test` scanner has a feeder of ten sheets."""

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from clerk_app.errors import Notice
from clerk_app.papers import scanner
from clerk_app.papers.imports import read_paper
from clerk_app.papers.sane import SaneScanner, ScanSettings, private_environment
from clerk_app.papers.scanner import (
    CoverOpen,
    Scanner,
    ScannerBusy,
    ScannerDenied,
    ScannerEmpty,
    ScannerError,
    ScannerFailed,
    ScannerGone,
    ScannerJammed,
    ScannerMissing,
    ScannerProgramMissing,
    ScannerSilent,
    ScannerStopped,
    WayRefused,
)
from clerk_app.progress import Cancelled, Progress

FEEDER = ScanSettings(
    feeder=True,
    options={"source": "Automatic Document Feeder", "mode": "Color", "resolution": "50"},
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A SANE that knows its two virtual scanners, and a temp folder of its own."""
    (tmp_path / "tmp").mkdir()
    return private_environment(tmp_path / "sane", ("pnm", "test"))


@pytest.fixture
def glass(environment: dict[str, str], scanned_page: Path) -> SaneScanner:
    """A scanner with our page on its glass."""
    return SaneScanner("pnm:0", environment, ScanSettings(options={"filename": str(scanned_page)}))


@pytest.fixture
def feeder(environment: dict[str, str]) -> SaneScanner:
    return SaneScanner("test:0", environment, FEEDER)


def _with(device: SaneScanner, **options: str) -> SaneScanner:
    settings = replace(device.settings, options={**device.settings.options, **options})
    return replace(device, settings=settings)


def test_the_computer_sees_its_scanners(glass: Scanner) -> None:
    found = {info.device: info.label for info in glass.list()}

    assert found["pnm:0"] == "Noname PNM file reader"
    assert "test:0" in found


def test_a_page_on_the_glass_is_read_as_it_is(glass: Scanner, photograph: Image.Image) -> None:
    (page,) = glass.scan(Progress())

    assert read_paper(page).media_type == "image/jpeg"
    difference = ImageChops.difference(Image.open(BytesIO(page)), photograph).convert("L")
    histogram = difference.histogram()
    assert sum(histogram[:60]) / sum(histogram) > 0.98  # a JPEG is near, not equal


def test_a_feeder_is_read_until_it_is_empty(feeder: Scanner) -> None:
    reports: list[tuple[int, int, str]] = []

    pages = list(feeder.scan(Progress(lambda *step: reports.append(step))))

    assert len(set(pages)) == 10  # they look the same, and are ten sheets
    assert all(read_paper(page).pages == 1 for page in pages)
    assert Image.open(BytesIO(pages[0])).info["dpi"] == (50, 50)
    assert {doing for _, _, doing in reports} == {"Đang quét"}


def test_without_feeding_one_page_is_read(feeder: SaneScanner) -> None:
    one = replace(feeder, settings=replace(FEEDER, feeder=False))

    assert len(list(one.scan(Progress()))) == 1


def test_black_and_white_pages_stay_lossless(environment: dict[str, str]) -> None:
    device = SaneScanner("test:0", environment, ScanSettings(options={"mode": "Gray", "depth": "1"}))

    (page,) = device.scan(Progress())

    assert read_paper(page).media_type == "image/png"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("jammed", ScannerJammed),
        ("nodocs", ScannerEmpty),
        ("coveropen", CoverOpen),
        ("ioerror", ScannerGone),
        ("accessdenied", ScannerDenied),
        ("nomem", ScannerFailed),
        ("eof", ScannerEmpty),
    ],
)
def test_what_the_scanner_reports_has_a_class_of_its_own(
    glass: SaneScanner, status: str, error: type[ScannerError]
) -> None:
    with pytest.raises(error):
        list(_with(glass, **{f"status-{status}": "yes"}).scan(Progress()))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("JAMMED", ScannerJammed),
        ("NO_DOCS", ScannerEmpty),
        ("COVER_OPEN", CoverOpen),
        ("IO_ERROR", ScannerGone),
        ("ACCESS_DENIED", ScannerDenied),
        ("DEVICE_BUSY", ScannerBusy),
        ("CANCELLED", ScannerStopped),
        ("UNSUPPORTED", ScannerFailed),
        ("INVAL", ScannerFailed),
        ("NO_MEM", ScannerFailed),
    ],
)
def test_each_status_of_sane_in_the_middle_of_a_feeder_is_an_error_of_its_own(
    feeder: SaneScanner, status: str, error: type[ScannerError]
) -> None:
    with pytest.raises(error):
        list(_with(feeder, **{"read-return-value": f"SANE_STATUS_{status}"}).scan(Progress()))


@pytest.mark.parametrize("option", [{"mode": "Lineart"}, {"source": "ADF"}, {"duplex": "yes"}])
def test_an_option_that_the_scanner_does_not_have_is_named(
    feeder: SaneScanner, option: dict[str, str]
) -> None:
    with pytest.raises(WayRefused) as refused:
        list(_with(feeder, **option).scan(Progress()))

    assert refused.value.facts["option"] in option


def test_the_size_of_the_page_is_an_option_of_one_letter(feeder: SaneScanner) -> None:
    glass = replace(feeder, settings=ScanSettings(options={"x": "210", "y": "297", "resolution": "100"}))

    (page,) = glass.scan(Progress())

    wide, high = Image.open(BytesIO(page)).size
    assert (round(wide, -1), round(high, -1)) == (830, 1170)


def test_a_scanner_that_is_not_there_is_missing(glass: SaneScanner) -> None:
    with pytest.raises(ScannerMissing):
        list(replace(glass, device="nothing:0").scan(Progress()))


def test_a_computer_without_sane_says_so(glass: SaneScanner) -> None:
    without = replace(glass, settings=ScanSettings(program="no-such-scanimage"))

    with pytest.raises(ScannerProgramMissing):
        list(without.scan(Progress()))
    with pytest.raises(ScannerProgramMissing):
        without.list()


def test_a_cancelled_scan_ends_at_once_and_the_scanner_is_free_again(
    feeder: SaneScanner, environment: dict[str, str]
) -> None:
    progress = Progress()
    slow = _with(feeder, **{"read-delay": "yes", "read-delay-duration": "200000"})
    pages = slow.scan(progress)

    progress.cancel()

    with pytest.raises(Cancelled):
        list(pages)
    assert len(list(replace(feeder, settings=replace(FEEDER, feeder=False)).scan(Progress()))) == 1


def test_who_stops_taking_pages_lets_the_scanner_go(feeder: SaneScanner) -> None:
    pages = feeder.scan(Progress())
    next(pages)
    pages.close()

    assert len(list(feeder.scan(Progress()))) == 10


def test_no_page_ever_lies_in_a_file(
    feeder: SaneScanner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    sizes: list[int] = []
    for _ in feeder.scan(Progress()):
        found = [path.lstat() for path in temporary.rglob("*")]
        assert any(stat.S_ISFIFO(entry.st_mode) for entry in found)
        sizes += [entry.st_size for entry in found if stat.S_ISREG(entry.st_mode)]

    assert max(sizes) < 2000  # what scanimage says of each page, not the page
    assert list(temporary.iterdir()) == []


@pytest.fixture
def fake_scanimage(tmp_path: Path, environment: dict[str, str]) -> Callable[..., SaneScanner]:
    """Make a scanner behind a FakeScanimage: a program that does what `body` says instead of scanning."""

    def make(body: str, silence: float = 30.0) -> SaneScanner:
        program = tmp_path / "fake_scanimage"
        program.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", encoding="utf-8")
        program.chmod(0o700)
        return SaneScanner("fake:0", environment, ScanSettings(True, {}, silence, str(program)))

    return make


PAGE = 'b"P5\\n4 4\\n255\\n" + bytes(16)'


@pytest.mark.parametrize("words", ["open of device fake:0 failed: Device busy", "sane_start: Device busy"])
def test_a_scanner_in_use_is_busy(fake_scanimage: Callable[..., SaneScanner], words: str) -> None:
    code = 1 if "open" in words else 3
    device = fake_scanimage(f'sys.stderr.write("scanimage: {words}\\n"); sys.exit({code})')

    with pytest.raises(ScannerBusy):
        list(device.scan(Progress()))


def test_a_silent_scanner_is_given_up(fake_scanimage: Callable[..., SaneScanner]) -> None:
    device = fake_scanimage("time.sleep(600)", silence=0.3)

    with pytest.raises(ScannerSilent):
        list(device.scan(Progress()))
    with pytest.raises(ScannerSilent):
        device.list()


def test_pages_before_a_jam_are_kept_and_the_cut_one_is_dropped(
    fake_scanimage: Callable[..., SaneScanner],
) -> None:
    device = fake_scanimage(
        f'open("1.pnm.part", "wb").write({PAGE})\n'
        f'open("2.pnm.part", "wb").write({PAGE})\n'
        f'open("3.pnm.part", "wb").write(({PAGE})[:-3])\n'
        "sys.exit(6)"
    )
    pages: list[bytes] = []

    def take_all() -> None:
        for page in device.scan(Progress()):
            pages.append(page)  # noqa: PERF402 - extend would lose what came before the jam

    with pytest.raises(ScannerJammed):
        take_all()

    assert len(pages) == 2


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ("scanimage: sane_read: Scanner cover is open\\nScanned page 2. (scanner status = 8)", CoverOpen),
        (
            "Scanned page 2. (scanner status = 5)\\nscanimage: sane_start: Document feeder jammed",
            ScannerJammed,
        ),
        (
            "Scanned page 2. (scanner status = 5)\\nscanimage: sane_start: Document feeder out of documents",
            None,
        ),
    ],
)
def test_a_driver_that_hangs_after_its_end_was_told_is_not_waited_for(
    fake_scanimage: Callable[..., SaneScanner], told: str, error: type[ScannerError] | None
) -> None:
    device = fake_scanimage(
        f'open("1.pnm.part", "wb").write({PAGE})\n'
        f'sys.stderr.write("{told}\\nBatch terminated, 2 pages scanned\\n"); sys.stderr.flush()\n'
        "time.sleep(600)"
    )
    pages: list[bytes] = []

    def take_all() -> None:
        for page in device.scan(Progress()):
            pages.append(page)  # noqa: PERF402 - extend would lose what came before the error

    if error is None:
        take_all()
    else:
        with pytest.raises(error):
            take_all()

    assert len(pages) == 1


def test_a_scanner_faster_than_its_reader_makes_no_file(fake_scanimage: Callable[..., SaneScanner]) -> None:
    device = fake_scanimage(
        "import stat\n"
        "for n in range(1, 21):\n"
        f'    open(f"{{n}}.pnm.part", "wb").write({PAGE})\n'
        "    if not stat.S_ISFIFO(os.stat(f'{n}.pnm.part').st_mode): sys.exit(9)\n"
        "sys.exit(7)"
    )

    assert len(list(device.scan(Progress()))) == 20


def test_an_unknown_status_names_its_number(fake_scanimage: Callable[..., SaneScanner]) -> None:
    with pytest.raises(ScannerFailed) as failure:
        list(fake_scanimage("sys.exit(77)").scan(Progress()))

    assert "mã 77" in str(failure.value)


def test_the_child_speaks_a_language_that_we_read(fake_scanimage: Callable[..., SaneScanner]) -> None:
    device = fake_scanimage('sys.exit(9 if os.environ["LC_ALL"] == "C" else 8)')

    with pytest.raises(ScannerGone):
        list(device.scan(Progress()))


def test_every_trouble_is_news_with_a_remedy() -> None:
    kinds = [
        kind for kind in vars(scanner).values() if isinstance(kind, type) and issubclass(kind, ScannerError)
    ]

    assert len(kinds) == 13
    for kind in kinds:
        trouble = kind(seconds=1, code=1, option="mode")
        assert isinstance(trouble, Notice)
        assert trouble.remedy.endswith(".")


def test_the_scanner_of_sane_is_a_scanner(glass: SaneScanner) -> None:
    def wanted(device: Scanner) -> Scanner:
        return device

    assert wanted(glass) is glass
    assert os.name == "posix"
