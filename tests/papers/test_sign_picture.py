"""A picture for signatures is cut to its ink and kept small; what would cover the words below is refused."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from clerk_app.papers.reader import PaperReader
from clerk_app.papers.refusals import (
    PaperBroken,
    PaperRefused,
    PictureEmpty,
    PictureNotClear,
    PictureNotPng,
    PictureTooLarge,
)
from clerk_app.papers.sign_picture import sign_picture


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def drawn(size: tuple[int, int] = (1200, 800)) -> Image.Image:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((300, 200, 900, 500), outline=(20, 40, 170, 255), width=20)
    return picture


@pytest.fixture(scope="module")
def reader() -> Iterator[PaperReader]:
    with closing(PaperReader()) as made:
        yield made


def test_it_is_cut_to_its_ink_scaled_down_and_stays_clear(reader: PaperReader) -> None:
    made = reader.sign_picture(png(drawn((4000, 3000))))
    with Image.open(BytesIO(made)) as kept:
        assert kept.mode == "RGBA"
        assert abs(kept.width / kept.height - 601 / 301) < 0.02
        assert max(kept.size) <= 640
        assert kept.getchannel("A").getextrema() == (0, 255)
    assert len(made) < 60_000


def white() -> bytes:
    picture = Image.new("RGBA", (300, 200), (255, 255, 255, 255))
    ImageDraw.Draw(picture).line((0, 0, 300, 200), fill=(0, 0, 200, 255), width=9)
    return png(picture)


REFUSED = {
    "a JPEG": (b"\xff\xd8\xff\xe0", PictureNotPng),
    "a white background": (white(), PictureNotClear),
    "nothing drawn": (png(Image.new("RGBA", (300, 200), (0, 0, 0, 0))), PictureEmpty),
    "cut off": (png(drawn())[:400], PaperBroken),
    "more pixels than a hand can sign": (png(Image.new("1", (7000, 7000))), PictureTooLarge),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_stand_on_a_signature_is_refused_in_words(
    reader: PaperReader, data: bytes, why: type[PaperRefused]
) -> None:
    with pytest.raises(why) as refused:
        reader.sign_picture(data)
    assert str(refused.value)
    assert refused.value.remedy
    with pytest.raises(why):
        sign_picture(data)
