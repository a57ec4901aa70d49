"""The settings of a counter: written whole, read strictly, kept whole."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.domain.document import DEFAULT_SIGNATURES, DocumentKind, SignatureField
from clerk_app.domain.officer import Officer, Role, Unit
from clerk_app.line_settings import LineSettings
from clerk_app.scanner_settings import ScanFolder, ScannerSettings, ScanWay
from clerk_app.settings import (
    ENROLMENT,
    SETTINGS,
    Account,
    Enrolment,
    NoSuchOfficer,
    Settings,
    SettingsBroken,
    SettingsMissing,
    TokenLibrary,
    clear_unfinished,
    read_enrolment,
    read_settings,
    replace_file,
    write_enrolment,
    write_settings,
)

WAYS = (ScanWay("Màu 300", {"mode": "Color"}, as_of="2026-11-25"), ScanWay("Khay", {}, True, "fujitsu:1"))


@pytest.fixture
def counter(tmp_path: Path) -> Settings:
    officer = Officer("hoa", "Nguyễn Thị Hoa", frozenset({Role.OFFICER, Role.LEADER}), "Công chức")
    unit = Unit(
        "0199b000-0000-7000-8000-000000000001", "H26.99.01", "UBND", "Điểm phục vụ", "Luyện Tập", "Số 1",
        "024", "Q3", practice=True,
    )  # fmt: skip
    return Settings(
        folder=tmp_path,
        unit=unit,
        central="http://127.0.0.1:1",
        accounts=(Account(officer, "ab" * 32, "123456"),),
        tokens=(TokenLibrary(Path("/lib/token.so"), {"CONF": "x"}),),
        trust=tmp_path / "anchors",
        scanner=ScannerSettings(
            "pnm:0", {"SANE_CONFIG_DIR": "sane"}, {"mode": "Color"}, feeder=True, ways=WAYS
        ),
        scan_folder=ScanFolder(tmp_path / "scans", keep=True),
        signatures=DEFAULT_SIGNATURES | {DocumentKind.SLIP: (SignatureField.OFFICER,)},
        line=LineSettings(
            "http://an:x@proxy.example:3128", tmp_path / "roots.pem", 300, 64, hold_when_metered=False
        ),
        slip_number="dots",
        seal_certificate_sha256="cd" * 32,
    )


def test_what_is_written_is_read_again(counter: Settings) -> None:
    write_settings(counter)

    assert read_settings(counter.folder) == counter


def test_what_others_wrote_into_the_file_stays(counter: Settings) -> None:
    write_settings(counter)
    path = counter.folder / SETTINGS
    data = json.loads(path.read_text("utf-8"))
    data["theme"] = "dark"
    data["unit"]["fax"] = "1"
    data["officers"][0]["seat"] = 4
    path.write_text(json.dumps(data), "utf-8")

    write_settings(replace(counter, central="http://127.0.0.1:2"))

    data = json.loads(path.read_text("utf-8"))
    assert (data["theme"], data["unit"]["fax"], data["officers"][0]["seat"]) == ("dark", "1", 4)
    assert data["central"] == "http://127.0.0.1:2"


def test_a_counter_that_never_chose_finds_the_usual_ways_of_scanning_in_its_file(counter: Settings) -> None:
    write_settings(replace(counter, scanner=ScannerSettings("fujitsu:1")))

    ways = read_settings(counter.folder).scanner.ways

    assert [way.name for way in ways] == ["Giấy tờ A4 đen trắng 300", "Màu 300", "Khay nạp nhiều tờ"]
    assert [way.feeder for way in ways] == [False, False, True]
    assert all(way.as_of for way in ways)


def test_a_counter_whose_scanner_has_options_of_its_own_keeps_its_one_way(counter: Settings) -> None:
    scanner = ScannerSettings("pnm:0", {}, {"filename": "trang.ppm"})

    assert scanner.offered == (ScanWay("Quét"),)


def test_an_environment_is_replaced_whole(counter: Settings) -> None:
    write_settings(counter)

    write_settings(replace(counter, tokens=(TokenLibrary(Path("/lib/token.so"), {}),)))

    assert read_settings(counter.folder).tokens[0].environment == {}


def test_settings_without_extras_take_the_defaults(counter: Settings) -> None:
    write_settings(counter)
    path = counter.folder / SETTINGS
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({"unit": data["unit"], "officers": []}), "utf-8")

    read = read_settings(counter.folder)

    assert read == Settings(folder=counter.folder, unit=counter.unit)
    assert read.trust_folder == counter.folder / "trust"
    assert read.signatures[DocumentKind.SLIP] == tuple(SignatureField)


def test_no_proxy_is_written_in_a_word_and_an_address_without_a_scheme_is_refused(counter: Settings) -> None:
    write_settings(replace(counter, line=LineSettings("")))
    path = counter.folder / SETTINGS
    data = json.loads(path.read_text("utf-8"))
    assert data["line"] == {
        "proxy": "none",
        "ca_file": "",
        "file_mb_a_day": 0,
        "large_file_kb": 256,
        "hold_when_metered": True,
    }
    assert read_settings(counter.folder).line == LineSettings("")

    data["line"]["proxy"] = "proxy.example:3128"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(SettingsBroken):
        read_settings(counter.folder)
    assert "an:x" not in repr(counter)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsMissing, match=SETTINGS):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "dòng 1"),
        ("[]", "đối tượng JSON"),
        ("{}", "thiếu mục unit"),
        ('{"unit": {}, "officers": []}', "unit.id"),
        ('{"unit": 3, "officers": []}', "mục unit"),
        ('{"unit": {"id": "1"}, "officers": 3}', "unit.agency_code"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / SETTINGS).write_text(text, "utf-8")

    with pytest.raises(SettingsBroken, match=reason):
        read_settings(tmp_path)


@pytest.mark.parametrize("names", [[], ["LanhDao"], ["CanBo", "ConDau"], ["CanBo", "CanBo"]])
def test_signatures_that_no_paper_could_get_are_named(counter: Settings, names: list[str]) -> None:
    write_settings(counter)
    path = counter.folder / SETTINGS
    path.write_text(
        json.dumps(json.loads(path.read_text("utf-8")) | {"signatures": {"slip": names}}), "utf-8"
    )
    with pytest.raises(SettingsBroken, match=r"signatures\.slip"):
        read_settings(counter.folder)


def test_an_unknown_officer_is_refused(counter: Settings) -> None:
    with pytest.raises(NoSuchOfficer):
        counter.account("lan")


def test_the_enrolment_is_read_again_and_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    enrolment = Enrolment("q3", "token", b"\x01" * 32, b"\x02" * 32)

    write_enrolment(tmp_path, enrolment)

    assert read_enrolment(tmp_path) == enrolment
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / ENROLMENT).stat().st_mode) == 0o600


def test_an_enrolment_shows_no_secret_of_its_own() -> None:
    enrolment = Enrolment("q3", "the-token", b"\x01" * 32, b"\x02" * 32)

    shown = repr(enrolment)

    assert "the-token" not in shown
    assert "device_key" not in shown
    assert "device_secret" not in shown


def test_a_file_that_cannot_take_its_place_leaves_no_copy_beside_it(tmp_path: Path) -> None:
    open_elsewhere = tmp_path / "mat-mang.xlsx"
    open_elsewhere.mkdir()  # as little to be replaced as one that a spreadsheet holds open on Windows
    with pytest.raises(OSError, match="mat-mang"):
        replace_file(open_elsewhere, b"Phung Thi Xoan")
    assert list(tmp_path.iterdir()) == [open_elsewhere]


def test_what_a_stop_left_of_a_file_is_cleared_once_it_is_old_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    half, older = tmp_path / ".tmp-0123456789abcdef", tmp_path / ".keys.json.0a1b2c3d"
    young = tmp_path / ".tmp-ffffffffffffffff"
    others = (tmp_path / ".keys.json.lock", tmp_path / ".other.json.0a1b2c3d", tmp_path / ".hidden")
    for path in (half, older, young, *others):
        path.write_text("an officer's slot")
    now = datetime.now(UTC)
    for path in (half, older, *others):
        os.utime(path, times=((now - timedelta(days=2)).timestamp(),) * 2)

    assert clear_unfinished(tmp_path, now - timedelta(days=1)) == 2

    assert not half.exists()
    assert not older.exists()
    assert all(path.exists() for path in (young, *others))
