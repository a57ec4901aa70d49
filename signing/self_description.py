"""What a paper says beside its pages, of itself and of its form, and whether that is still what was signed.

pyHanko lets all of this change after a signature, a certifying one too; poppler does not look. Yet a reader shows the
title in its bar, an archive files a paper by its author and date, and a form that is drawn anew may hide what was
signed. So, for whoever signed it:

- Title, author, subject, keywords, creator, the date of making and any entry beyond the usual ones (Info and XMP) stay
  as they were. Nobody who only signs or fills a field has a reason to touch them.
- The marks of the program that wrote last (ModDate, Producer; in XMP also the ids of the copy and its history) are
  rewritten by most programs in the very update that carries a further signature, and whoever made that one vouches for
  them. Behind the last signature they may change when a field was filled or made, or validation data was added (DSS, a
  document time-stamp): an update that changes nothing else has no honest reason to be there.
- The form is drawn as it was signed: nobody asks readers to draw its fields anew (NeedAppearances), puts another form
  in its place (XFA), or replaces the defaults that it is drawn with (DA, Q, DR). New resources beside the old ones are
  what programs add when they fill a field.
"""

import io
from collections.abc import Iterator, Mapping

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, PdfObject, Reference, StreamObject
from pyhanko.pdf_utils.metadata.model import ExpandedName
from pyhanko.pdf_utils.metadata.xmp_xml import XmpXmlProcessingError, parse_xmp
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.rw_common import PdfHandler

_XMP, _PDF, _COPY = (
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://ns.adobe.com/xap/1.0/mm/",
)
_MARKS: frozenset[object] = frozenset(
    {
        "/ModDate",
        "/Producer",
        ExpandedName(_XMP, "ModifyDate"),
        ExpandedName(_XMP, "MetadataDate"),
        ExpandedName(_PDF, "Producer"),
        ExpandedName(_COPY, "InstanceID"),
        ExpandedName(_COPY, "VersionID"),
        ExpandedName(_COPY, "History"),
    }
)
_DEFAULTS = ("/DA", "/Q")

Said = Mapping[object, object]


def says_the_same(then: PdfHandler, now: PdfHandler) -> bool:
    """Whether a paper still says of itself what it said in the revision `then`, the marks of programs apart."""
    return all(_lasting(before) == _lasting(after) for before, after in _both(then, now))


def is_marked_the_same(then: PdfHandler, now: PdfHandler) -> bool:
    """Whether the programs that wrote it have left the same marks, or new ones together with validation data."""
    if _written(then.root, "/DSS") != _written(now.root, "/DSS"):
        return True
    return all(before == after for before, after in _both(then, now))


def is_drawn_the_same(then: PdfHandler, now: PdfHandler) -> bool:
    """Whether readers are still asked to draw the form as in the revision `then`."""
    before, after = _dictionary(then.root, "/AcroForm"), _dictionary(now.root, "/AcroForm")
    if _value(after, "/NeedAppearances") and not _value(before, "/NeedAppearances"):
        return False
    if _written(before, "/XFA") != _written(after, "/XFA"):
        return False
    if any(name in before and _written(before, name) != _written(after, name) for name in _DEFAULTS):
        return False
    return _still_there(_dictionary(before, "/DR"), _dictionary(after, "/DR"))


def _both(then: PdfHandler, now: PdfHandler) -> Iterator[tuple[Said, Said]]:
    yield _info(then), _info(now)
    yield _xmp(then), _xmp(now)


def _lasting(said: Said) -> Said:
    return {name: value for name, value in said.items() if name not in _MARKS}


def _info(handler: PdfHandler) -> Said:
    """Return the entries of Info in this revision: left to itself, a trailer looks up its references in the newest."""
    trailer = handler.trailer_view
    info = trailer.raw_get("/Info") if "/Info" in trailer else None
    if isinstance(info, IndirectObject):
        try:
            info = handler.get_object(Reference(info.idnum, info.generation, handler))
        except PdfError:
            return {}  # it leads nowhere
    return {str(name): _written(info, name) for name in info} if isinstance(info, DictionaryObject) else {}


def _xmp(handler: PdfHandler) -> Said:
    """Return the properties of the paper's XMP; what cannot be read as such counts byte for byte."""
    stream = _value(handler.root, "/Metadata")
    if not isinstance(stream, StreamObject):
        return {}
    data = stream.read_data(DecodePurpose.XMP_METADATA)
    try:
        return {name: value for described in parse_xmp(io.BytesIO(data)) for name, value in described}
    except (XmpXmlProcessingError, ValueError):
        return {"unread": data}


def _still_there(before: DictionaryObject, after: DictionaryObject) -> bool:
    """Whether each resource is still the same one; those of a kind lie in a dictionary of their own."""
    for kind in before:
        old, new = _value(before, kind), _value(after, kind)
        if not isinstance(old, DictionaryObject):
            if _written(before, kind) != _written(after, kind):
                return False
        elif not isinstance(new, DictionaryObject) or any(
            _named(old, each) != _named(new, each) for each in old
        ):
            return False
    return True


def _named(resources: DictionaryObject, name: str) -> object:
    """Return which object a resource is, or the resource itself where it stands in its dictionary."""
    raw = resources.raw_get(name) if name in resources else None
    return (raw.idnum, raw.generation) if isinstance(raw, IndirectObject) else _written(resources, name)


def _dictionary(owner: DictionaryObject, name: str) -> DictionaryObject:
    found = _value(owner, name)
    if isinstance(found, DictionaryObject):
        return found
    return DictionaryObject()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped


def _value(owner: DictionaryObject, name: str) -> object:
    """Return what stands there in this revision; None for nothing, or a reference that leads nowhere."""
    try:
        return owner[name]
    except (KeyError, PdfError):
        return None


def _written(owner: DictionaryObject, name: str) -> object:
    """Return a value so that it can be compared: text as text, however it is encoded; else as a PDF writes it."""
    value = _value(owner, name)
    if value is None or isinstance(value, str | bytes):
        return value
    written = io.BytesIO()
    if isinstance(value, PdfObject):
        value.write_to_stream(written, None)
    return written.getvalue()
