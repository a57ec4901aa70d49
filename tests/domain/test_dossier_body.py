"""A dossier goes into an entry as flat groups and comes back whole; a correction keeps before and after."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from clerk_app.domain.applicant import Applicant, Relation
from clerk_app.domain.correction import Correction
from clerk_app.domain.dossier import Dossier, Draft, DraftUnreadable, ReturnChannel, Status, draft_from_bytes
from clerk_app.domain.dossier_body import (
    GROUPS,
    HANDOVER,
    Acceptance,
    NothingCorrected,
    ReasonMissing,
    corrected_body,
    dossier_from_fields,
    received_body,
)
from clerk_app.domain.kinds import KINDS, TITLES, Kind, Nature
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.record import RecordDamaged

HASH = "cd" * 32


@pytest.fixture
def body(draft: Draft, birth: Procedure, acceptance: Acceptance) -> dict[str, Any]:
    return received_body(draft, birth, acceptance)


@pytest.fixture
def dossier(draft: Draft, body: dict[str, Any]) -> Dossier:
    return dossier_from_fields(draft.id, "received", through_json(body["set"]), HASH)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_an_accepted_draft_comes_back_as_a_dossier(
    draft: Draft, birth: Procedure, acceptance: Acceptance, dossier: Dossier
) -> None:
    assert dossier.applicant == draft.applicant
    assert dossier.return_channel == draft.return_channel
    assert (dossier.id, dossier.note, dossier.sets) == (draft.id, draft.note, draft.sets)
    assert (dossier.code, dossier.provisional) == (acceptance.code, False)
    assert (dossier.procedure, dossier.procedure_version) == (birth.code, birth.version)
    assert (dossier.procedure_title, dossier.fees) == (birth.title, birth.fees)
    assert (dossier.received_at, dossier.due_at) == (acceptance.due.received_at, acceptance.due.due_at)
    assert (dossier.received_by, dossier.entry_hash) == (acceptance.received_by, HASH)
    assert dossier.status is Status.RECEIVED
    assert dossier.time_limit == "trong ngày làm việc"


def test_papers_stand_in_the_order_of_the_checklist_with_the_titles_of_that_day(
    birth: Procedure, dossier: Dossier
) -> None:
    assert [paper.key for paper in dossier.papers] == [
        "to-khai",
        "giay-chung-sinh",
        "can-cuoc",
        "giay-uy-quyen",
    ]
    titles = {kind.key: kind.title for kind in birth.papers}
    assert [paper.title for paper in dossier.papers] == [titles[paper.key] for paper in dossier.papers]


def test_a_body_holds_what_the_journal_reads_of_it(body: dict[str, Any]) -> None:
    assert body["move"] == {"from": None, "to": "received"}
    assert body["files"] == ["ab" * 32]
    assert body["number"] == {"series": "dossier", "value": 1, "code": "H26.99.01-261123-0001"}
    assert set(body["set"]) == set(GROUPS) - {HANDOVER}
    assert all(not isinstance(value, dict) for group in body["set"].values() for value in group.values())


def test_a_citizen_without_submitter_or_authorisation_comes_back_so(
    draft: Draft, birth: Procedure, acceptance: Acceptance
) -> None:
    alone = replace(draft, applicant=Applicant(owner=draft.applicant.owner))

    body = received_body(alone, birth, acceptance)

    assert body["set"]["applicant"]["submitter_name"] is None
    assert dossier_from_fields(draft.id, "received", body["set"], HASH).applicant == alone.applicant


def test_damaged_fields_are_named(body: dict[str, Any]) -> None:
    groups = through_json(body["set"])
    with pytest.raises(RecordDamaged, match="due_at"):
        dossier_from_fields(
            "x", "received", groups | {"procedure": groups["procedure"] | {"due_at": None}}, HASH
        )
    with pytest.raises(RecordDamaged, match=r"applicant\.owner_sex"):
        dossier_from_fields(
            "x", "received", groups | {"applicant": groups["applicant"] | {"owner_sex": 1}}, HASH
        )


def corrected(dossier: Dossier, correction: Correction, groups: Mapping[str, Any]) -> Dossier:
    body = through_json(corrected_body(dossier, correction))
    merged = {**groups, **{group: {**groups[group], **told} for group, told in body["set"].items()}}
    return dossier_from_fields(dossier.id, body["move"]["to"], merged, HASH)


def test_a_correction_says_before_after_and_why(dossier: Dossier, body: dict[str, Any]) -> None:
    issued = replace(dossier, status=Status.SLIP_ISSUED)
    owner = replace(issued.applicant.owner, name="Trần Thị Bé Thứ")
    wanted = Correction(replace(issued.applicant, owner=owner), issued.return_channel, " Sai tên ")

    told = corrected_body(issued, wanted)

    assert told["move"] == {"from": "slip_issued", "to": "received"}
    assert (told["reason"], list(told["set"])) == ("Sai tên", ["applicant"])
    assert told["base_values"]["applicant"] == body["set"]["applicant"]
    assert told["set"]["applicant"] == body["set"]["applicant"] | {"owner_name": "Trần Thị Bé Thứ"}


def test_a_corrected_dossier_keeps_its_code_and_all_that_was_right(
    dossier: Dossier, body: dict[str, Any]
) -> None:
    wanted = Correction(
        Applicant(owner=dossier.applicant.owner, relation=Relation.SELF), ReturnChannel("counter"), "Sai"
    )

    after = corrected(replace(dossier, status=Status.SLIP_ISSUED), wanted, body["set"])

    assert after == replace(dossier, applicant=wanted.applicant, return_channel=wanted.return_channel)


def test_a_correction_without_change_or_reason_is_refused(dossier: Dossier) -> None:
    with pytest.raises(NothingCorrected):
        corrected_body(dossier, Correction(dossier.applicant, dossier.return_channel, "Sai"))
    with pytest.raises(ReasonMissing):
        corrected_body(dossier, Correction(dossier.applicant, ReturnChannel("online"), " "))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"id": "x", "sets": "1"}'])
def test_a_draft_that_cannot_be_read_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DraftUnreadable):
        draft_from_bytes(data)


def test_the_kinds_allow_exactly_what_the_bodies_do(dossier: Dossier, body: dict[str, Any]) -> None:
    kinds = {kind.name: kind for kind in KINDS}
    again = corrected_body(dossier, Correction(dossier.applicant, ReturnChannel("online"), "Sai"))

    assert (None, "received") in kinds[Kind.RECEIVED].moves
    assert set(body["set"]) <= kinds[Kind.RECEIVED].groups
    assert (again["move"]["from"], again["move"]["to"]) in kinds[Kind.CORRECTED].moves
    assert set(again["set"]) <= kinds[Kind.CORRECTED].groups


def test_the_table_of_kinds_is_whole() -> None:
    assert [kind.name for kind in KINDS] == list(Kind)
    assert [kind.name for kind in KINDS if kind.nature is Nature.REQUEST] == [
        Kind.TURN_TAKEN,
        Kind.CORRECTED,
        Kind.BOOK_OPENED,
        Kind.BOOK_HANDED,
        Kind.BOOK_TAKEN,
    ]
    assert all(kind.title and kind.roles for kind in KINDS)
    assert TITLES["received"] == "Tiếp nhận hồ sơ"
    assert {move for kind in KINDS for move in kind.moves} == {
        (None, "received"),
        ("received", "slip_issued"),
        ("slip_issued", "received"),
        ("received", "received"),
        (None, "supplement_asked"),
        ("supplement_asked", "supplement_asked"),
        (None, "refused"),
        ("supplement_asked", "refused"),
        ("supplement_asked", "received"),
        ("received", "returned"),
        ("slip_issued", "returned"),
    }
