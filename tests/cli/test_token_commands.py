"""`clerk-app token`: the drivers of this computer from the command line."""

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
