"""A picture for signatures is cut to its ink and kept small; what would cover the words below is refused."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw

from clerk_app.domain.document import SignatureField
from clerk_app.papers.reader import PaperReader
from clerk_app.papers.refusals import (
    PaperBroken,
    PaperRefused,
    PictureEmpty,
    PictureNotClear,
    PictureNotPng,
    PictureTooLarge,
)
from clerk_app.papers.sign_picture import MOST_COST, sign_picture
from clerk_app.services.signature_bench import look


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


def noise(least: int, most: int, seed: int) -> Image.Image:
    spread = random.Random(seed).randbytes(900 * 900)  # noqa: S311 - the grain of paper, no secret
    return Image.frombytes("L", (900, 900), spread).point(lambda each: least + each * (most - least) // 255)


def scanned_seal() -> Image.Image:
    """A seal as a scanner gives it: no two points alike, in colour or in what shows through."""
    ring = Image.new("L", (900, 900), 0)
    ImageDraw.Draw(ring).ellipse((5, 5, 895, 895), outline=255, width=90)
    colours = noise(170, 230, 1), noise(0, 60, 2), noise(0, 60, 3)
    return Image.merge("RGBA", (*colours, ImageChops.multiply(ring, noise(120, 255, 4))))


def noise_alone() -> Image.Image:
    """The worst that can be drawn, with just enough of it clear."""
    picture = Image.merge("RGBA", [noise(0, 255, seed) for seed in range(4)])
    picture.paste((0, 0, 0, 0), (0, 0, 900, 200))
    return picture


@pytest.mark.parametrize("draw", [drawn, scanned_seal, noise_alone])
def test_whatever_a_scanner_gave_a_signature_carries_no_more_than_it_may(draw) -> None:
    made = sign_picture(png(draw()))
    sign = look(SignatureField.SEAL, (170, 170), "UBND", made, datetime(2026, 11, 22, tzinfo=UTC))
    assert len(sign) <= MOST_COST + 2_000  # the page around the picture
    with Image.open(BytesIO(made)) as kept:
        assert max(kept.size) >= 250  # still 105 points an inch on the largest seal


def test_the_ink_keeps_its_colour_and_the_paper_stays_clear() -> None:
    with Image.open(BytesIO(sign_picture(png(scanned_seal())))) as kept:
        middle, ink = kept.width // 2, kept.width // 30
        assert kept.getpixel((middle, middle))[3] == 0
        red, green, blue, seen = kept.getpixel((ink, middle))
        assert (red > 150, green < 90, blue < 90, seen > 100) == (True,) * 4


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
