"""An office changes its own settings: in words when it may not, and whole when it may."""

from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.domain.document import DocumentKind
from clerk_app.scanner_settings import ScanFolder
from clerk_app.services import change_settings as room
from clerk_app.services.change_settings import (
    CentralAddressWrong,
    CentralInTheClear,
    ChangeSettings,
    Choices,
    ScanFolderOurs,
    ScanFolderUnknown,
    SettingEmpty,
    SettingsNotWritten,
    SettingsRefused,
    SettingTooLong,
    mistakes,
    warnings,
)
from clerk_app.settings import Settings, read_settings, write_settings
from signing.errors import ModuleMissing


@pytest.fixture
def change(settings: Settings) -> ChangeSettings:
    return ChangeSettings(settings.folder)


@pytest.fixture
def choices(change: ChangeSettings) -> Choices:
    return change.read()


def test_what_was_chosen_is_read_again_and_the_rest_stays(
    change: ChangeSettings, choices: Choices, settings: Settings
) -> None:
    before = read_settings(settings.folder)

    told = change(replace(choices, name="  Điểm phục vụ  phường Mới ", central="https://tw.example/"))

    after = read_settings(settings.folder)
    assert (told.name, told.central) == ("Điểm phục vụ phường Mới", "https://tw.example")
    assert after.unit.name == "Điểm phục vụ phường Mới"
    assert after.unit.agency_code == before.unit.agency_code
    assert after.accounts == before.accounts
    assert after.tokens == before.tokens  # with the environment of the practice token


def test_text_is_composed_before_it_is_written(change: ChangeSettings, choices: Choices) -> None:
    assert change(replace(choices, place="Ha\u0300 \u0110o\u0302ng")).place == "Hà Đông"


@pytest.mark.parametrize("name", ["name", "place", "address", "phone", "counter"])
def test_what_stands_on_papers_is_never_empty(change: ChangeSettings, choices: Choices, name: str) -> None:
    emptied = replace(choices, **{name: "   "})

    with pytest.raises(SettingsRefused):
        change(emptied)

    assert isinstance(mistakes(room.tidied(emptied))[name], SettingEmpty)
    assert change.read() == choices


def test_a_line_that_would_not_fit_the_header_is_told(choices: Choices) -> None:
    assert isinstance(mistakes(replace(choices, name="x" * 121))["name"], SettingTooLong)
    assert "name" not in mistakes(replace(choices, name="x" * 120))


@pytest.mark.parametrize(
    "address", ["tw.example", "ftp://tw.example", "https://", "http://[::1", "http://a:99999", "http://a:0"]
)
def test_an_address_that_is_none_is_told(choices: Choices, address: str) -> None:
    assert isinstance(mistakes(replace(choices, central=address))["central"], CentralAddressWrong)


def test_a_counter_may_have_no_central_yet(choices: Choices) -> None:
    assert "central" not in mistakes(replace(choices, central=""))


def test_an_address_in_the_clear_is_worth_a_look(choices: Choices) -> None:
    assert isinstance(warnings(replace(choices, central="http://10.0.0.5"))["central"], CentralInTheClear)
    assert warnings(replace(choices, central="https://10.0.0.5")) == {}


def test_a_driver_that_cannot_be_loaded_is_told_by_its_path(choices: Choices) -> None:
    wrong = mistakes(replace(choices, tokens=(*choices.tokens, "/nowhere/token.so")))

    assert list(wrong) == ["tokens:/nowhere/token.so"]
    assert isinstance(wrong["tokens:/nowhere/token.so"], ModuleMissing)


def test_a_file_that_cannot_be_written_is_told_and_stays(
    change: ChangeSettings, choices: Choices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Settings) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(room, "write_settings", denied)  # the tests may run as an administrator

    with pytest.raises(SettingsNotWritten) as told:
        change(replace(choices, phone="024 1111"))

    assert "quyền của người quản trị" in told.value.remedy
    assert change.read() == choices
    assert write_settings is not denied


def test_printers_scan_folder_and_language_are_kept(
    change: ChangeSettings, choices: Choices, settings: Settings, tmp_path: Path
) -> None:
    scans = tmp_path / "quét"
    scans.mkdir()

    told = change(replace(choices, printer_slip="HP", scan_folder=str(scans), keep_scans=True, language="en"))

    after = read_settings(settings.folder)
    assert after.printers == {DocumentKind.SLIP: "HP"}
    assert after.scan_folder == ScanFolder(scans, keep=True)
    assert after.language == "en"
    assert change(replace(told, printer_slip="", scan_folder="")).scan_folder == ""
    assert read_settings(settings.folder).printers == {}


def test_a_scan_folder_has_to_be_there_and_apart_from_the_data(
    change: ChangeSettings, choices: Choices, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(ScanFolderUnknown):
        change(replace(choices, scan_folder=str(tmp_path / "gone")))
    for ours in (settings.folder, settings.folder.parent):
        with pytest.raises(ScanFolderOurs):
            change(replace(choices, scan_folder=str(ours)))
    assert "scan_folder" in mistakes(replace(choices, scan_folder="quét"))
