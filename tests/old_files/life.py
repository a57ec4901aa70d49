"""What the officers of an old counter did, in words that every version of the program understands. Run by `make.py`.

    life.py OFFICE

Uses nothing but the old program, which PYTHONPATH names. What was told to its officers is left in `told.json`.
"""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.practice import people
from clerk_app.practice.office import make_practice
from clerk_app.progress import Progress
from clerk_app.services.unlock import unlock

NAMES = ("Đặng Thị Ánh", "Lê Văn Bình", "Trần Thị Cúc", "Phạm Văn Dũng")


class Printer:
    """Takes every page."""

    def spool(self, *_: object) -> None:
        """Nothing comes out of it."""


def fill(desk: Any, name: str) -> Any:
    laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("giay-to-cho-o", "can-cuoc"))
    owner = Person(name=name, id_number="001188012345", phone="0912345678")
    draft = replace(desk.start_draft(), procedure="1.004222", applicant=Applicant(owner), papers=laid)
    return desk.lay_papers(desk.save_draft(draft), "ct01", scan(name), "ct01.jpg")


def scan(name: str) -> bytes:
    page = io.BytesIO()
    Image.new("RGB", (310, 438), "white").save(page, "JPEG", comment=name.encode())
    return page.getvalue()


def typed(desk: Any) -> Any:
    """Type the PIN as this version wants it."""
    pin = bytearray(people.PIN.encode())
    try:
        from clerk_app.domain.token_card import TypedPin  # noqa: PLC0415 - not every version has it
    except ImportError:
        return pin
    return TypedPin(desk.token_cards()[0], pin)


def live(desk: Any, say: Callable[..., None]) -> None:
    """Four citizens: one signed, printed and sent; one by pen and sent; one received and not sent; a draft."""
    desk.exchange(Progress())  # numbers are lent
    first = desk.receive_dossier(fill(desk, NAMES[0]))
    slip = desk.issue_slip(first.id, typed(desk))
    desk.print_slip(slip.id, Printer())
    second = desk.receive_dossier(fill(desk, NAMES[1]))
    pen = desk.slip_for_pen(second.id, "thẻ chưa đến")
    desk.exchange(Progress())
    desk.exchange(Progress())
    third = desk.receive_dossier(fill(desk, NAMES[2]))
    draft = fill(desk, NAMES[3])
    assert desk.verify_journal().valid
    say(
        dossiers={each.id: desk.dossier(each.id).code for each in (first, second, third)},
        owners={each.id: name for each, name in zip((first, second, third), NAMES, strict=False)},
        slips={first.id: slip.id, second.id: pen.id},
        histories={each.id: [line.kind for line in desk.history(each.id)] for each in (first, second, third)},
        draft={"id": draft.id, "files": [file.sha256 for paper in draft.papers for file in paper.files]},
        waiting=desk.sending().entries_waiting,
    )


def main(folder: Path) -> None:
    office = make_practice(folder)
    port = str(int(office.settings().central.rpartition(":")[2]))
    run_central = Path.cwd() / "tests" / "services" / "run_central.py"
    central = subprocess.Popen(
        [sys.executable, str(run_central), str(office.central), port], stdout=subprocess.PIPE
    )
    try:
        assert central.stdout is not None
        central.stdout.readline()
        clerk = unlock(office.counter, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))
        told: dict[str, Any] = {"at": time.time()}
        with open_desk(office.settings(), clerk) as desk:
            live(desk, told.update)
    finally:
        central.terminate()
        central.wait()
    keys = {"data_key": clerk.data_key.hex(), "officer": people.OFFICER.officer.id}
    (folder / "told.json").write_text(json.dumps(told | keys, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
