"""Whom a counter trusts: the list that central signed, and the folder of its own administrator; each verdict says why."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.desk import open_desk
from clerk_app.domain.trust_list import (
    Anchor,
    Purpose,
    TrustList,
    TrustListDamaged,
    read_trust_list,
    write_trust_list,
)
from clerk_app.domain.verdict import Health
from clerk_app.furniture import Desk
from clerk_app.practice.ca import make_authority
from clerk_app.progress import Progress
from clerk_app.services.central_house import NoCentralThere, open_office_central, publish_trust
from clerk_app.services.signature_words import lines
from clerk_app.settings import Settings
from signing.trust import Trust, names_in, trust_in
from tests.services.conftest import RunningCentral

DAY = date(2026, 11, 27)


def anchors_of(folder: Path, *purposes: Purpose) -> list[Anchor]:
    return [Anchor(name, der, frozenset(purposes)) for name, der in names_in(folder)]


def test_a_list_is_read_as_it_was_written_and_a_damaged_one_names_the_place() -> None:
    listed = TrustList("2026-11-27", (Anchor("CA thử", b"der", frozenset({Purpose.TIME})),))
    assert read_trust_list(write_trust_list(listed)) == listed
    for content, where in (
        (b"", "tệp"),
        (b'{"label": "x"}', "tệp"),
        (b'{"label": "x", "anchors": [{"name": "a", "for": ["signature"], "certificate": "?"}]}', "mục 1"),
        (b'{"label": "x", "anchors": [{"name": "a", "for": ["whim"], "certificate": ""}]}', "mục 1"),
    ):
        with pytest.raises(TrustListDamaged) as damaged:
            read_trust_list(content)
        assert where in str(damaged.value)


@pytest.fixture
def empty_handed(settings: Settings, central: RunningCentral, tmp_path: Path) -> Settings:
    """A counter whose own folder trusts nobody."""
    (tmp_path / "nobody").mkdir()
    return replace(settings, trust=tmp_path / "nobody", central=central.address)


def test_a_published_list_reaches_the_counter_and_its_verdicts_say_so(
    settings: Settings, empty_handed: Settings, central: RunningCentral, clerk, receive, pin, tmp_path: Path
) -> None:
    with open_desk(settings, clerk) as desk:
        slip = desk.slip_pdf(desk.issue_slip(receive(desk).id, pin(desk)).id)
    number, label = publish_trust(central.folder, anchors_of(settings.trust_folder, *Purpose), DAY)
    assert number >= 1
    assert publish_trust(central.folder, anchors_of(settings.trust_folder, *Purpose), DAY) == (number, label)

    with open_desk(empty_handed, clerk) as desk:
        assert not desk.verify_document(slip).valid
        desk.exchange(Progress())
        verdict = desk.verify_document(slip)  # without opening anew
        assert verdict.valid
        (signature,) = verdict.signatures
        assert f"danh sách tin cậy số {number} ({label})" in signature.because
        assert any(f"danh sách tin cậy số {number}" in str(each.words) for each in lines(verdict, signature))
        (check,) = [each for each in desk.diagnose() if each.name == "trust"]
        assert (check.health, f"số {number}" in check.sentence) == (Health.OK, True)

    central.stop()
    with open_desk(empty_handed, clerk) as desk:  # offline, by what was kept
        assert desk.verify_document(slip).valid


def test_the_folder_of_this_computer_counts_beside_it_and_says_so(desk: Desk, receive, pin) -> None:
    verdict = desk.verify_document(desk.slip_pdf(desk.issue_slip(receive(desk).id, pin(desk)).id))
    assert "người quản trị máy này" in verdict.signatures[0].because
    assert {each.name for each in desk.whom_we_trust.everybody()}


def test_who_is_trusted_for_time_alone_vouches_for_nobody(
    settings: Settings, empty_handed: Settings, central: RunningCentral, clerk, receive, pin
) -> None:
    with open_desk(settings, clerk) as desk:
        slip = desk.slip_pdf(desk.issue_slip(receive(desk).id, pin(desk)).id)
    publish_trust(central.folder, anchors_of(settings.trust_folder, Purpose.TIME), DAY)
    with open_desk(empty_handed, clerk) as desk:
        desk.exchange(Progress())
        assert not desk.verify_document(slip).valid
        trust = desk.whom_we_trust.trust()
        assert trust.roots == ()
        assert trust.time_roots
        assert trust.for_time.roots == trust.time_roots


def test_a_list_that_nobody_can_read_leaves_the_one_before(
    settings: Settings, empty_handed: Settings, central: RunningCentral, clerk
) -> None:
    publish_trust(central.folder, anchors_of(settings.trust_folder, *Purpose), DAY)
    with open_desk(empty_handed, clerk) as desk:
        desk.exchange(Progress())
        kept = desk.whom_we_trust.kept
        before = kept.newest()
        with open_office_central(central.folder) as house:
            house.publish_if("trust", lambda _: b"{}")
        desk.exchange(Progress())
        assert kept.newest() == before


def test_a_mistyped_folder_becomes_no_central(tmp_path: Path) -> None:
    with pytest.raises(NoCentralThere):
        publish_trust(tmp_path / "nowhere", (), DAY)


def test_a_root_and_who_only_helps_are_told_apart() -> None:
    authority = make_authority()
    ders = [
        each.public_bytes(Encoding.DER) for each in (authority.root.certificate, authority.issuer.certificate)
    ]
    assert trust_in(ders) == Trust((ders[0],), (ders[1],))
    assert hashlib.sha256(ders[0]).hexdigest()
