"""`clerk-app verify`: a signed file from anywhere, judged without a counter and without network."""

import io
import socket
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.cli.conftest import Said
from tests.signing.conftest import Authority, _root
from tests.signing.foreign import signed_elsewhere, signer_of, updated
from tests.signing.test_hostile import LATER

Run = Callable[..., Said]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return _root("CA gốc nước ngoài")


@pytest.fixture
def trust(authority: Authority, tmp_path: Path) -> Path:
    folder = tmp_path / "trust"
    folder.mkdir()
    (folder / "root.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    return folder


@pytest.fixture
def signed(authority: Authority, tmp_path: Path) -> Path:
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    file = tmp_path / "cong-van.pdf"
    file.write_bytes(signed_elsewhere(output.getvalue(), signer_of(authority.issue("Lê Văn Cường")), "Sig1"))
    return file


def test_a_good_file_is_told_in_words_and_ends_with_0(run: Run, signed: Path, trust: Path) -> None:
    said = run("verify", signed, "--trust", trust)

    assert said.code == 0
    assert "Tệp: cong-van.pdf" in said.out
    assert "CHỮ KÝ SỐ HỢP LỆ." in said.out
    assert "✓ Người ký: Lê Văn Cường" in said.out
    assert "ByteRange" not in said.out


def test_the_figures_come_when_they_are_asked_for(run: Run, signed: Path, trust: Path) -> None:
    said = run("verify", signed, "--trust", trust, "--technical")

    assert "ByteRange: [0 " in said.out
    assert "intact / trusted / whole: true / true / true" in said.out


def test_programs_get_the_same_as_data(run: Run, signed: Path, trust: Path) -> None:
    said = run("verify", signed, "--trust", trust, "--json")

    assert said.json["standing"] == "valid"
    (signature,) = said.json["signatures"]
    assert signature["sentence"] == "Chữ ký của Lê Văn Cường hợp lệ."
    assert signature["path"][-1]["is_root"] is True
    assert {"about": "Người ký", "words": "Lê Văn Cường", "standing": "valid"} in signature["told"]


def test_a_changed_file_ends_with_1_and_says_where(run: Run, signed: Path, trust: Path) -> None:
    signed.write_bytes(updated(signed.read_bytes(), LATER["the page turned"]))

    said = run("verify", signed, "--trust", trust)

    assert said.code == 1
    assert "✗ Nội dung: BỊ THAY ĐỔI sau khi ký: nội dung trang 1." in said.out


def test_whom_only_the_system_may_trust_is_a_stranger_here(run: Run, signed: Path, tmp_path: Path) -> None:
    said = run("verify", signed, "--trust", tmp_path / "nobody", "--json")

    assert said.code == 1
    assert said.json["signatures"][0]["doubt"] == "no_roots"


def test_nothing_is_asked_of_the_network(
    run: Run, signed: Path, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a socket is a failure; the child has neither proxy nor address of ours."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", never)

    assert run("verify", signed, "--trust", trust).code == 0


def test_the_words_are_english_where_the_locale_asks_for_it(
    run: Run, signed: Path, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    said = run("verify", signed, "--trust", trust)

    assert "DIGITAL SIGNATURES VALID." in said.out
    assert "Signer: Lê Văn Cường" in said.out
