"""Central dies in mid-day: work goes on, and when it comes back everything is there exactly once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.central_book import BookLine, missing_files, read_book
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import OFFICER, PASSPHRASE, PIN
from clerk_app.progress import Progress
from clerk_app.services.unlock import unlock


@pytest.fixture
def desk(office: PracticeOffice) -> Iterator[Desk]:
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(office.settings(), unlocked) as opened:
        yield opened


def receive(desk: Desk, office: PracticeOffice, name: str) -> Dossier:
    """Receive and sign an application for a copy of an extract."""
    draft = replace(
        desk.start_draft(),
        procedure="2.000635",
        applicant=Applicant(Person(name)),
        papers=(LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),),
    )
    page = office.papers / "to-khai-trich-luc.png"
    draft = desk.lay_papers(draft, "to-khai", page.read_bytes(), page.name)
    dossier = desk.receive_dossier(draft)
    desk.issue_slip(dossier.id, TypedPin(desk.token_cards()[0], bytearray(PIN.encode())))
    return desk.dossier(dossier.id)


def test_what_is_received_while_central_is_dead_arrives_exactly_once_under_its_own_code(
    desk: Desk, office: PracticeOffice, central: RunningCentral
) -> None:
    desk.exchange(Progress())
    before = receive(desk, office, "Đặng Ngọc Ánh")
    desk.exchange(Progress())

    central.kill()
    with pytest.raises(CentralOffline):
        desk.exchange(Progress())
    assert desk.sending().alone_since is not None
    alone = [receive(desk, office, name) for name in ("Y Blơ Niê", "Phạm Quốc Khánh")]
    assert desk.sending().dossiers_waiting == 2
    assert not any(dossier.provisional for dossier in alone)  # the range was leased in advance

    again = start_central(office.central, central.port)
    try:
        sending = desk.exchange(Progress())
        book = read_book(office)
        slips = tuple(dossier.documents[0].head for dossier in alone)
        lacking = missing_files(office, slips)
    finally:
        again.stop()
    assert (sending.entries_waiting, sending.files_waiting, sending.alone_since) == (0, 0, None)
    assert not lacking
    for dossier in (before, *alone):
        assert acceptances(book, dossier) == 1
        assert desk.dossier(dossier.id).code == dossier.code
    assert {line.verdict for line in book} == {"accepted"}
    assert desk.verify_journal().valid


def acceptances(book: tuple[BookLine, ...], dossier: Dossier) -> int:
    """Count how often central has accepted the dossier."""
    return sum(line.subject == dossier.id and line.kind == "received" for line in book)
