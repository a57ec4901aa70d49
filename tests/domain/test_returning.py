"""A result is handed to somebody with a name, once; the slip's QR is checked against the register."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clerk_app.domain import returning as rules
from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Dossier, Draft, Status
from clerk_app.domain.dossier_body import Acceptance, dossier_from_fields, received_body
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.kinds import KINDS, Kind
from clerk_app.domain.procedure import Procedure

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HASH = "0123456789abcdef" * 4


@pytest.fixture
def dossier(draft: Draft, birth: Procedure, acceptance: Acceptance) -> Dossier:
    return dossier_from_fields(draft.id, "slip_issued", received_body(draft, birth, acceptance)["set"], HASH)


def test_whoever_handed_the_papers_in_is_expected(dossier: Dossier) -> None:
    alone = replace(dossier, applicant=Applicant(dossier.applicant.owner))
    submitter = dossier.applicant.at_the_counter

    expected = rules.proposed_receiver(dossier.applicant)

    assert (expected.who, expected.receiver) == (Receiver.SUBMITTER, submitter.name)
    assert rules.proposed_receiver(alone.applicant).who is Receiver.OWNER
    assert rules.proposed_receiver(alone.applicant).receiver == dossier.applicant.owner.name


def test_a_dossier_is_returned_once_and_never_before_it_was_accepted(dossier: Dossier) -> None:
    rules.require_returnable(dossier)
    rules.require_returnable(replace(dossier, status=Status.RECEIVED))
    handed = Handover(receiver="Trần Văn Được", at=NOW)
    with pytest.raises(rules.AlreadyReturned, match="lúc 09:00 23/11/2026 cho Trần Văn Được"):
        rules.require_returnable(replace(dossier, status=Status.RETURNED, handed=handed))
    for status in (Status.SUPPLEMENT_ASKED, Status.REFUSED):
        with pytest.raises(rules.NothingToReturn):
            rules.require_returnable(replace(dossier, status=status))


def test_another_person_needs_a_number_and_an_authorisation() -> None:
    other = Handover(Receiver.OTHER, "Lê Thị Nhận", "001190000001", "Giấy ủy quyền số 12, 21/11/2026")

    rules.check_handover(other, TODAY)
    for wrong in (replace(other, id_number=""), replace(other, paper=" ")):
        with pytest.raises(rules.ReceiverPaperMissing):
            rules.check_handover(wrong, TODAY)
    with pytest.raises(rules.ReceiverMissing):
        rules.check_handover(Handover(receiver=" "), TODAY)


def test_a_result_of_tomorrow_is_refused() -> None:
    owner = Handover(receiver="Trần Văn Được", result_number="12/BS")

    rules.check_handover(replace(owner, result_day=TODAY), TODAY)
    with pytest.raises(rules.ResultDayImpossible):
        rules.check_handover(replace(owner, result_day=date(2026, 11, 24)), TODAY)


def test_the_qr_of_a_slip_names_its_dossier_and_no_other(dossier: Dossier) -> None:
    read = rules.read_slip_qr(f" {dossier.code}|{HASH[:16].upper()} ")

    assert read is not None
    assert read.code == dossier.code
    read.require(dossier)
    with pytest.raises(rules.SlipOfAnother):
        replace(read, witness="f" * 16).require(dossier)


@pytest.mark.parametrize("typed", ["Trần Văn Được", "0042", "001089|", "001089|x", "a|0123456789abcdeg"])
def test_what_was_typed_is_no_qr(typed: str) -> None:
    assert rules.read_slip_qr(typed) is None


def test_what_was_handed_over_comes_back_whole(dossier: Dossier, draft: Draft) -> None:
    given = Handover(Receiver.OTHER, "Lê Thị Nhận", "001190000001", "Giấy ủy quyền", True, "12", TODAY)

    body: dict[str, Any] = rules.returned_body(dossier.status, given, NOW, "Lê Văn Cán")

    assert body["move"] == {"from": "slip_issued", "to": "returned"}
    allowed = next(kind for kind in KINDS if kind.name is Kind.RETURNED)
    assert ("slip_issued", "returned") in allowed.moves
    assert set(body["set"]) <= allowed.groups
    groups = {"procedure": {}, **body["set"]}
    assert dossier_from_fields_handed(groups) == replace(given, at=NOW, by="Lê Văn Cán")


def dossier_from_fields_handed(groups: dict[str, Any]) -> Handover | None:
    """Read only what the group says, under a dossier that was not accepted."""
    told = {
        "dossier_code": "H26.99.01-261123-0001",
        "provisional": False,
        "code": "1",
        "version": "1",
        "title": "Việc",
        "papers": [],
        "sets": 1,
        "received_at": "2026-11-23T02:00:00Z",
        "due_at": "2026-11-24T02:00:00Z",
        "received_by": "Lê Văn Cán",
    }
    return dossier_from_fields("x", "returned", groups | {"procedure": told}, HASH).handed
