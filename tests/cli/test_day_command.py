"""Đối chiếu by command: what people read without central, and a day that cannot be understood."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from clerk_app.practice.office import PracticeOffice

Run = Callable[..., Any]


def test_without_central_the_report_says_so_and_what_is_open(
    run: Run, office: PracticeOffice, birth: list[object]
) -> None:
    code = run(*birth).json["code"]

    said = run("reconcile", "--data", office.counter)

    assert said.code == 1
    assert said.out.startswith("Đối chiếu ngày ")
    assert "Chưa kết nối được máy chủ trung tâm." in said.out
    assert f"{code} · Trần Văn Được" in said.out
    assert "Đã cấp số, chưa có giấy hẹn. Mở hồ sơ, lập và ký giấy hẹn với số đã cấp." in said.out


def test_a_day_that_cannot_be_understood_is_refused(run: Run, office: PracticeOffice) -> None:
    said = run("reconcile", "--data", office.counter, "--day", "hôm qua")

    assert (said.code, "hôm qua" in said.err) == (2, True)


def test_outages_are_listed_and_written_to_a_spreadsheet(
    run: Run, office: PracticeOffice, birth: list[object], tmp_path: Path
) -> None:
    sheet = tmp_path / "mat-ket-noi.xlsx"
    for _ in range(2):
        assert run("sync", "--data", office.counter).code != 0  # nobody answers
    code = run(*birth).json["code"]

    said = run("outages", "--data", office.counter, "--out", sheet)
    listed = run("outages", "--data", office.counter, "--json").json

    assert said.code == 0
    assert code in said.out
    assert "đến nay" in said.out
    assert "Không nối được tới máy chủ." in said.out
    [outage] = listed
    assert (outage["cause"], outage["lasts"], outage["until"]) == ("connection", True, None)
    assert outage["rounds"] >= 2  # other commands may have asked this office's central in vain before
    assert code in [act["code"] for act in outage["acts"]]
    assert sheet.read_bytes().startswith(b"PK")
    again = run("outages", "--data", office.counter, "--out", sheet)
    assert "Đã có tệp" in again.err


def test_a_book_is_opened_and_listed(run: Run, office: PracticeOffice) -> None:
    opened = run(
        "books", "--data", office.counter, "--name", "Chứng thực", "--year", "2026", "--open", "7", "--json"
    )
    again = run("books", "--data", office.counter, "--name", "Chứng thực", "--year", "2026", "--open", "7")
    elsewhere = run(
        "books", "--data", office.counter, "--name", "Không có", "--void", "1", "--reason", "in sai"
    )

    assert opened.code == 0
    [book] = opened.json
    assert (book["name"], book["year"], book["next"], book["missing"]) == ("Chứng thực", 2026, 7, [])
    assert book["holder"].startswith("device:")
    assert (again.code, "đã được mở" in again.err) == (3, True)
    assert "Chưa mở sổ “Không có”" in elsewhere.err
