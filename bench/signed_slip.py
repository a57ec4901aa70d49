"""A slip as the practice counter issues it, with the signatures of officer, leader and agency."""

from dataclasses import replace
from pathlib import Path

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.document import shown
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.practice.office import make_practice
from clerk_app.services.unlock import Unlocked, unlock
from signing.trust import Trust, load_trust

PROCEDURE, PAPERS = "1.004222", ("ct01", "giay-to-cho-o", "can-cuoc")


def signed_slip(folder: Path) -> tuple[bytes, Trust]:
    """Make a practice office in the folder and return one slip of it, with whom it trusts."""
    office = make_practice(folder / "practice")
    settings = replace(office.settings(), central="")

    def unlocked(person: people.PracticePerson) -> Unlocked:
        return unlock(office.counter, person.officer.id, bytearray(people.PASSPHRASE.encode()))

    with open_desk(settings, unlocked(people.OFFICER)) as desk:
        slip = issue(desk, 1)
        leader = desk.switch(unlocked(people.LEADER))
        leader.approve_documents([shown(slip, desk.slip_pdf(slip))], typed(leader.token_cards()[0]))
        registrar = desk.switch(unlocked(people.REGISTRAR))
        registrar.seal_documents([shown(slip, desk.slip_pdf(slip))], typed(registrar.seal_cards()[0]))
        return desk.slip_pdf(slip), load_trust(settings.trust_folder)


def issue(desk: Desk, number: int) -> str:
    """Receive a dossier and sign its slip; returns the document's id."""
    laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in PAPERS)
    owner = Person(f"Đặng Thị {number}", phone="0912345678")
    draft = replace(desk.start_draft(), procedure=PROCEDURE, applicant=Applicant(owner), papers=laid)
    dossier = desk.receive_dossier(desk.save_draft(draft))
    return desk.issue_slip(dossier.id, typed(desk.token_cards()[0])).id


def typed(card: TokenCard) -> TypedPin:
    """Type the practice PIN for a token."""
    return TypedPin(card, bytearray(people.PIN.encode()))
