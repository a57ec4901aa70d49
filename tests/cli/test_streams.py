"""Where answers go: a reader who has heard enough, and a terminal that knows no Vietnamese."""

import os
import subprocess
import sys

CARD = "001089000012||Trần Văn Được|14071989|Nam|Tổ 21|01012024"
COMMAND = [sys.executable, "-m", "clerk_app.cli", "read-card", "--json", "--qr", CARD]


def test_a_reader_who_leaves_early_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(COMMAND, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_vietnamese_is_written_as_utf8_whatever_the_locale_says() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(COMMAND, capture_output=True, env=environment, timeout=60, check=True)
    assert "Trần Văn Được" in done.stdout.decode()
