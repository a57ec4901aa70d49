"""Dossiers and documents as the text of a row, and back: a list reads fifty of them at each key.

Written by the records' own rules, so that text is NFC and moments are UTC; nobody else writes here, and so msgspec reads
it, in a third of the time.
"""

import json
from contextlib import suppress
from typing import TypeVar

import msgspec

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.record import as_json, from_json

T = TypeVar("T")
_DOSSIER = msgspec.json.Decoder(Dossier)
_DOCUMENT = msgspec.json.Decoder(Document)


def text_of(value: Dossier | Document) -> str:
    """Return the JSON that is kept of a dossier or a document."""
    return json.dumps(as_json(value), ensure_ascii=False, separators=(",", ":"))


def dossier_of(text: str) -> Dossier:
    """Return the dossier that is kept as `text`; raises `RecordDamaged`, which names the place."""
    return _read(_DOSSIER, Dossier, text)


def document_of(text: str) -> Document:
    """Return the document that is kept as `text`; raises `RecordDamaged`, which names the place."""
    return _read(_DOCUMENT, Document, text)


def _read(decoder: msgspec.json.Decoder[T], kind: type[T], text: str) -> T:
    with suppress(msgspec.DecodeError):  # its words may hold what was written
        return decoder.decode(text)
    return from_json(kind, json.loads(text))
