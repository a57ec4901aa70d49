"""Where a paper differs from an earlier revision of itself, in a reader's terms: which page, which field, which part.

It judges nothing: whether a change is allowed is decided in `signing.validation`. It tells a person where to look. Each
part is reduced to a digest of all that it leads to, whatever the objects are called, so that a part which was only
written anew is no difference. Circles and trees with more paths than leaves are walked once.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.rw_common import PdfHandler

from signing.self_description import is_drawn_the_same, says_the_same

_MOST = 20_000  # pages or fields that are looked at; of more, the rest counts as one part
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_UPWARDS = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Metadata"})
_PAGE_APART = _UPWARDS | {"/Annots", "/Tabs"}
_ROOT_APART = _UPWARDS | {"/Pages", "/AcroForm", "/DSS", "/Extensions", "/Version", "/Perms"}


class Kind(StrEnum):
    """What kind of part changed; the place is a page (from 1), a field's name, or a number of pages."""

    PAGE = "page"
    PAGES_MORE = "pages_more"
    PAGES_FEWER = "pages_fewer"
    NOTE = "note"  # an annotation, on a page
    FILLED = "filled"  # a field that was empty
    REWRITTEN = "rewritten"  # a field that held something else
    FIELD = "field"  # a field that was not there, or is no more
    SIGNATURE = "signature"  # a further one
    DESCRIPTION = "description"  # title, author, dates
    FORM = "form"  # how fields are drawn; XFA
    CATALOGUE = "catalogue"  # outlines, scripts, attachments, layers: whatever the paper holds beside pages


@dataclass(frozen=True, slots=True)
class Change:
    """One part that is not what it was."""

    kind: Kind
    place: str = ""


class Snapshot:
    """A paper as it was in one revision, part by part; each part is looked at once."""

    def __init__(self, handler: PdfHandler) -> None:
        self.handler = handler

    @cached_property
    def pages(self) -> list[tuple[str, str]]:
        """Digests of each page and of the notes on it, in order."""
        return [
            (self._digest(page, _PAGE_APART, inherited), self._notes(page))
            for page, inherited in self._leaves()
        ]

    @cached_property
    def fields(self) -> dict[str, tuple[bool, str]]:
        """Form fields by name: whether it is one for a signature, and a digest of its value ("" for none)."""
        return dict(self._named())

    @cached_property
    def catalogue(self) -> str:
        """Digest of what the paper holds beside its pages and its form."""
        return self._digest(self.handler.root, _ROOT_APART)

    def _leaves(self) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
        waiting: list[tuple[object, DictionaryObject]] = [(_raw(self.handler.root, "/Pages"), _empty())]
        seen: set[tuple[int, int]] = set()
        count = 0
        while waiting and count < _MOST:
            raw, inherited = waiting.pop()
            if isinstance(raw, IndirectObject):
                if (raw.idnum, raw.generation) in seen:
                    continue
                seen.add((raw.idnum, raw.generation))
            node = self._resolved(raw)
            if not isinstance(node, DictionaryObject):
                continue
            kids = self._resolved(_raw(node, "/Kids"))
            if isinstance(kids, ArrayObject):
                own = _empty(inherited, {name: node.raw_get(name) for name in _INHERITED if name in node})
                waiting.extend((kids.raw_get(at), own) for at in reversed(range(len(kids))))
            else:
                count += 1
                yield node, inherited

    def _notes(self, page: DictionaryObject) -> str:
        """Digest what lies on a page, the places where fields are shown apart: those belong to the form."""
        notes = self._resolved(_raw(page, "/Annots"))
        if not isinstance(notes, ArrayObject):
            return ""
        shown = []
        for at in range(len(notes)):
            note = self._resolved(notes.raw_get(at))
            if isinstance(note, DictionaryObject) and _plain(_raw(note, "/Subtype")) != b"/Widget":
                shown.append(self._digest(note, _UPWARDS))
        return " ".join(shown)

    def _named(self) -> Iterator[tuple[str, tuple[bool, str]]]:
        form = self._resolved(_raw(self.handler.root, "/AcroForm"))
        fields = self._resolved(_raw(form, "/Fields")) if isinstance(form, DictionaryObject) else None
        waiting: list[tuple[object, str, bytes]] = [(fields, "", b"")]
        seen: set[tuple[int, int]] = set()
        while waiting and len(seen) < _MOST:
            raw, above, kind = waiting.pop()
            if isinstance(raw, IndirectObject):
                if (raw.idnum, raw.generation) in seen:
                    continue
                seen.add((raw.idnum, raw.generation))
            found = self._resolved(raw)
            if isinstance(found, ArrayObject):
                waiting.extend((found.raw_get(at), above, kind) for at in range(min(len(found), _MOST)))
            elif isinstance(found, DictionaryObject):
                own = self._resolved(_raw(found, "/T"))
                name = ".".join(part for part in (above, str(own) if own is not None else "") if part)
                kind = _plain(_raw(found, "/FT")) or kind
                value = self._digest(found.raw_get("/V"), _UPWARDS) if "/V" in found else ""
                if own is not None:
                    yield name, (kind == b"/Sig", value)
                waiting.append((_raw(found, "/Kids"), name, kind))

    def _digest(self, part: object, apart: frozenset[str], more: DictionaryObject | None = None) -> str:
        """Reduce all that a part leads to; of the outermost dictionary the entries `apart` are left out."""
        taken = hashlib.sha256()
        seen: dict[tuple[int, int], int] = {}
        waiting: list[tuple[object, bool]] = [(part, True)]
        if more is not None:
            waiting.insert(0, (more, False))
        while waiting:
            raw, outermost = waiting.pop()
            if isinstance(raw, IndirectObject):
                known, number = (raw.idnum, raw.generation), len(seen)
                taken.update(b"@%d" % seen.setdefault(known, number))
                if seen[known] != number:
                    continue  # been here
            found = self._resolved(raw)
            if isinstance(found, DictionaryObject):
                names = sorted(name for name in found if name not in (apart if outermost else _UPWARDS))
                taken.update(b"<<" + " ".join(names).encode("utf-8", "surrogateescape"))
                if isinstance(found, StreamObject):
                    taken.update(hashlib.sha256(found.encoded_data).digest())
                waiting.extend((found.raw_get(name), False) for name in names)
            elif isinstance(found, ArrayObject):
                taken.update(b"[%d" % len(found))
                waiting.extend((found.raw_get(at), False) for at in range(len(found)))
            else:
                taken.update(_plain(found))
        return taken.hexdigest()

    def _resolved(self, raw: object) -> object:
        """Follow references in this revision; one that leads nowhere is nothing."""
        for _ in range(20):
            if not isinstance(raw, IndirectObject):
                return raw
            try:
                raw = self.handler.get_object(Reference(raw.idnum, raw.generation, self.handler))
            except PdfError:
                return None
        return None


def differences(then: Snapshot, now: Snapshot) -> Iterator[Change]:
    """Yield what differs, pages first. Never raises for a difference; what it cannot read raises any built-in error."""
    yield from _pages(then.pages, now.pages)
    yield from _fields(then.fields, now.fields)
    if not says_the_same(then.handler, now.handler):
        yield Change(Kind.DESCRIPTION)
    if not is_drawn_the_same(then.handler, now.handler):
        yield Change(Kind.FORM)
    if then.catalogue != now.catalogue:
        yield Change(Kind.CATALOGUE)


def _pages(then: list[tuple[str, str]], now: list[tuple[str, str]]) -> Iterator[Change]:
    for number, (before, after) in enumerate(zip(then, now, strict=False), 1):
        if before[0] != after[0]:
            yield Change(Kind.PAGE, str(number))
        if before[1] != after[1]:
            yield Change(Kind.NOTE, str(number))
    if (more := len(now) - len(then)) > 0:
        yield Change(Kind.PAGES_MORE, str(more))
    elif more < 0:
        yield Change(Kind.PAGES_FEWER, str(-more))


def _fields(then: dict[str, tuple[bool, str]], now: dict[str, tuple[bool, str]]) -> Iterator[Change]:
    for name, (is_signature, value) in now.items():
        before = then.get(name)
        was = before[1] if before is not None else ""
        if is_signature and value != was:
            yield Change(Kind.SIGNATURE, name)
        elif before is None:
            yield Change(Kind.FIELD, name)
        elif value != was:
            yield Change(Kind.REWRITTEN if was else Kind.FILLED, name)
    yield from (Change(Kind.FIELD, name) for name in then if name not in now)


def _raw(owner: object, name: str) -> object:
    return owner.raw_get(name) if isinstance(owner, DictionaryObject) and name in owner else None


def _empty(*parts: object) -> DictionaryObject:
    made = DictionaryObject()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    for part in parts:
        if isinstance(part, dict):
            for name in part:
                made[name] = part.raw_get(name) if isinstance(part, DictionaryObject) else part[name]
    return made


def _plain(value: object) -> bytes:
    """Return a value that holds no others as a PDF writes it."""
    written = io.BytesIO()
    if isinstance(value, PdfObject):
        value.write_to_stream(written, None)
    return written.getvalue()
