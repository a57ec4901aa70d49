"""Whoever stops an enrolment: the passphrases that were typed for it are wiped."""

import pytest

from clerk_app.practice import people
from clerk_app.services.enrol import CodeUnreadable, Opener, enrol_officer
from clerk_app.settings import Settings


def test_the_passphrase_of_who_opens_is_wiped_though_it_was_not_needed(settings: Settings) -> None:
    own, colleagues = (bytearray(people.PASSPHRASE.encode()) for _ in range(2))
    opener = Opener(people.LEADER.officer.id, colleagues)
    with pytest.raises(CodeUnreadable):
        enrol_officer(settings.folder, people.OFFICER.officer.id, "khong phai ma", own, opener)
    assert not any(own)
    assert not any(colleagues)
