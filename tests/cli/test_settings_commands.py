"""Settings that no screen shows, as typed: told with how they are written, changed one by one, refused in words."""

import json
import shutil
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice.office import PracticeOffice
from clerk_app.settings import read_settings

Run = Callable[..., Any]
SECRET = "http://may:mat-khau-proxy@proxy.example:3128"


@pytest.fixture
def counter(office: PracticeOffice, tmp_path: Path) -> Path:
    """A copy of the counter, also of nobody's slot: the settings alone."""
    folder = tmp_path / "counter"
    folder.mkdir()
    for name in ("settings.json", "enrolment.json"):
        shutil.copy(office.counter / name, folder)
    return folder


def values(run: Run, counter: Path) -> dict[str, str]:
    told = run("settings", "list", "--data", counter, "--json").json
    assert all(each["how"] for each in told)
    return {each["name"]: each["value"] for each in told}


def test_each_setting_is_told_changed_and_read_again(
    run: Run, counter: Path, office: PracticeOffice, typed_pin: Callable[[str], int]
) -> None:
    root, anchor = counter / "goc.pem", next((office.counter / "trust").iterdir()).read_bytes()
    root.write_text(anchor.decode() if anchor.startswith(b"---") else ssl.DER_cert_to_PEM_cert(anchor))
    before = read_settings(counter)
    wanted = {
        "line.proxy": "none",
        "line.ca_file": str(root),
        "line.file_mb_a_day": "500",
        "line.large_file_kb": "1024",
        "line.hold_when_metered": "no",
        "further_turns": "anywhere",
        "code_notice": "Tra cứu bằng mã mới.",
    }
    assert values(run, counter).keys() == wanted.keys()
    for name, value in wanted.items():
        assert values(run, counter)[name] != value
        assert run("settings", "set", name, "--to", value, "--data", counter).code == 0
    assert values(run, counter) == wanted

    after = read_settings(counter)
    assert (after.line.proxy, after.line.ca_file, after.further_turns) == ("", root, "anywhere")
    assert (after.unit, after.accounts, after.tokens) == (before.unit, before.accounts, before.tokens)
    for name in ("line.ca_file", "code_notice"):
        assert run("settings", "set", name, "--to", "", "--data", counter).code == 0
    assert read_settings(counter).line.ca_file is None

    hidden = run("settings", "set", "line.proxy", "--value-fd", typed_pin(SECRET), "--data", counter)
    assert (hidden.code, read_settings(counter).line.proxy) == (0, SECRET)
    told = hidden.out + hidden.err + run("settings", "list", "--data", counter).out
    assert "proxy.example:3128" in told
    assert "mat-khau-proxy" not in told


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("line.proxy", "proxy.example", "SettingUnfit"),
        ("line.proxy", "http://proxy.example:99999", "SettingUnfit"),
        ("line.proxy", "http://proxy.example", "SettingUnfit"),
        ("line.proxy", SECRET, "SecretOnTheLine"),
        ("line.ca_file", "settings.json", "SettingUnfit"),
        ("line.ca_file", "/khong/co.pem", "SettingUnfit"),
        ("line.file_mb_a_day", "-1", "SettingUnfit"),
        ("line.file_mb_a_day", "nhiều", "SettingUnfit"),
        ("line.hold_when_metered", "có thể", "SettingUnfit"),
        ("further_turns", "everywhere", "SettingUnfit"),
        ("code_notice", "x" * 601, "SettingUnfit"),
        ("code_notice", "hai\ndòng", "SettingUnfit"),
        ("line.proxi", "none", "NoSuchSetting"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_changes(
    run: Run, counter: Path, name: str, value: str, kind: str
) -> None:
    before = (counter / "settings.json").read_bytes()

    refused = run("settings", "set", name, "--to", value, "--data", counter, "--json")

    assert refused.code == 3
    assert (refused.json["error"]["kind"], bool(refused.json["error"]["remedy"])) == (kind, True)
    assert "mat-khau-proxy" not in json.dumps(refused.json) + refused.err
    assert (counter / "settings.json").read_bytes() == before


def test_at_a_counter_with_officers_a_role_that_may_not_see_settings_changes_none(
    run: Run, office: PracticeOffice, tmp_path: Path
) -> None:
    folder = tmp_path / "counter"
    shutil.copytree(office.counter, folder)
    (tmp_path / "second-place").mkdir()
    put = ("settings", "set", "further_turns", "--to", "anywhere", "--data", folder, "--json", "--officer")
    assert run(*put, "hd-01").json["error"]["kind"] == "NotYourRole"
    assert run(*put, "qt-01").json["value"] == "anywhere"
