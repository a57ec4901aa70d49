"""Scanners on Linux: `scanimage` of SANE as a child. Pages flow through named pipes and never lie in a file.

What went wrong is read from the exit code, which is the SANE status of the step that failed; only where scanimage
ends with 1 without a status of its own (a device that cannot be opened, an option that it does not have) the known
words of its last line are looked up, in the C locale. Drivers hang while they close, after an error above all:
scanimage has told by then how the scan ended.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from clerk_app.papers.page_bytes import as_picture
from clerk_app.papers.page_pipes import PagePipes
from clerk_app.papers.scanner import (
    CoverOpen,
    ScannerBusy,
    ScannerDenied,
    ScannerEmpty,
    ScannerError,
    ScannerFailed,
    ScannerGone,
    ScannerInfo,
    ScannerJammed,
    ScannerMissing,
    ScannerProgramMissing,
    ScannerSilent,
    ScannerStopped,
    WayRefused,
)
from clerk_app.progress import Progress

_GOOD, _UNKNOWN, _EOF, _NO_DOCS = 0, 1, 5, 7
_STATUS: dict[int, type[ScannerError]] = {  # SANE_Status of sane.h
    2: ScannerStopped,
    3: ScannerBusy,
    6: ScannerJammed,
    _NO_DOCS: ScannerEmpty,
    8: CoverOpen,
    9: ScannerGone,
    11: ScannerDenied,
}
_WORDS: dict[str, type[ScannerError]] = {  # sane_strstatus, for exit code 1
    "Invalid argument": ScannerMissing,
    "Device busy": ScannerBusy,
    "Error during device I/O": ScannerGone,
    "Access to resource has been denied": ScannerDenied,
}
_CODES = {  # sane_strstatus, for a scanimage that has told its end and does not go
    "Operation was canceled": 2,
    "Device busy": 3,
    "Document feeder jammed": 6,
    "Document feeder out of documents": _NO_DOCS,
    "Scanner cover is open": 8,
    "Error during device I/O": 9,
    "Access to resource has been denied": 11,
}
_OPTION = re.compile(
    r"(?:unrecognized option|setting of option) '?--?([a-z-]+)"
)  # one that the device refuses
_STATUS_TOLD = re.compile(r".*\(scanner status = (\d+)\)", re.DOTALL)  # the last page's
_START_TOLD = re.compile(r"sane_start: (.+)")
_OVER = "Batch terminated"
_TOLD = "told"  # what scanimage says of the device; no page is in it
_LISTED = "%d\t%v\t%m%n"
_MOMENT = 0.5  # seconds between telling the end and going, with most drivers
_PATIENCE_TO_END = 5.0  # seconds for a child to go, once it has ended or was asked to


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How to scan. `options` are the device's own, e.g. {"mode": "Color", "resolution": "300"}."""

    feeder: bool = False  # go on until the feeder is empty; else one page
    options: Mapping[str, str] = field(default_factory=dict)
    silence: float = 60.0  # seconds without a byte until the scanner counts as dead
    program: str = "scanimage"


@dataclass(frozen=True, slots=True)
class SaneScanner:
    """One device of SANE. `environment` is added to the child's, e.g. a private SANE_CONFIG_DIR.

    A large page in colour lies open while it is packed: a counter lets its reader do that.
    """

    device: str
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: ScanSettings = field(default_factory=ScanSettings)
    pack: Callable[[bytearray, int], bytes | None] = (
        as_picture  # raw page, dpi -> picture file; None: cut off
    )

    def list(self) -> tuple[ScannerInfo, ...]:
        """Return what `scanimage` sees; raises `ScannerProgramMissing`, `ScannerSilent` or `ScannerFailed`."""
        seconds = self.settings.silence
        try:
            told = subprocess.run(
                [self.settings.program, f"--formatted-device-list={_LISTED}"],
                capture_output=True,
                env=self._child_environment(),
                timeout=seconds,
                check=False,
            )
        except FileNotFoundError as missing:
            raise ScannerProgramMissing from missing
        except subprocess.TimeoutExpired as late:
            raise ScannerSilent(seconds=round(seconds)) from late
        if told.returncode != _GOOD:
            raise _error(told.returncode, told.stderr)
        rows = [line.split("\t") for line in told.stdout.decode(errors="replace").splitlines()]
        return tuple(ScannerInfo(row[0], f"{row[1]} {row[2]}".strip()) for row in rows if len(row) == 3)

    def scan(self, progress: Progress) -> Iterator[bytes]:
        """Yield each page as JPEG or PNG bytes; see `Scanner.scan`. Linux only: the pages flow through FIFOs."""
        with TemporaryDirectory(prefix="scan-") as folder, PagePipes(Path(folder)) as pipes:
            child = self._start(Path(folder))
            try:
                any_page = False
                for picture in self._pages(child, Path(folder), pipes, progress):
                    any_page = True
                    yield picture
                self._check_end(child, Path(folder), any_page=any_page)
            finally:
                pipes.close()
                _stop(child)

    def _pages(
        self, child: subprocess.Popen[bytes], folder: Path, pipes: PagePipes, progress: Progress
    ) -> Iterator[bytes]:
        """Yield page after page until the child ends; one that is cut off is dropped."""
        resolution = self.settings.options.get("resolution", "")
        for page in pipes.pages(
            child, progress, self.settings.silence, lambda: _code_told(folder) is not None
        ):
            picture = self.pack(page, int(resolution) if resolution.isdecimal() else 0)
            if picture is None:
                return  # the child's exit code says why
            yield picture
            progress.step(pipes.done, pipes.done + 1, "Đang quét")  # a fast feeder leaves no other moment

    def _check_end(self, child: subprocess.Popen[bytes], folder: Path, *, any_page: bool) -> None:
        """Wait for the child and raise what its exit says; an empty feeder after some pages is the end, no error."""
        code = _code_of(child, folder)
        if code is None:
            raise ScannerSilent(seconds=round(_PATIENCE_TO_END))
        if code == _NO_DOCS and any_page:
            return
        if code != _GOOD:
            raise _error(code, (folder / _TOLD).read_bytes())
        if not any_page:
            raise ScannerEmpty

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        how_many = [] if self.settings.feeder else ["--batch-count=1"]
        command = [
            self.settings.program,
            f"--device-name={self.device}",
            *(_option(name, value) for name, value in self.settings.options.items()),
            "--format=pnm",
            f"--batch={PagePipes.NAMES}",
            *how_many,
        ]
        try:
            with (folder / _TOLD).open("wb") as told:
                return subprocess.Popen(
                    command,
                    cwd=folder,
                    env=self._child_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=told,
                )
        except FileNotFoundError as missing:
            raise ScannerProgramMissing from missing

    def _child_environment(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C", **self.environment}


def private_environment(folder: Path, backends: Sequence[str]) -> dict[str, str]:
    """Write a SANE configuration that knows only these backends ("pnm", "test") and return its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("".join(f"{name}\n" for name in backends), encoding="ascii")
    (folder / "test.conf").write_text(
        "number_of_devices 1\ngeometry_max 300\n", encoding="ascii"
    )  # mm: holds A4
    return {"SANE_CONFIG_DIR": str(folder)}


def _code_of(child: subprocess.Popen[bytes], folder: Path) -> int | None:
    """Return the exit code, or what it should have been of a child that has told its end and does not go."""
    end = monotonic() + _PATIENCE_TO_END
    while monotonic() < end:
        try:
            return child.wait(_MOMENT)
        except subprocess.TimeoutExpired:
            if (code := _code_told(folder)) is not None:
                return code
    return None


def _code_told(folder: Path) -> int | None:
    """Return the SANE status with which scanimage says that the scan ended; None while it has not ended."""
    told = (folder / _TOLD).read_text(encoding="utf-8", errors="replace")
    if _OVER not in told:
        return None
    last = _STATUS_TOLD.match(told)
    if start := _START_TOLD.search(told, last.end() if last else 0):
        return _CODES.get(start[1].strip(), _UNKNOWN)
    code = int(last[1]) if last else _UNKNOWN
    return _GOOD if code == _EOF else code


def _option(name: str, value: str) -> str:
    """Return an option as scanimage takes it: the scan area's names (l, t, x, y) are one letter each."""
    return f"-{name}{value}" if len(name) == 1 else f"--{name}={value}"


def _error(code: int, told: bytes) -> ScannerError:
    if code in _STATUS:
        return _STATUS[code]()
    last = told.decode(errors="replace").strip().splitlines()[-1:]
    words = last[0].rpartition(": ")[2] if last else ""
    if code == _UNKNOWN and (refused := _OPTION.search(last[0] if last else "")):
        return WayRefused(option=refused[1])
    if code == _UNKNOWN and words in _WORDS:
        return _WORDS[words]()
    return ScannerFailed(code=code)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """Ask a child that still runs to let the scanner go, and end it if it does not."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_PATIENCE_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
