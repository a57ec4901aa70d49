"""Drivers are found by name in fixed folders and tried one by one; a bad one costs its own line."""

import os
from pathlib import Path

import pytest

from signing.discovery import LyingLibrary, lying_here, probe, probe_all
from signing.errors import ModuleFailed, ModuleMissing, ModuleWrongArchitecture, TokenTimeout
from signing.known_libraries import (
    FILE,
    PACKAGED,
    SYSTEMS,
    KnownLibrariesBroken,
    KnownLibrary,
    known_libraries,
    read_known,
)
from signing.practice_token import softhsm_library
from signing.token_session import Deadlines

ELF_32 = b"\x7fELF" + bytes([1, 1]) + bytes(10) + b"\x03\x00\x03\x00" + bytes(64)


def _known(folder: Path, *files: str, practice: bool = False) -> KnownLibrary:
    return KnownLibrary("Nhà thử", files, (str(folder),), "code", confirmed=False, practice=practice)


@pytest.mark.parametrize("system", SYSTEMS.values())
def test_the_packaged_list_is_dated_and_names_only_absolute_local_folders(system: str) -> None:
    known = read_known(PACKAGED, system)

    assert known.checked.year >= 2026
    assert len(known.entries) > 10
    for entry in known.entries:
        assert entry.folders
        assert not any("{" in folder or ".." in folder for folder in entry.folders)
        assert all(folder.startswith("/") or folder[1:3] == ":\\" for folder in entry.folders)


def test_windows_folders_are_filled_from_the_system_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SystemRoot", r"D:\Win")

    known = read_known(PACKAGED, "windows")

    assert all(r"D:\Win\System32" in entry.folders for entry in known.entries)


def test_an_offices_own_list_is_used_instead(tmp_path: Path) -> None:
    text = 'checked = "2027-01-02"\n[folders]\nlinux = ["/opt/the"]\n[[vendor]]\nname = "Riêng"\n'
    (tmp_path / FILE).write_text(
        text + 'linux = ["rieng.so"]\nsource = "measured"\nconfirmed = true\n', "utf-8"
    )

    known, trouble = known_libraries(tmp_path, "linux")

    assert trouble is None
    assert [(entry.vendor, *entry.places()) for entry in known.entries] == [
        ("Riêng", Path("/opt/the/rieng.so"))
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("checked = ", "cuối tệp"),
        ("[[vendor]]\nname = ?\n", "dòng 2"),
        ('checked = "2026-11-26"\n[folders]\n', "thiếu mục vendor"),
        ('checked = "hôm qua"\nvendor = []\n[folders]\n', "kiểu không đúng"),
        (
            'checked = "2026-11-26"\n[folders]\nlinux = ["lib"]\n[[vendor]]\nname = "A"\nsource = "code"\n',
            "“lib”",
        ),
        (
            'checked = "2026-11-26"\n[folders]\nlinux = ["//máy/thẻ"]\n[[vendor]]\nname = "A"\nsource = "code"\n',
            "“//máy/thẻ”",
        ),
        (
            'checked = "2026-11-26"\n[folders]\n[[vendor]]\nname = "A"\nsource = "code"\nlinux = ["../x.so"]\n',
            "“../x.so”",
        ),
        ('checked = "2026-11-26"\n[folders]\n[[vendor]]\nname = "A"\nsource = "rumour"\n', "source của A"),
    ],
)
def test_a_broken_list_is_told_in_words_and_the_packaged_one_serves(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")

    known, trouble = known_libraries(tmp_path, "linux")

    assert isinstance(trouble, KnownLibrariesBroken)
    assert reason in str(trouble)
    assert known.path == PACKAGED


def test_nothing_is_looked_for_beside_us_or_in_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "driver.so").write_bytes(ELF_32)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    relative = KnownLibrary("Nhà thử", ("driver.so",), (".", ""), "code", confirmed=False)

    assert lying_here([relative, _known(tmp_path / "elsewhere", "driver.so")], practice=True) == ()


def test_one_file_under_two_names_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "driver.so").write_bytes(ELF_32)
    (tmp_path / "alias.so").symlink_to(tmp_path / "driver.so")

    assert len(lying_here([_known(tmp_path, "driver.so", "alias.so")], practice=False)) == 1


def test_softhsm_is_offered_only_where_one_practises() -> None:
    library = softhsm_library()
    known = [_known(library.parent, library.name, practice=True)]

    assert lying_here(known, practice=False) == ()
    assert [each.path for each in lying_here(known, practice=True)] == [library]


def test_a_driver_that_serves_shows_its_tokens(practice) -> None:
    found = probe(softhsm_library(), practice.environment)

    assert found.trouble is None
    assert [(each.label, each.serial) for each in found.tokens][:1] == [("Thẻ thực hành", practice.serial)]
    assert "SoftHSM" in found.tokens[0].manufacturer


def test_a_32_bit_driver_is_told_without_being_loaded(tmp_path: Path) -> None:
    (tmp_path / "old.so").write_bytes(ELF_32)

    found = probe(tmp_path / "old.so")

    assert isinstance(found.trouble, ModuleWrongArchitecture)
    assert str(found.architecture) == "32-bit x86"


def test_bad_drivers_cost_their_own_lines_only(driver, practice, tmp_path: Path) -> None:
    hasty = Deadlines(start=20, look=0.3)
    good = LyingLibrary("Tốt", softhsm_library(), confirmed=True, practice=True)
    bad = LyingLibrary("Hỏng", driver.library, confirmed=False)
    gone = LyingLibrary("Mất", tmp_path / "gone.so", confirmed=False)
    hows = iter(("slots hang", "slots abort", "load abort"))

    def look(path, environment):
        if path == driver.library:
            driver.fail(next(hows))
            return probe(path, driver.environment, hasty)
        return probe(path, practice.environment)

    found = list(probe_all([bad, bad, bad, gone, good], {}, look))

    assert [type(each.probe.trouble) for each in found] == [
        *(TokenTimeout, ModuleFailed, ModuleFailed, ModuleMissing),
        type(None),
    ]
    assert found[-1].probe.tokens
