"""Turns as entries tell them, and the line of a document that more than one counter adds to."""

from itertools import permutations
from typing import Any

import pytest

from clerk_app.domain.document import SignatureField
from clerk_app.domain.issuing import documents_of, line_of
from clerk_app.domain.kinds import Kind
from clerk_app.domain.turn import Turn, read_turn, turn_members, turn_of, with_turn

BASE, SIGNED, APPROVED, PROOF, LATE = ("0" * 63 + str(digit) for digit in range(5))
TOLD = {"id": "d", "kind": "slip", "issue": 1, "replaces": ""}


def revision(sha256: str, parent: str, kind: str, field: str = "") -> dict[str, str]:
    return {"sha256": sha256, "parent": parent, "kind": kind, "field": field}


ISSUED: tuple[str, dict[str, Any]] = (
    Kind.SLIP_SIGNED,
    {
        "document": TOLD,
        "revisions": [revision(BASE, "", "base"), revision(SIGNED, BASE, "signature", "CanBo")],
    },
)


def act(kind: Kind, *revisions: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return kind, {"document": {"id": "d"}, "revisions": list(revisions)}


@pytest.mark.parametrize("turn", [Turn(""), Turn("LanhDao"), Turn("ConDau", "device:quay-05")])
def test_a_turn_is_read_as_it_was_told(turn: Turn) -> None:
    assert read_turn(turn.text) == turn
    assert turn_of({"turns": {"d": turn.text}}, "d") == turn
    assert turn_of({}, "d") is None
    assert read_turn(7) is None


def test_a_turn_is_passed_on_beside_what_a_body_sets_already() -> None:
    body = {"v": 1, "set": {"applicant": {"name": "An"}}}
    told = with_turn(body, turn_members("d", None, Turn("LanhDao")))
    assert told["set"] == {"applicant": {"name": "An"}, "turns": {"d": "LanhDao"}}
    assert told["base_values"] == {"turns": {"d": None}}
    assert with_turn(body, {}) == body


def test_a_signature_without_a_turn_is_kept_and_has_no_effect() -> None:
    acts = [
        ISSUED,
        act(Kind.SLIP_APPROVED, revision(APPROVED, SIGNED, "signature", "LanhDao")),
        act(Kind.SLIP_APPROVED, revision(LATE, SIGNED, "signature", "LanhDao")),
    ]
    (document,) = documents_of("x", acts, stale={2})
    assert (document.head, document.without_effect) == (APPROVED, (LATE,))
    assert document.signed_by == (SignatureField.OFFICER, SignatureField.LEADER)
    assert [each.sha256 for each in line_of("d", acts, stale={2})] == [BASE, SIGNED, APPROVED]


def test_a_signature_goes_before_proof_of_its_parent_whichever_came_first() -> None:
    proof = (Kind.DOCUMENT_PROVEN, {"document": {"id": "d"}, "revisions": [revision(PROOF, SIGNED, "proof")]})
    approved = act(Kind.SLIP_APPROVED, revision(APPROVED, SIGNED, "signature", "LanhDao"))
    for acts in ([ISSUED, proof, approved], [ISSUED, approved, proof]):
        (document,) = documents_of("x", acts)
        assert document.head == APPROVED
        assert [each.sha256 for each in line_of("d", acts)] == [BASE, SIGNED, APPROVED]


@pytest.mark.parametrize("seed", range(6))
def test_proof_counts_although_it_was_told_before_what_it_proves(seed: int) -> None:
    """A restored central hears of an act when its author is known to it again, maybe after those that came of it."""
    first = [
        act(Kind.DOCUMENT_PROVEN, revision(PROOF, SIGNED, "proof")),
        (Kind.PRINT_STARTED, {"document": {"id": "d"}, "copy": 1}),
        (Kind.PRINT_ENDED, {"document": {"id": "d"}, "copy": 1}),
    ]
    first = [first[0], *first[1:]] if seed % 2 else [*first[1:], first[0]]
    acts = [*first[: seed // 2 + 1], ISSUED, *first[seed // 2 + 1 :]]
    (document,) = documents_of("x", acts)
    assert (document.head, document.came_out, document.print_unfinished) == (PROOF, 1, False)
    assert [each.sha256 for each in line_of("d", acts)] == [BASE, SIGNED, PROOF]


def test_proof_of_a_signature_that_comes_later_waits_for_it_and_that_of_an_older_state_for_ever() -> None:
    approved = act(Kind.SLIP_APPROVED, revision(APPROVED, SIGNED, "signature", "LanhDao"))
    proof = act(Kind.DOCUMENT_PROVEN, revision(PROOF, APPROVED, "proof"))
    late = act(Kind.DOCUMENT_PROVEN, revision(LATE, SIGNED, "proof"))
    for acts in ([ISSUED, proof, approved, late], [proof, ISSUED, approved, late]):
        assert [each.sha256 for each in line_of("d", acts)] == [BASE, SIGNED, APPROVED, PROOF]
        (document,) = documents_of("x", acts)
        assert document.head == PROOF
    assert line_of("d", [proof, approved, late]) == ()  # nobody told of its issue
    assert documents_of("x", [proof, approved, late]) == ()


def test_a_signature_without_effect_is_kept_although_the_paper_is_told_of_later() -> None:
    late = act(Kind.SLIP_APPROVED, revision(LATE, SIGNED, "signature", "LanhDao"))
    (document,) = documents_of("x", [late, ISSUED], stale={0})
    assert (document.head, document.without_effect) == (SIGNED, (LATE,))


def test_in_whatever_order_the_acts_on_a_paper_are_told_its_line_is_the_same() -> None:
    proof = act(Kind.DOCUMENT_PROVEN, revision(PROOF, SIGNED, "proof"))
    approved = act(Kind.SLIP_APPROVED, revision(APPROVED, PROOF, "signature", "LanhDao"))
    sealed = act(Kind.SLIP_SEALED, revision(LATE, APPROVED, "signature", "ConDau"))
    for acts in permutations([ISSUED, proof, approved, sealed]):
        (document,) = documents_of("x", acts)
        assert [each.sha256 for each in line_of("d", acts)] == [BASE, SIGNED, PROOF, APPROVED, LATE]
        assert (document.head, set(document.signed_by)) == (LATE, set(SignatureField))


def test_a_signature_on_a_slip_for_the_pen_does_not_begin_it() -> None:
    pen = (
        Kind.SLIP_FOR_PEN,
        {"document": {**TOLD, "issue": 2, "replaces": "old"}, "revisions": [revision(BASE, "", "base")]},
    )
    signed = act(Kind.SLIP_SIGNED, revision(SIGNED, BASE, "signature", "CanBo"))
    for acts in permutations([pen, signed]):
        (document,) = documents_of("x", acts)
        assert (document.head, document.issue, document.replaces, document.by_pen) == (SIGNED, 2, "old", True)
