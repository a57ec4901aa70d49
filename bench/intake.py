"""`intake.last_page_to_signed`: from the last page's bytes to the signed slip kept in the journal.

Ours: the page checked, encrypted and filed, the dossier received, the slip drawn as PDF/A, signed with the PIN by a
SoftHSM token in its own process, validated, filed and journaled; SQLCipher files on this disk. Every login starts a
token process and ends it: its CPU counts. The yardstick is `bench.bare_slip`, with the facts of such a slip.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.figure import Figure
from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TypedPin
from clerk_app.forms.slip_facts import Issuing, slip_facts
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.practice.office import PracticeOffice, make_practice
from clerk_app.services.unlock import unlock

if sys.platform != "win32":
    import resource

HOUSE = Path(__file__).parents[1]
PAIRS, BARE_EACH = 15, 4
PROCEDURE = "1.001193"  # Đăng ký khai sinh: a form, a notice of birth, a card that is only shown
OWNER = Person(name="Đặng Thị Ánh", id_number="001188012345", phone="0912345678")
LIBRARIES = ("reportlab", "pyhanko", "pikepdf", "python-pkcs11", "sqlcipher3", "SQLAlchemy", "cryptography")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one slip cost."""

    cpu: float  # ms
    wall: float  # ms


def last_page_to_signed() -> Figure:
    """Measure in turn, ours then the yardstick's; the time by the clock is printed beside."""
    with tempfile.TemporaryDirectory() as name:
        office = make_practice(Path(name) / "practice")
        officer = people.OFFICER.officer.id
        unlocked = unlock(office.counter, officer, bytearray(people.PASSPHRASE.encode()))
        settings = replace(office.settings(), central="")
        with open_desk(settings, unlocked) as desk:
            return _paired(desk, office)


def _paired(desk: Desk, office: PracticeOffice) -> Figure:
    facts = office.folder / "facts"
    facts.write_bytes(_facts_of(desk, _ours(desk, office)[0]))
    with _bare_slip(facts) as bare:
        _ours(desk, office), bare(3)  # both sides warm
        pairs = [(_ours(desk, office)[1], bare(BARE_EACH)) for _ in range(PAIRS)]
    ours, theirs = zip(*pairs, strict=True)
    print(
        "intake.last_page_to_signed by the clock: "
        f"ours {median(each.wall for each in ours):.1f} ms, yardstick {median(each.wall for each in theirs):.1f} ms"
    )
    yardstick = "the same form by reportlab (no PDF/A step), signed by pyHanko with a key in memory"
    cpu = tuple(each.cpu for each in ours), tuple(each.cpu for each in theirs)
    return Figure("ms CPU", yardstick, *cpu, LIBRARIES)


def _ours(desk: Desk, office: PracticeOffice) -> tuple[Dossier, Cost]:
    """Fill a draft up to its last page; then measure. A scanned page differs each time: so do these bytes."""
    draft = _filled(desk, office)
    page = (office.papers / "giay-chung-sinh.jpg").read_bytes() + os.urandom(8)
    typed = TypedPin(desk.token_cards()[0], bytearray(people.PIN.encode()))
    cpu, wall = _cpu(), time.perf_counter()
    draft = desk.lay_papers(draft, "giay-chung-sinh", page, "giay-chung-sinh.jpg")
    dossier = desk.receive_dossier(draft)
    slip = desk.issue_slip(dossier.id, typed)
    cost = Cost((_cpu() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3)
    assert slip.signed_by == (SignatureField.OFFICER,)
    return dossier, cost


def _filled(desk: Desk, office: PracticeOffice) -> Draft:
    shown = (LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),)
    draft = replace(desk.start_draft(), procedure=PROCEDURE, applicant=Applicant(OWNER), papers=shown)
    form = (office.papers / "to-khai-khai-sinh.pdf").read_bytes()
    return desk.lay_papers(desk.save_draft(draft), "to-khai", form, "to-khai-khai-sinh.pdf")


def _cpu() -> float:
    """Return the CPU seconds of this process and of the children that have ended (not told on Windows)."""
    if sys.platform == "win32":
        return time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _facts_of(desk: Desk, dossier: Dossier) -> bytes:
    issuing = Issuing(made_at=dossier.received_at, fields=tuple(SignatureField), officer=desk.officer.name)
    return pickle.dumps(slip_facts(desk.dossier(dossier.id), desk.unit, issuing))


@contextmanager
def _bare_slip(facts: Path) -> Iterator[Callable[[int], Cost]]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.bare_slip", str(facts)],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        asked, told = child.stdin, child.stdout

        def bare(count: int) -> Cost:
            print(count, file=asked, flush=True)
            cpu, wall = told.readline().split()
            return Cost(int(cpu) / 1e6, int(wall) / 1e6)

        yield bare
        asked.close()
