"""Four acts on a file from anywhere: what was shown is signed, older signatures stay as they were, nothing is overwritten."""

import hashlib
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from clerk_app.domain.file_act import CopyForm, FileAct, FileOrder, NumberMissing, Place, PlaceOutside
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import OfficeError, PinWrong
from clerk_app.furniture import Desk
from clerk_app.papers.refusals import PaperEncrypted
from clerk_app.papers.signature_reader import SignedFileLost, SignedFileNotPdf
from clerk_app.practice import people
from clerk_app.services.roles import NotYourRole
from clerk_app.services.sign_file import FileMoved, FileNotWhole, FileSigned, NotIssued
from signing.errors import DocumentLocked, PageTurned, SigningError
from sync.errors import DiskFull
from sync.journal import Act

APPROVE, ISSUE, INCOMING, COPY = (FileOrder(act, number="305") for act in FileAct)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A plain document of two pages, from another program."""
    path = tmp_path / "cong-van" / "12-QD.pdf"
    path.parent.mkdir()
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(2):
        canvas.drawString(80, 700, f"Quyet dinh, trang {page + 1}")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def deciding(desk: Desk, leader) -> Desk:
    return desk.switch(leader)


@pytest.fixture
def sealing(desk: Desk, registrar) -> Desk:
    return desk.switch(registrar)


def sign(desk: Desk, path: Path | str, order: FileOrder) -> FileSigned:
    signing = desk.sign_file
    look = signing.look(str(path))
    typed = TypedPin(signing.cards(order.act)[0], bytearray(people.PIN.encode()))
    try:
        return signing(look, order, typed)
    finally:
        assert not any(typed.pin)


def rect_of(path: str, name: str) -> tuple[int, list[float]]:
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for each in page.obj.get("/Annots", []):
                if str(each.get("/T", "")) == name:
                    return number, [float(edge) for edge in each["/Rect"]]
    raise AssertionError(name)


def test_a_leader_approves_and_the_registrar_issues_it(deciding: Desk, sealing: Desk, document: Path) -> None:
    original = document.read_bytes()
    approved = sign(deciding, document, APPROVE)
    issued = sign(sealing, approved.path, ISSUE)

    assert Path(approved.path).name == "12-QD-da-ky.pdf"
    assert Path(issued.path).name == "12-QD-da-ky-2.pdf"
    assert document.read_bytes() == original
    data = Path(issued.path).read_bytes()
    assert data.startswith(Path(approved.path).read_bytes())
    assert hashlib.sha256(data).hexdigest() == issued.sha256
    verdict = sealing.verify_document(data)
    assert [(each.field, each.valid) for each in verdict.signatures] == [
        ("approve-1", True),
        ("issue-1", True),
    ]
    told = subprocess.run(
        ["pdfsig", "-nocert", issued.path], capture_output=True, text=True, check=False
    ).stdout
    assert told.count("Signature is Valid") == 2
    assert rect_of(issued.path, "approve-1")[0] == 1  # the last page
    entry = deciding.verify_journal()
    assert entry.valid


def test_the_seal_needs_the_leaders_signature_first(sealing: Desk, document: Path) -> None:
    with pytest.raises(NotIssued):
        sign(sealing, document, ISSUE)
    assert list(document.parent.iterdir()) == [document]


def test_a_copy_is_marked_at_the_top_right_of_the_first_page_without_a_picture(
    deciding: Desk, sealing: Desk, document: Path
) -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục I."""
    approved = sign(deciding, document, APPROVE)
    copied = sign(sealing, approved.path, FileOrder(FileAct.COPY, copy=CopyForm.AGAIN))
    page, (left, bottom, right, top) = rect_of(copied.path, "copy-1")
    assert page == 0
    assert right > 595 - 75
    assert top > 842 - 75
    assert (left, bottom) > (300, 700)
    told = subprocess.run(
        ["pdftotext", "-layout", copied.path, "-"], capture_output=True, text=True, check=True
    )
    assert "SAO LỤC" in told.stdout
    assert "+07:00" in told.stdout
    assert sealing.verify_document(Path(copied.path).read_bytes()).valid


def test_an_incoming_document_gets_its_number(sealing: Desk, document: Path) -> None:
    taken = sign(sealing, document, INCOMING)
    told = subprocess.run(
        ["pdftotext", "-layout", taken.path, "-"], capture_output=True, text=True, check=True
    )
    assert "Số đến: 305" in told.stdout
    with pytest.raises(NumberMissing):
        sign(sealing, document, FileOrder(FileAct.INCOMING, number="  "))


def test_a_sign_stands_where_it_was_put(deciding: Desk, document: Path) -> None:
    signed = sign(deciding, document, FileOrder(FileAct.APPROVE, Place(0, 100, 200)))
    page, rect = rect_of(signed.path, "approve-1")
    assert (page, rect[:2]) == (0, [100, 200])
    for outside in (Place(0, 500, 200), Place(0, -1, 200), Place(0, 100, 830)):
        with pytest.raises(PlaceOutside):
            sign(deciding, document, FileOrder(FileAct.APPROVE, outside))


def test_everybody_does_what_their_role_allows(
    desk: Desk, deciding: Desk, sealing: Desk, document: Path
) -> None:
    assert desk.sign_file.acts == ()
    assert deciding.sign_file.acts == (FileAct.APPROVE,)
    assert sealing.sign_file.acts == (FileAct.ISSUE, FileAct.INCOMING, FileAct.COPY)
    for who, order in ((desk, APPROVE), (deciding, COPY), (sealing, APPROVE)):
        look = who.sign_file.look(str(document))
        with pytest.raises(NotYourRole):
            who.sign_file.check(look, order)
        with pytest.raises(NotYourRole):
            who.sign_file.cards(order.act)


def test_what_changed_since_it_was_shown_is_not_signed(deciding: Desk, document: Path) -> None:
    look = deciding.sign_file.look(str(document))
    document.write_bytes(document.read_bytes() + b"\n")
    typed = TypedPin(deciding.sign_file.cards(FileAct.APPROVE)[0], bytearray(people.PIN.encode()))
    with pytest.raises(FileMoved):
        deciding.sign_file(look, APPROVE, typed)
    assert not any(typed.pin)


def test_a_wrong_pin_leaves_nothing_behind(deciding: Desk, document: Path) -> None:
    look = deciding.sign_file.look(str(document))
    with pytest.raises(PinWrong):
        deciding.sign_file(
            look, APPROVE, TypedPin(deciding.sign_file.cards(FileAct.APPROVE)[0], bytearray(b"999999"))
        )
    assert list(document.parent.iterdir()) == [document]


def test_what_the_journal_does_not_take_is_not_signed(deciding: Desk, document: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Act, "add", full)
    with pytest.raises(DiskFull):
        sign(deciding, document, APPROVE)
    assert list(document.parent.iterdir()) == [document]


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None], **more: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, **more)
    return out.getvalue()


def turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[-1].obj["/Rotate"] = 90


def test_what_cannot_be_signed_is_refused_in_words(deciding: Desk, document: Path, tmp_path: Path) -> None:
    whole = document.read_bytes()
    hand = {
        "not a pdf": (b"PK\x03\x04", SignedFileNotPdf),
        "encrypted": (
            changed(whole, lambda _: None, encryption=pikepdf.Encryption(owner="x", user="x")),
            PaperEncrypted,
        ),
        "turned": (changed(whole, turned), PageTurned),
    }
    for name, (data, why) in hand.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        with pytest.raises(why) as refused:
            sign(deciding, path, APPROVE)
        assert isinstance(refused.value, OfficeError | SigningError)
        assert refused.value.remedy
    with pytest.raises(SignedFileLost):
        deciding.sign_file.look(str(tmp_path / "gone.pdf"))


def test_a_signed_file_that_was_changed_is_not_signed_on_top(
    deciding: Desk, sealing: Desk, document: Path
) -> None:
    approved = Path(sign(deciding, document, APPROVE).path)
    data = approved.read_bytes()
    assert data.count(b"Quyet") or data
    approved.write_bytes(data.replace(b"/Parent 3 0 R", b"/Parent 3 0 R ", 1) + b"\n% x")
    with pytest.raises(FileNotWhole):
        sign(sealing, approved, COPY)


def test_a_certified_slip_takes_no_further_field(
    desk: Desk, sealing: Desk, receive, pin, tmp_path: Path
) -> None:
    slip = tmp_path / "giay-hen.pdf"
    slip.write_bytes(desk.slip_pdf(desk.issue_slip(receive(desk).id, pin(desk)).id))
    with pytest.raises(DocumentLocked):
        sign(sealing, slip, COPY)


def test_the_act_is_journaled_for_the_unit_without_the_files_name(
    deciding: Desk, document: Path, settings
) -> None:
    signed = sign(deciding, document, APPROVE)
    journal = deciding.sign_file.journal
    lines = [line for line in deciding.history(journal.unit) if line.kind == "file_signed"]
    assert [line.author for line in lines] == [people.LEADER.officer.name]
    assert signed.signer == people.LEADER.officer.name
    assert deciding.verify_journal().valid
