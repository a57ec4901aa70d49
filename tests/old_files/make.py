"""Makes an old counter: lets the program of an earlier commit work for a while, and packs what it left.

    .venv/bin/python -m tests.old_files.make [NAME ...]

The commit's own code runs, from `git archive`, in a process of its own; from here comes only `life.py`, what its officers
did. Needs the packages of that commit, which are today's, and SoftHSM2. What is packed lies beside this file as `NAME.tar.xz`.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.old_files.packing import pack

COMMITS = {  # the last of each form of the files, by the versions of the archive and of central's tables
    "archive1-central1": "6365e86",
    "archive1-central2": "53b420b",
    "archive3-central2": "65f6dc1",
    "archive4-central2": "78c145b",
    "archive5-central2": "5f6146f",
    "archive6-central3": "1aa614d",
    "archive7-central4": "e999eb9",
    "archive8-central10": "8b4e426",
}
HERE = Path(__file__).parent
HOUSE = HERE.parents[1]


def make(commit: str, name: str) -> Path:
    """Return the packed counter and central of a commit."""
    with tempfile.TemporaryDirectory(prefix="old-") as room:
        house, office = Path(room) / "house", Path(room) / "office"
        archive = subprocess.run(
            ["git", "archive", commit], cwd=HOUSE, check=True, capture_output=True
        ).stdout
        (Path(room) / "house.tar").write_bytes(archive)
        with tarfile.open(Path(room) / "house.tar") as packed:
            packed.extractall(house, filter="data")
        told = os.environ | {"PYTHONPATH": str(house), "CLERK_APP_STATE": str(office / "state")}
        subprocess.run([sys.executable, str(HERE / "life.py"), str(office)], cwd=house, env=told, check=True)
        return pack(office, HERE / f"{name}.tar.xz")


if __name__ == "__main__":
    for each in sys.argv[1:] or COMMITS:
        made = make(COMMITS[each], each)
        sys.stdout.write(f"{made.name}: {made.stat().st_size} bytes\n")
