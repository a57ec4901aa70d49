"""`clerk-app token`: the drivers of this computer from the command line."""

import zipfile
from pathlib import Path

from clerk_app.practice.office import PracticeOffice


def test_find_shows_the_drivers_of_a_practice_counter_with_their_tokens(run, office: PracticeOffice) -> None:
    said = run("token", "find", "--json", "--data", office.counter)

    drivers = {each["vendor"]: each for each in said.json["drivers"]}
    assert said.code == 0
    assert drivers["SoftHSM"]["works"] is True
    assert drivers["SoftHSM"]["chosen"] is True
    assert drivers["SoftHSM"]["tokens"][0]["serial"]
    assert said.json["checked"]


def test_where_nothing_is_set_up_softhsm_is_left_out_and_why_is_said(run, tmp_path: Path) -> None:
    said = run("token", "find", "--data", tmp_path)

    assert "softhsm" not in said.out.replace("SoftHSM giữ khóa", "").lower()
    assert "quầy thực hành" in said.out


def test_a_broken_list_of_the_office_is_told_with_the_answer(run, tmp_path: Path) -> None:
    (tmp_path / "known_libraries.toml").write_text("checked =", "utf-8")

    said = run("token", "find", "--data", tmp_path)

    assert "known_libraries.toml" in said.out
    assert "danh sách đi kèm" in said.out


def test_check_examines_every_token_and_leaves_a_bundle_without_persons(
    run, office: PracticeOffice, tmp_path: Path
) -> None:
    file = tmp_path / "goi.zip"
    said = run("token", "check", "--json", "--data", office.counter, "--bundle", file)

    settings = office.settings()
    assert said.code == 0
    assert {"token_driver", "token_pin", "token_certificate", "token_chain"} <= {
        each["name"] for each in said.json
    }
    with zipfile.ZipFile(file) as packed:
        told = "\n".join(packed.read(name).decode() for name in packed.namelist())
    assert any(account.practice_pin for account in settings.accounts)
    for account in settings.accounts:
        assert not account.practice_pin or account.practice_pin not in told
        assert account.officer.name not in told
    assert str(Path.home()) not in told


def test_a_bundle_that_cannot_be_written_is_a_sentence(run, office: PracticeOffice, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = run("token", "check", "--data", office.counter, "--bundle", tmp_path / "file" / "goi.zip")

    assert said.code == 3
    assert "Không ghi được" in said.err
