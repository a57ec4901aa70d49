"""Two corrections of the same, field by field."""

from clerk_app.domain.conflict import Conflict, chosen_groups, conflicts_of, to_choose

BASE = {"applicant": {"owner_name": "An", "owner_birth_date": "1990-02-03", "owner_phone": ""}}


def test_a_field_is_in_conflict_where_the_three_are_not_one() -> None:
    body = {"base_values": BASE, "set": {"applicant": {**BASE["applicant"], "owner_name": "Ân"}}}
    now = {"applicant": {**BASE["applicant"], "owner_birth_date": "1990-03-02"}}

    assert conflicts_of(body, now) == (
        Conflict("applicant", "owner_name", "An", "An", "Ân"),
        Conflict("applicant", "owner_birth_date", "03/02/1990", "02/03/1990", "03/02/1990"),
    )


def test_who_wrote_the_same_agrees() -> None:
    body = {"base_values": BASE, "set": {"applicant": {**BASE["applicant"], "owner_name": "Ân"}}}
    [conflict] = conflicts_of(body, {"applicant": {**BASE["applicant"], "owner_name": "Ân"}})
    assert conflict.agreed
    assert to_choose((conflict,)) == ()


def test_a_group_is_chosen_whole_and_the_others_stay_as_they_count() -> None:
    body = {"set": {"applicant": {"owner_name": "Ân", "owner_phone": "1"}, "return_channel": {"detail": "a"}}}
    now = {
        "applicant": {"owner_name": "Anh", "owner_phone": "2"},
        "return_channel": {"detail": "b"},
        "fee": {},
    }

    assert chosen_groups(body, now, frozenset({"applicant"})) == {
        **now,
        "applicant": body["set"]["applicant"],
    }
    assert chosen_groups({}, now, frozenset({"applicant"})) == now


def test_what_cannot_be_read_is_in_conflict_with_nothing() -> None:
    for body in (
        {},
        {"set": []},
        {"set": {"applicant": 1}, "base_values": BASE},
        {"set": BASE, "base_values": 1},
    ):
        assert conflicts_of(body, {}) == ()
