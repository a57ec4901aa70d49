"""Pictures on signatures: sealed on the disk, drawn in the size of the real seal, over a third of the leader's hand."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.papers.refusals import PictureNotClear
from clerk_app.picture_settings import SEAL
from clerk_app.services.sign_pictures import NobodySuch, PictureFileLost, SealSizeMissing
from clerk_app.settings import Settings, read_settings

LEADER = "ld-01"
MM = 72 / 25.4


def picture(colour: tuple[int, int, int, int]) -> bytes:
    drawn = Image.new("RGBA", (500, 500), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((10, 10, 490, 490), outline=colour, width=30)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


HAND, RED = picture((20, 40, 170, 255)), picture((200, 20, 30, 255))


def test_leaders_and_the_agency_may_have_pictures(desk: Desk) -> None:
    assert [(each.whose, each.there) for each in desk.pictures()] == [(LEADER, False), (SEAL, False)]
    desk.pictures.keep(LEADER, HAND)
    desk.pictures.keep(SEAL, RED, 36)
    assert [(each.whose, each.there, each.mm) for each in desk.pictures()] == [
        (LEADER, True, 0),
        (SEAL, True, 36),
    ]
    desk.pictures.drop(SEAL)
    assert [each.there for each in desk.pictures()] == [True, False]


def test_what_is_wrong_is_said_and_nothing_changes(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    before = (settings.folder / "settings.json").read_bytes()
    with pytest.raises(NobodySuch):
        desk.pictures.keep("cb-01", HAND)
    for mm in (0, 14, 61):
        with pytest.raises(SealSizeMissing):
            desk.pictures.keep(SEAL, RED, mm)
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(out, "PNG")
    with pytest.raises(PictureNotClear):
        desk.pictures.keep(LEADER, out.getvalue())
    with pytest.raises(PictureFileLost):
        desk.pictures.keep_file(LEADER, str(tmp_path / "none.png"))
    assert (settings.folder / "settings.json").read_bytes() == before


def test_a_picture_lies_sealed_on_the_disk(desk: Desk, settings: Settings) -> None:
    desk.pictures.keep(LEADER, HAND)
    files = [each for each in settings.folder.rglob("*") if each.is_file()]
    assert [each for each in files if "pictures" in each.parts]
    assert not [each for each in files if b"\x89PNG" in each.read_bytes()]


def test_a_preview_shows_the_picture_or_the_words(desk: Desk) -> None:
    def colours(png: bytes) -> set[tuple[int, ...]]:
        with Image.open(io.BytesIO(png)) as shown:
            return {colour for _, colour in shown.convert("RGB").getcolors(1 << 20)}

    assert not any(blue > 150 and red < 60 for red, _, blue in colours(desk.pictures.preview(LEADER, 400)))
    desk.pictures.keep(LEADER, HAND)
    assert any(blue > 150 and red < 60 for red, _, blue in colours(desk.pictures.preview(LEADER, 400)))
    assert desk.pictures.preview(SEAL, 200)


def test_the_seal_stands_in_its_real_size_over_the_left_third_of_the_leaders_hand(
    open_again, settings: Settings, clerk, leader, registrar, receive, pin, seal_pin, looked_at
) -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục I."""
    with open_again() as desk:
        desk.pictures.keep(LEADER, HAND)
        desk.pictures.keep(SEAL, RED, 36)
    again = replace(read_settings(settings.folder), central=settings.central)
    signed = _signed_slip(again, (clerk, leader, registrar), (receive, pin, seal_pin, looked_at))

    with pikepdf.open(io.BytesIO(signed)) as pdf:
        rects = {
            str(each["/T"]): [float(edge) for edge in each["/Rect"]]
            for each in pdf.pages[0].obj["/Annots"]
            if "/T" in each
        }
        pictures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        assert sum("/SMask" in each for each in pictures) == 2
    seal, hand = rects["ConDau"], rects["LanhDao"]
    assert seal[2] - seal[0] == pytest.approx(36 * MM, abs=0.5)
    assert seal[3] - seal[1] == pytest.approx(36 * MM, abs=0.5)
    assert seal[2] - hand[0] == pytest.approx((hand[2] - hand[0]) / 3, abs=0.5)
    assert seal[0] < hand[0]
    assert list(rects) == ["CanBo", "LanhDao", "ConDau"]  # the seal lies on top


def _signed_slip(settings: Settings, people, tools) -> bytes:
    (clerk, leader, registrar), (receive, pin, seal_pin, looked_at) = people, tools
    with open_desk(settings, clerk) as opened:
        slip = opened.issue_slip(receive(opened).id, pin(opened)).id
        deciding = opened.switch(leader)
        deciding.approve_documents(looked_at(deciding, slip), pin(deciding))
        sealing = opened.switch(registrar)
        sealing.seal_documents(looked_at(sealing, slip), seal_pin(sealing))
        pdf = opened.slip_pdf(slip)
        assert opened.verify_document(pdf).valid
        return pdf
