"""Two corrections of the same, field by field."""

from clerk_app.domain.conflict import Conflict, conflicts_of

BASE = {"applicant": {"owner_name": "An", "owner_birth_date": "1990-02-03", "owner_phone": ""}}


def test_a_field_is_in_conflict_where_the_three_are_not_one() -> None:
    body = {"base_values": BASE, "set": {"applicant": {**BASE["applicant"], "owner_name": "Ân"}}}
    now = {"applicant": {**BASE["applicant"], "owner_birth_date": "1990-03-02"}}

    assert conflicts_of(body, now) == (
        Conflict("owner_name", "An", "An", "Ân"),
        Conflict("owner_birth_date", "03/02/1990", "02/03/1990", "03/02/1990"),
    )


def test_who_wrote_the_same_agrees() -> None:
    body = {"base_values": BASE, "set": {"applicant": {**BASE["applicant"], "owner_name": "Ân"}}}
    [conflict] = conflicts_of(body, {"applicant": {**BASE["applicant"], "owner_name": "Ân"}})
    assert conflict.agreed


def test_what_cannot_be_read_is_in_conflict_with_nothing() -> None:
    for body in (
        {},
        {"set": []},
        {"set": {"applicant": 1}, "base_values": BASE},
        {"set": BASE, "base_values": 1},
    ):
        assert conflicts_of(body, {}) == ()
