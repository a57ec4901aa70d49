"""The search for secrets finds what was planted, whatever form it was left in; else a clean search would say nothing."""

import base64
import json
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.leaks import files_in, leaks

NAME = "Đặng Thị Ánh"
PLANTED = {
    "as it is": NAME.encode(),
    "not composed": unicodedata.normalize("NFD", NAME).encode(),
    "as Windows writes": NAME.encode("utf-16-le"),
    "in JSON": json.dumps({"name": NAME}).encode(),
    "in Python's words": ascii(NAME).encode(),
    "in an address": f"/find?name={quote(NAME)}".encode(),
    "as hex": NAME.encode().hex().encode(),
    "in base64": base64.b64encode(b"x" + NAME.encode() + b"yz"),
}


@pytest.mark.parametrize("how", PLANTED)
def test_a_planted_name_is_found_in_a_file_a_name_and_a_package(tmp_path: Path, how: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "noise.log").write_bytes(b"\x00\xffnothing of anybody")
    assert leaks(files_in(tmp_path), [NAME]) == set()

    (tmp_path / "deep" / "trace.log").write_bytes(b"before " + PLANTED[how] + b" after")
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("told.txt", PLANTED[how])

    found = {Path(file).name for file, _ in leaks(files_in(tmp_path), [NAME, "7K2M-9QXD"])}
    assert found == {"trace.log", "bundle.zip"}
    assert leaks(files_in(tmp_path, but=[tmp_path / "deep", tmp_path / "bundle.zip"]), [NAME]) == set()


def test_six_digits_are_found_where_they_stand_alone_and_not_within_a_hash(tmp_path: Path) -> None:
    (tmp_path / "hash").write_bytes(b"sha256 9f246810ab, 1246810")
    assert leaks(files_in(tmp_path), ["246810"]) == set()
    (tmp_path / "log").write_bytes(b'{"pin":"246810"}')
    assert {Path(file).name for file, _ in leaks(files_in(tmp_path), ["246810"])} == {"log"}


def test_a_name_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"slip of {NAME}.pdf").write_bytes(b"")
    assert len(leaks(files_in(tmp_path), [NAME])) == 1
