"""What a correction changed, as the history tells it."""

from clerk_app.domain.correction import Changed, changes_of


def test_only_what_is_different_is_told_and_days_as_people_write_them() -> None:
    body = {
        "base_values": {"applicant": {"owner_name": "Anh", "owner_birth_date": None, "owner_phone": "1"}},
        "set": {"applicant": {"owner_name": "Ánh", "owner_birth_date": "1989-07-14", "owner_phone": "1"}},
    }

    assert changes_of(body) == (
        Changed("owner_name", "Anh", "Ánh"),
        Changed("owner_birth_date", "", "14/07/1989"),
    )


def test_a_damaged_body_changes_nothing() -> None:
    assert changes_of({}) == ()
    assert changes_of({"base_values": [], "set": {"applicant": {}}}) == ()
    assert changes_of({"base_values": {}, "set": {"applicant": {"owner_name": "Ánh"}}}) == ()
    assert changes_of({"base_values": {"applicant": 1}, "set": {"applicant": 2}}) == ()
