"""The readers' process: a child program that opens foreign bytes, so that what explodes in there is not ours.

Started as `python -m clerk_app.papers.reading_process`, never imported; see `serving` for how it lives.
"""

import sys

from clerk_app.papers.card_reader import texts_on_page
from clerk_app.papers.frames import Words
from clerk_app.papers.imports import read_paper
from clerk_app.papers.media import Limits
from clerk_app.papers.page_bytes import as_picture
from clerk_app.papers.pictures import thumbnail
from clerk_app.papers.serving import Answer, Ways, live, number
from clerk_app.papers.sign_picture import sign_picture

MEMORY = 768 << 20  # bytes: a picture of 100 megapixels takes 400 million when it lies open


def _read(asked: Words, data: bytes) -> Answer:
    numbers = {name: number(asked, name) for name in ("megabytes", "megapixels", "pages")}
    paper = read_paper(data, limits=Limits(**numbers))
    return {"media_type": paper.media_type, "pages": paper.pages}, b""


def _picture(asked: Words, data: bytes) -> Answer:
    page, width = number(asked, "page"), number(asked, "width")
    return {}, thumbnail(data, str(asked["media_type"]), page, width)


def _codes(asked: Words, data: bytes) -> Answer:
    return {"codes": list(texts_on_page(data, str(asked["media_type"]), number(asked, "page")))}, b""


def _pack(asked: Words, data: bytes) -> Answer:
    page = as_picture(data, number(asked, "dpi"))
    return {"whole": page is not None}, page or b""


def _sign_picture(_: Words, data: bytes) -> Answer:
    return {}, sign_picture(data)


_WAYS: Ways = {
    "hello": lambda _, __: ({}, b""),
    "read": _read,
    "picture": _picture,
    "codes": _codes,
    "pack": _pack,
    "sign_picture": _sign_picture,
}


if __name__ == "__main__":
    sys.exit(live(_WAYS, MEMORY))
