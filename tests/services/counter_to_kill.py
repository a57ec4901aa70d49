"""A counter as a child process: works on one dossier, and stands still at the named point."""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Draft
from clerk_app.domain.handover import Handover
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.reply import SupplementRequest
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.save_draft import SaveDraft
from clerk_app.services.unlock import unlock
from clerk_app.settings import read_settings
from clerk_app.store import projection
from clerk_app.store.projection import Projection
from sync.files import FileStore
from sync.journal import Act


def stand_still(*_: Any, **__: Any) -> None:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    threading.Event().wait()


def on_call(owner: Any, name: str, number: int) -> None:
    """Stand still instead of the `number`-th call."""
    whole, calls = getattr(owner, name), []

    def counting(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return stand_still() if len(calls) == number else whole(*args, **kwargs)

    setattr(owner, name, counting)


class StandingPrinter:
    spool = staticmethod(stand_still)


POINTS: dict[str, Callable[[], None]] = {
    "before file write": lambda: on_call(FileStore, "put", 1),
    "after file write": lambda: on_call(SaveDraft, "__call__", 3),
    "before received": lambda: on_call(Act, "finish", 1),
    "after received": lambda: on_call(Projection, "after_act", 1),
    "during projection": lambda: on_call(projection, "_mark", 1),  # rows are put, not yet committed
    "after signature": lambda: on_call(KeepDocuments, "issue", 1),
    "before slip_signed": lambda: on_call(Act, "finish", 2),
    "after slip_signed": lambda: on_call(Projection, "after_act", 2),
    "during print": lambda: None,
    "signed, not asked": lambda: on_call(Act, "finish", 1),
    "before at once": lambda: on_call(Act, "finish", 1),
}


def typed_pin(desk: Desk) -> TypedPin:
    return TypedPin(desk.token_cards()[0], bytearray(people.PIN.encode()))


def receive_sign_and_print(desk: Desk, draft: Draft) -> None:
    dossier = desk.receive_dossier(draft)
    slip = desk.issue_slip(dossier.id, typed_pin(desk))
    desk.print_slip(slip.id, StandingPrinter())


def ask(desk: Desk, draft: Draft) -> None:
    request = SupplementRequest(("Giấy tờ chỗ ở (01 bản sao)",), "Hồ sơ chưa đủ")
    desk.ask_for_supplement(draft, request, typed_pin(desk))


def return_at_once(desk: Desk, draft: Draft) -> None:
    shown = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("to-khai", "can-cuoc"))
    desk.return_at_once(replace(draft, procedure="2.000635", papers=shown), Handover(receiver="Đặng Thị Ánh"))


ACTS = {"asked": ask, "once": return_at_once}


def main(data: str, point: str) -> None:
    folder = Path(data)
    settings = read_settings(folder)
    unlocked = unlock(folder, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))
    with open_desk(settings, unlocked) as desk:
        POINTS[point]()
        draft = desk.start_draft()
        laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("giay-to-cho-o", "can-cuoc"))
        owner = Person(name="Đặng Thị Ánh")
        draft = replace(draft, procedure="1.004222", applicant=Applicant(owner), papers=laid)
        draft = desk.save_draft(draft)
        draft = desk.lay_papers(draft, "ct01", (folder / "ct01.jpg").read_bytes(), "ct01.jpg")
        ACTS.get(point.rsplit(maxsplit=1)[-1], receive_sign_and_print)(desk, draft)


if __name__ == "__main__":
    main(*sys.argv[1:])
