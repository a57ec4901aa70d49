"""Makes the pictures in this folder: two days are played on the real window, and their photographs are kept small.

`./run screens` calls it. What to look for in each picture stands in README.md beside it.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

HERE = Path(__file__).parent
SHOWN = {  # photograph of a day: picture here, one for each thing a screen can be
    "mo-quay": "mo-quay",
    "dang-nhap": "dang-nhap",
    "moi-viec": "moi-viec",
    "tim-thu-tuc-khai-sinh": "tim-thu-tuc",
    "du-giay-to-khai-sinh": "tiep-nhan",
    "nguoi-nop-uy-quyen": "nguoi-nop-uy-quyen",
    "ma-pin-khai-sinh": "ma-pin",
    "ky-tay-ly-do": "ky-tay",
    "da-cap-khai-sinh": "da-cap-giay-hen",
    "yeu-cau-bo-sung": "yeu-cau-bo-sung",
    "tra-ket-qua": "tra-ket-qua",
    "du-giay-to-mat-ket-noi": "mat-ket-noi",
    "cho-gui": "gui-nhan-du-lieu",
    "lan-mat-mang": "lan-mat-mang",
    "chuyen-tay": "chuyen-tay",
    "cho-cap-ma": "cho-cap-ma",
    "so-theo-doi": "so-theo-doi",
    "ky-duyet": "ky-duyet",
    "uy-quyen": "uy-quyen",
    "ky-tep": "ky-tep",
    "kiem-tra-chu-ky": "kiem-tra-chu-ky",
    "doi-chieu": "doi-chieu",
    "so-so": "so-so",
    "kiem-tra-thiet-bi": "kiem-tra-thiet-bi",
    "kiem-tra-the": "kiem-tra-the",
    "thiet-lap": "thiet-lap",
}
COLOURS = 128  # enough for flat surfaces and their letters, a third of the bytes


def main() -> int:
    """Play the days and replace the pictures; the exit code of the one that did not go well."""
    days = (["-m", "ui", "demo", "--headless", "--out", "."], [str(HERE / "short_day.py"), "."])
    with TemporaryDirectory(prefix="screens-") as folder:
        for number, day in enumerate(days):
            place = Path(folder) / str(number)
            place.mkdir()
            done = subprocess.run([sys.executable, *day], cwd=place, check=False)
            if done.returncode:
                return done.returncode
        _hang({file.name: file for file in Path(folder).glob("*/screenshots/*.png")})
    return 0


def _hang(photographs: dict[str, Path]) -> None:
    for old in HERE.glob("*.png"):
        old.unlink()
    for taken, shown in SHOWN.items():
        for size in ("1366x768", "1920x1080"):
            with Image.open(photographs[f"{taken}-{size}.png"]) as picture:
                small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
                small.save(HERE / f"{shown}-{size}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
