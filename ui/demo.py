"""`clerk-app demo`: a practice office on this computer alone, with its central system, and the window on it."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from clerk_app.cli.words import sentences
from clerk_app.errors import Notice
from clerk_app.practice.central import RunningCentral, free_port, is_free, start_central
from clerk_app.practice.office import PracticeOffice, make_practice, move_central
from clerk_app.practice.people import OFFICER, PASSPHRASE, PIN
from ui import offscreen

FOLDER = ".practice"  # in the current directory
OUT = "demo-output"


def main(words: Sequence[str]) -> int:
    """Run `demo [--headless] [--fresh] [--out DIR]`; 0 when the day went well, 3 when it could not begin."""
    options = _options(words)
    folder = Path(FOLDER).resolve()
    try:
        office = _office(folder, fresh=options.fresh or options.headless)
        with _central(office) as central:
            if options.headless:
                return _play(office, central, options.out.resolve())
            return _open_window(office)
    except Exception as error:  # sorted right below: news is told, a bug goes on
        if not isinstance(error, Notice):
            raise
        said = sentences(error)
        sys.stderr.write(f"{said.message}\n{said.remedy}\n")
        return 3


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="clerk-app", description="Quầy Một Cửa, chế độ luyện tập.")
    demo = parser.add_subparsers(required=True).add_parser("demo")
    demo.add_argument("--headless", action="store_true", help="không mở cửa sổ: tự diễn một ngày làm việc")
    demo.add_argument("--fresh", action="store_true", help="bỏ dữ liệu luyện tập cũ, làm lại từ đầu")
    demo.add_argument("--out", type=Path, default=Path(OUT), metavar="THƯ MỤC", help="nơi để lại kết quả")
    return parser.parse_args(words)


def _office(folder: Path, *, fresh: bool) -> PracticeOffice:
    _tell(f"Chuẩn bị cơ quan luyện tập trong {folder} (chứng thư, thẻ ký số, cán bộ, giấy tờ mẫu)…")
    return make_practice(folder, fresh=fresh)


@contextmanager
def _central(office: PracticeOffice) -> Iterator[RunningCentral]:
    """Run central in a process of its own, on another port when somebody took its own."""
    port = office.central_port
    if not is_free(port):
        port = free_port()
        move_central(office, port)
    central = start_central(office.central, port)
    _tell(f"Máy chủ trung tâm luyện tập trả lời tại http://127.0.0.1:{central.port}.")
    try:
        yield central
    finally:
        central.stop()


def _open_window(office: PracticeOffice) -> int:
    _tell(
        f"Mở cửa sổ. Cán bộ {OFFICER.officer.name}, mật khẩu {PASSPHRASE}, mã PIN {PIN}; "
        f"giấy tờ mẫu trong {office.papers}."
    )
    for name in (signal.SIGINT, signal.SIGTERM):  # Ctrl+C here, or the end of the session: close the window
        signal.signal(name, lambda *_: QCoreApplication.quit())
    # Deferred for start-up time: the terminal says something before the window's rooms are read.
    return int(import_module("ui.desktop").run(office.counter))


def _play(office: PracticeOffice, central: RunningCentral, out: Path) -> int:
    platform = os.environ.setdefault(
        "QT_QPA_PLATFORM", "offscreen"
    )  # takes nobody's screen; "xcb" plays on Xvfb
    if platform == "offscreen":
        offscreen.hush()
    # Deferred: Qt reads the platform when it is loaded, and the window alone needs none of this.
    return int(import_module("ui.counter_day").play(office, central, out))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
