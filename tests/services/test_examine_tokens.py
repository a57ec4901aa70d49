"""Kiểm tra thẻ says what is well with driver, token and certificate, and what to do where it is not."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.domain.token_library import FoundDriver, FoundDrivers
from clerk_app.domain.token_library import SeenToken as ShownToken
from clerk_app.domain.verdict import Check, Health
from clerk_app.errors import in_a_row, say
from clerk_app.practice.ca import make_authority
from clerk_app.services.examine_tokens import ExamineTokens
from clerk_app.services.token_bundle import JSON, TEXT, Redaction, bundle, initials
from clerk_app.settings import TokenLibrary
from signing import errors
from signing.certificate import SigningCertificate
from signing.examination import Examination, SeenCertificate, SeenToken
from signing.libraries import own_architecture
from signing.token import TokenInfo
from signing.trust import Trust

LIBRARY = Path("/usr/lib/the.so")
INFO = TokenInfo("0123456789", "Thẻ của Lan", "Hãng")


@pytest.fixture(scope="module")
def certificate() -> SigningCertificate:
    return SigningCertificate(make_authority().issue("Lê Văn Lan").der)


def _seen(certificate: SigningCertificate, **more: object) -> SeenCertificate:
    usual = SeenCertificate(
        certificate, rooted=True, issuer=b"", key_fits=True, pin_each_time=False, tells_where_to_ask=False
    )
    return replace(usual, **more)


def _examine(tmp_path: Path, seen: Examination, **more: object) -> dict[str, Check]:
    """Examine a counter whose one driver showed `seen`."""

    def look(path: Path, environment: Mapping[str, str], trust: Trust) -> Examination:
        return seen

    service = ExamineTokens(tmp_path, (TokenLibrary(LIBRARY),), tmp_path / "trust", None, look=look, **more)
    return {check.name: check for check in service()}


def _well(*tokens: SeenToken) -> Examination:
    return Examination(own_architecture(), True, tokens)


def test_a_token_that_is_well_has_no_line_with_work_to_do(tmp_path, certificate) -> None:
    found = _examine(tmp_path, _well(SeenToken(INFO, (_seen(certificate),))))

    assert {check.health for check in found.values()} == {Health.OK}
    assert [*found] == [
        *("token_driver", "token_architecture", "token_loads", "token_slots", "token_pin"),
        *("token_certificate", "token_chain", "token_key", "token_revocation", "token_clock"),
        "token_time_stamp",
    ]


def test_a_counter_without_a_driver_is_told_to_look_for_one(tmp_path: Path) -> None:
    first, *_ = ExamineTokens(tmp_path, (), tmp_path, None)()

    assert (first.name, first.health) == ("token_driver", Health.FAIL)
    assert "Tìm phần mềm thẻ" in first.remedy


@pytest.mark.parametrize(
    ("seen", "part", "words"),
    [
        (Examination(None, trouble=errors.ModuleMissing(library="/x")), "token_driver", "/x"),
        (
            Examination(
                own_architecture(),
                trouble=errors.ModuleWrongArchitecture(library="/x", found="32-bit x86", wanted="64-bit"),
            ),
            "token_architecture",
            "32-bit",
        ),
        (
            Examination(own_architecture(), trouble=errors.ModuleFailed(reason="mã -6")),
            "token_loads",
            "dừng đột ngột",
        ),
        (
            Examination(own_architecture(), trouble=errors.TokenTimeout(seconds="10")),
            "token_loads",
            "10 giây",
        ),
    ],
)
def test_a_driver_that_does_not_serve_says_at_which_step(
    tmp_path: Path, seen: Examination, part: str, words: str
) -> None:
    found = _examine(tmp_path, seen)

    assert found[part].health is Health.FAIL
    assert words in found[part].sentence
    assert found[part].remedy
    assert "token_slots" not in found


@pytest.mark.parametrize(
    ("flags", "health", "words"),
    [
        ({"pin_count_low": True}, Health.WARN, "đã có lần nhập sai"),
        ({"pin_count_low": True, "pin_final_try": True}, Health.WARN, "chỉ còn một lần"),
        ({"pin_final_try": True, "pin_locked": True}, Health.FAIL, "đã bị khóa"),
    ],
)
def test_the_state_of_the_pin_is_told(
    tmp_path, certificate, flags: dict[str, bool], health: Health, words: str
) -> None:
    found = _examine(tmp_path, _well(SeenToken(replace(INFO, **flags), (_seen(certificate),))))

    assert found["token_pin"].health is health
    assert words in found["token_pin"].sentence


@pytest.mark.parametrize(
    ("seen", "part"),
    [({"rooted": False}, "token_chain"), ({"key_fits": False}, "token_key")],
)
def test_what_may_not_be_used_to_sign_fails(
    tmp_path, certificate, seen: dict[str, object], part: str
) -> None:
    found = _examine(tmp_path, _well(SeenToken(INFO, (_seen(certificate, **seen),))))

    assert found[part].health is Health.FAIL
    assert found[part].remedy


def test_a_token_that_hides_its_key_and_asks_each_time_says_so(tmp_path, certificate) -> None:
    shown = _seen(certificate, key_fits=None, pin_each_time=True)
    found = _examine(tmp_path, _well(SeenToken(INFO, (shown,))))

    assert found["token_key"].health is Health.OK
    assert "từng chữ ký" in found["token_key"].sentence


@pytest.mark.parametrize(
    ("days", "health", "words"),
    [
        (31, Health.OK, "dùng để ký"),
        (30, Health.WARN, "còn 30 ngày"),
        (1, Health.WARN, "còn 1 ngày"),
        (-2, Health.FAIL, "đã hết hạn"),
        (5000, Health.FAIL, "chưa có hiệu lực"),
    ],
)
def test_the_end_of_a_certificate_is_warned_of(
    tmp_path, certificate, days: int, health: Health, words: str
) -> None:
    now = certificate.valid_to - timedelta(days=days)
    found = _examine(tmp_path, _well(SeenToken(INFO, (_seen(certificate),))), now=lambda: now)

    assert found["token_certificate"].health is health
    assert words in found["token_certificate"].sentence


def test_two_tokens_have_lines_of_their_own(tmp_path, certificate) -> None:
    two = (SeenToken(INFO, (_seen(certificate),)), SeenToken(replace(INFO, label="Thẻ hai"), ()))
    found = _examine(tmp_path, _well(*two))

    assert "Thẻ hai" in found["token_pin:2"].sentence
    assert found["token_certificate:2"].health is Health.FAIL


def test_a_clock_before_the_programs_own_day_fails(tmp_path: Path) -> None:
    found = _examine(tmp_path, _well(), now=lambda: datetime(2020, 1, 1, tzinfo=UTC))

    assert found["token_clock"].health is Health.FAIL


def test_a_silent_time_stamp_service_is_a_warning_with_its_remedy(tmp_path: Path) -> None:
    class FakeSilence:
        def stamp(self, digest: bytes) -> bytes:
            raise errors.TimeStampUnavailable(reason="quá giờ")

    service = ExamineTokens(tmp_path, (), tmp_path, lambda _: FakeSilence())
    found = {check.name: check for check in service()}

    assert found["token_time_stamp"].health is Health.WARN
    assert "quá giờ" in found["token_time_stamp"].sentence


def test_a_practice_counter_is_examined_for_real(office) -> None:
    checks = ExamineTokens.of(office.settings())()

    assert {check.health for check in checks} == {Health.OK}
    owners = [each.sentence for each in checks if each.name.startswith("token_certificate")]
    assert len(owners) > 2


def _unpacked(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert set(archive.namelist()) == {JSON, TEXT}
        json.loads(archive.read(JSON))
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_a_bundle_names_no_person_no_token_and_no_home(tmp_path, certificate) -> None:
    checks = _examine(tmp_path, _well(SeenToken(INFO, (_seen(certificate, pin_each_time=True),)))).values()
    home = Path("/home/lan")
    of_home = FoundDriver(
        vendor="Hãng",
        library="/home/lan/the/driver.so",
        architecture="64-bit",
        works=False,
        chosen=True,
        confirmed=False,
        tokens=(ShownToken(INFO.label, INFO.serial, INFO.manufacturer),),
        sentence=say("Không tìm thấy phần mềm của thẻ ký số: {library}.", library="/home/lan/the/driver.so"),
    )
    broken = say("Danh sách không đọc được ({reason}).", reason="thư mục “/home/lan/../x”")
    lines = (
        *checks,
        Check("y", Health.WARN, broken),
        Check("x", Health.OK, in_a_row(say("Của {owner}.", owner="Lê Văn Lan 001089001234"))),
    )

    told = _unpacked(
        bundle(lines, FoundDrivers((of_home,), "26/11/2026"), datetime.now(UTC), Redaction(home=home))
    )

    for secret in ("Lan", "Lê Văn", INFO.serial, INFO.label, "/home", "001089001234", certificate.serial):
        assert secret not in told
    assert "L.V.L." in told
    assert "…/driver.so" in told
    assert "/usr/lib/the.so" in told


def test_a_bundle_of_a_practice_counter_holds_no_name_pin_or_serial(office) -> None:
    settings = office.settings()
    checks = ExamineTokens.of(settings)()
    told = _unpacked(bundle(checks, FoundDrivers((), "26/11/2026"), datetime.now(UTC), Redaction()))

    assert any(account.practice_pin for account in settings.accounts)
    for account in settings.accounts:
        assert account.officer.name not in told
        assert not account.practice_pin or account.practice_pin not in told
    assert str(Path.home()) not in told
    assert settings.unit.name not in told


@pytest.mark.parametrize(
    ("name", "short"),
    [("Nguyễn Thị Ánh", "N.T.Á."), ("012345678901", "?"), ("", "?"), ("UBND phường 5", "U.P.")],
)
def test_a_name_becomes_its_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_marks_tell_what_is_the_same_within_one_bundle_only() -> None:
    one, other = Redaction(), Redaction()

    assert one.mark("thẻ") == one.mark("thẻ") != one.mark("khác")
    assert one.mark("thẻ") != other.mark("thẻ")


@pytest.mark.parametrize(
    "place",
    ["/home/an/x.so", "/root/x.so", "/Users/an/x.so", r"C:\Users\an\x.so", r"D:\Users\an\AppData\x.so"],
)
def test_of_anybodys_home_only_the_files_name_is_left(place: str) -> None:
    assert Redaction(home=Path("/elsewhere")).place(place) == "…/x.so"
