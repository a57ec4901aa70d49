"""A counter as a child process: scans a feeder of ten sheets, and stands still while a page of it is on its way."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.papers.sane import private_environment
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.scanner_settings import ScannerSettings, ScanWay
from clerk_app.services.save_draft import SaveDraft
from clerk_app.services.unlock import unlock
from clerk_app.settings import read_settings
from sync.files import FileStore
from tests.services.counter_to_kill import on_call

SHEETS = {"source": "Automatic Document Feeder", "mode": "Color", "resolution": "20"}
POINTS = {
    "before page 4 is filed": lambda: on_call(FileStore, "put", 4),
    "before page 4 is noted": lambda: on_call(SaveDraft, "step", 4),
    "before the stack is whole": lambda: on_call(SaveDraft, "step", 11),
}


def main(data: str, point: str) -> None:
    folder = Path(data)
    environment = private_environment(folder / "sane", ["test"])
    scanner = ScannerSettings("test:0", environment, ways=(ScanWay("Khay", SHEETS, feeder=True),))
    settings = replace(read_settings(folder), scanner=scanner)
    unlocked = unlock(folder, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))
    with open_desk(settings, unlocked) as desk:
        draft = replace(
            desk.start_draft(), procedure="1.004222", applicant=Applicant(Person(name="Đặng Thị Ánh"))
        )
        draft = desk.save_draft(draft)
        POINTS[point]()
        desk.scan_papers(draft, "ct01", Progress())


if __name__ == "__main__":
    main(*sys.argv[1:])
