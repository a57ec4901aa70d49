"""A driver is taken into use only after it was judged and tried; an officer hears once a day that a certificate ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app import clock
from clerk_app.domain.verdict import Health
from clerk_app.furniture import Desk
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.token_care import TokenCare
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from clerk_app.services.warn_expiry import FILE, WarnExpiry
from clerk_app.settings import Settings, read_settings, replace_file
from signing.errors import ModuleMissing, ModuleNotLibrary
from signing.token_client import TokenProcess
from tests.doors import behind

OPENSC = Path("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")


@pytest.mark.parametrize("kind", ["missing", "no library", "relative"])
def test_what_does_not_serve_is_not_written_into_the_settings(settings: Settings, kind: str) -> None:
    file = settings.folder / "driver.so"
    if kind == "no library":
        file.write_text("no library")
    before = (settings.folder / "settings.json").read_bytes()

    with pytest.raises((ModuleMissing, ModuleNotLibrary)):
        TokenCare(settings.folder).choose("driver.so" if kind == "relative" else str(file))

    assert (settings.folder / "settings.json").read_bytes() == before


def test_a_driver_that_serves_is_written_once_beside_the_others(settings: Settings) -> None:
    if not OPENSC.is_file():
        pytest.skip("needs OpenSC's driver")
    care = TokenCare(settings.folder)

    driver = care.choose(str(OPENSC))
    care.choose(str(OPENSC))

    assert (driver.works, driver.chosen) == (True, True)
    saved = [library.path for library in read_settings(settings.folder).tokens]
    assert saved == [*(library.path for library in settings.tokens), OPENSC]
    assert read_settings(settings.folder).tokens[0].environment == settings.tokens[0].environment
    assert next(each for each in care.find().drivers if each.library == str(OPENSC)).chosen


def test_a_search_may_be_stopped(settings: Settings) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        TokenCare(settings.folder).find(progress)


def test_the_desk_examines_its_tokens(desk: Desk) -> None:
    checks = desk.tokens.examine()

    assert {check.health for check in checks} == {Health.OK}


@pytest.fixture
def rack(settings: Settings):
    (library,) = settings.tokens
    with TokenProcess(library.path, library.environment) as process:
        yield TokenRack((process,))


def test_the_officer_hears_of_the_end_once_a_day(settings: Settings, rack, clerk, tmp_path: Path) -> None:
    ends = max(card.certificate.valid_to for card in rack.cards())
    now = [ends - timedelta(days=7)]
    owner = CertificateOwner(clerk.officer.name)
    warn = WarnExpiry(tmp_path, rack, owner, clerk.officer, lambda: now[0])

    assert "còn 7 ngày" in warn()
    assert warn() == ""
    now[0] += timedelta(days=1)
    assert "còn 6 ngày" in warn()
    assert clerk.officer.name not in (tmp_path / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(days=40), ""),
        (timedelta(days=30), "còn 30 ngày"),
        (timedelta(0), "đã hết hạn"),
        (timedelta(days=-3), "đã hết hạn"),
    ],
)
def test_the_officer_hears_in_time_that_central_certified_them_for_no_longer(
    clerk, tmp_path: Path, left: timedelta, told: str
) -> None:
    now = clock.now()
    owner, nobody = CertificateOwner(clerk.officer.name), TokenRack(())
    warn = WarnExpiry(tmp_path, nobody, owner, clerk.officer, lambda: now, certified_to=lambda: now + left)

    warning = warn()
    assert (told in warning, bool(warning)) == (True, bool(told))
    assert not told or clerk.officer.name in warning
    assert warn() == ""


def test_a_registration_that_never_ends_is_not_spoken_of(clerk, tmp_path: Path) -> None:
    end, owner = datetime.max.replace(tzinfo=UTC), CertificateOwner(clerk.officer.name)
    warn = WarnExpiry(tmp_path, TokenRack(()), owner, clerk.officer, clock.now, certified_to=lambda: end)
    assert warn() == ""


def test_the_desk_knows_until_when_its_officer_is_certified(online: Desk) -> None:
    warn = online.warn_expiry
    assert warn.certified_to() is None
    online.exchange(Progress())
    end = warn.certified_to()
    assert end is not None
    assert end > clock.now()


def test_a_certificate_that_lasts_is_not_spoken_of(settings: Settings, rack, clerk, tmp_path: Path) -> None:
    warn = WarnExpiry(tmp_path, rack, CertificateOwner(clerk.officer.name), clerk.officer, clock.now)

    assert warn() == ""
    assert not (tmp_path / FILE).exists()


def test_a_spoilt_note_only_means_that_it_is_told_again(
    settings: Settings, rack, clerk, tmp_path: Path
) -> None:
    ends = max(card.certificate.valid_to for card in rack.cards())
    replace_file(tmp_path / FILE, b"[spoilt")
    owner = CertificateOwner(clerk.officer.name)
    warn = WarnExpiry(tmp_path, rack, owner, clerk.officer, lambda: ends - timedelta(days=1))

    assert "còn 1 ngày" in warn()


def test_a_driver_that_fails_says_nothing_here(tmp_path: Path, clerk) -> None:
    with TokenProcess(tmp_path / "gone.so") as process:
        owner = CertificateOwner(clerk.officer.name)
        assert WarnExpiry(tmp_path, TokenRack((process,)), owner, clerk.officer, clock.now)() == ""


def test_diagnose_says_that_a_certificate_ends_soon(desk: Desk) -> None:
    ends = min(card.valid_to for card in desk.token_cards())
    diagnose = replace(behind(desk.diagnose), now=lambda: ends - timedelta(days=15))
    late = [check for check in diagnose() if check.name == "tokens"]

    assert late[0].health is Health.WARN
    assert "còn 15 ngày" in late[0].sentence
