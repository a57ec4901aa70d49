"""The catalogue from the command line: template, export, check, import, each with its exit code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk_app.practice.office import PracticeOffice
from tests.cli.conftest import Said
from tests.spreadsheet.sheets import changed, put

Run = Callable[..., Said]


@pytest.fixture
def central(office: PracticeOffice, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office.central, tmp_path / "central"))


@pytest.fixture
def exported(run: Run, central: Path, tmp_path: Path) -> Path:
    path = tmp_path / "danh-muc.xlsx"
    assert run("catalogue", "export", path, "--into", central, "--json").json["procedures"] == 50
    return path


def edit(path: Path, sheet: str, row: int, column: str, value: object) -> Path:
    path.write_bytes(changed(path.read_bytes(), put(sheet, row, column, value)))
    return path


def test_a_template_is_written_once_and_never_over_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"

    assert run("catalogue", "template", path).code == 0
    before = path.read_bytes()
    again = run("catalogue", "template", path, "--json")
    assert (again.code, again.json["error"]["kind"]) == (2, "FileThere")
    assert path.read_bytes() == before
    assert run("catalogue", "template", tmp_path / "khong-co" / "mau.xlsx").code == 2


def test_what_was_exported_is_right_and_imports_as_nothing_new(
    run: Run, exported: Path, central: Path
) -> None:
    assert run("catalogue", "check", exported, "--into", central, "--json").json["valid"] is True
    done = run("catalogue", "import", exported, "--into", central, "--json")

    assert done.code == 0
    assert (done.json["added"], done.json["changed"], done.json["published"]) == ([], [], None)


def test_an_import_is_published_with_the_next_number(run: Run, exported: Path, central: Path) -> None:
    edit(exported, "Thủ tục", 2, "Tên thường gọi", "sao y; bản sao y")

    done = run("catalogue", "import", exported, "--into", central, "--json")

    assert done.code == 0
    assert len(done.json["changed"]) == 1
    assert done.json["published"] == 2
    assert "Lần công bố: 2" not in run("catalogue", "import", exported, "--into", central).out


def test_a_wrong_row_is_told_by_sheet_row_and_column_and_nothing_is_imported(
    run: Run, exported: Path, central: Path
) -> None:
    edit(exported, "Lệ phí", 5, "Mức thu (đồng)", "hai chục")

    checked = run("catalogue", "check", exported, "--into", central, "--json")
    refused = run("catalogue", "import", exported, "--into", central, "--json")

    assert (checked.code, refused.code) == (1, 3)
    assert refused.json["error"]["kind"] == "RowsNotRight"
    [row] = refused.json["rows"]
    assert (row["sheet"], row["row"], row["column"]) == ("Lệ phí", 5, "Mức thu (đồng)")
    assert row["message"] == "“hai chục” không phải số nguyên."
    assert row["remedy"]
    assert "Dòng: 5" in run("catalogue", "check", exported, "--into", central).out


def test_skip_bad_imports_the_rest(run: Run, exported: Path, central: Path) -> None:
    edit(exported, "Lệ phí", 5, "Mức thu (đồng)", "hai chục")
    edit(exported, "Thủ tục", 2, "Tên thường gọi", "sao y")

    done = run("catalogue", "import", exported, "--into", central, "--skip-bad", "--json")

    assert done.code == 0
    assert done.json["published"] == 2
    assert len(done.json["rows"]) == len(done.json["left"]) == 1


@pytest.mark.parametrize("data", [b"", b"Ma;Ten", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_spreadsheet_ends_with_2(run: Run, central: Path, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)

    said = run("catalogue", "import", path, "--into", central, "--json")

    assert (said.code, said.json["error"]["kind"]) == (2, "NotASpreadsheet")
    assert run("catalogue", "import", tmp_path / "gone.xlsx", "--into", central).code == 2


def test_a_folder_without_central_is_refused(run: Run, exported: Path, tmp_path: Path) -> None:
    assert run("catalogue", "import", exported, "--into", tmp_path / "nowhere").code == 3


def test_the_calendar_goes_out_and_a_year_comes_back(run: Run, central: Path, tmp_path: Path) -> None:
    path = tmp_path / "lich.xlsx"
    assert run("calendar", "export", path, "--into", central).code == 0
    assert run("calendar", "import", path, "--into", central, "--json").json["published"] is None

    edit(path, "Ngày nghỉ", 17, "Tên", "Tết Dương lịch 2027")
    done = run("calendar", "import", path, "--into", central, "--json")
    assert (done.code, done.json["published"], done.json["years"]) == (0, 2, [2026, 2027])

    edit(path, "Ngày nghỉ", 17, "Ngày", "không rõ")
    refused = run("calendar", "import", path, "--into", central, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (3, "RowsNotRight")
    assert refused.json["rows"][0]["row"] == 17
