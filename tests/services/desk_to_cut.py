"""A whole counter that works for a while and notes what it has told its officer. Run as a program by the power cut test.

desk_to_cut.py COUNTER ADDRESS_OF_CENTRAL
"""

import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_enrolment, read_settings, write_settings
from clerk_app.store.key_slots import OpenedSlot, add_slot
from tests.disk.recorded import note
from tests.practice_office import LIGHT
from tests.services.crash_nursery import page

NEWCOMER, PASSPHRASE = "qt-09", "người mới đến 2026"


class Printer:
    """Takes every page."""

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Nothing comes out of it."""


def main(folder: Path, address: str) -> None:
    settings = replace(read_settings(folder), central=address)
    clerk = unlock(folder, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))
    for day in range(2):
        with open_desk(settings, clerk) as desk:
            desk.exchange(Progress())
            visit(desk, Random(day), by_token=day == 0)  # noqa: S311 - not for keys
            desk.upkeep()
            desk.upkeep.snapshot()
            desk.exchange(Progress())
            note(what="sent", waiting=desk.sending().entries_waiting)
        furnish(settings, clerk, day)


def visit(desk: Desk, chance: Random, *, by_token: bool) -> None:
    owner = Person(name=f"Người {chance.randrange(10**6)}")
    laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("giay-to-cho-o", "can-cuoc"))
    draft = replace(desk.start_draft(), procedure="1.004222", applicant=Applicant(owner), papers=laid)
    draft = desk.lay_papers(desk.save_draft(draft), "ct01", page(chance), "ct01.jpg")
    note(what="draft", id=draft.id)
    dossier = desk.receive_dossier(draft)
    note(what="received", id=dossier.id, code=dossier.code)
    if by_token:
        slip = desk.issue_slip(dossier.id, TypedPin(desk.token_cards()[0], bytearray(people.PIN.encode())))
    else:
        slip = desk.slip_for_pen(dossier.id, "thử")
    note(what="slip", id=slip.id, dossier=dossier.id)
    note(what="printed", id=slip.id, copy=desk.print_slip(slip.id, Printer()))


def furnish(settings: Settings, clerk: Unlocked, day: int) -> None:
    """Change a setting, give a colleague a slot."""
    changed = replace(read_settings(settings.folder), approval_share=6 + day)
    write_settings(changed)
    note(what="setting", share=changed.approval_share)
    opened, secret = OpenedSlot(clerk.data_key, bytes(32)), read_enrolment(settings.folder).device_secret
    add_slot(settings.folder, f"{NEWCOMER}{day}", bytearray(PASSPHRASE.encode()), secret, opened, LIGHT)
    note(what="slot", officer=f"{NEWCOMER}{day}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
