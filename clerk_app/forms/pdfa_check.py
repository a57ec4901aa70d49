"""Checks what a file that claims PDF/A-2b must keep (ISO 19005-2), as far as we can see: no validator, our own eyes.

Runs on the final bytes, signatures included. An empty answer means that none of these rules is broken, and no more:
the file is called validated only where veraPDF has said so.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from xml.parsers import expat

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

from clerk_app.forms.pdfa_fonts import font_problems

_FORBIDDEN_ACTIONS = frozenset(
    f"/{name}"
    for name in (
        "Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide", "SetOCGState", "Rendition", "Trans",
        "GoTo3DView", "JavaScript",
    )
)  # fmt: skip
_FORBIDDEN_ANNOTATIONS = frozenset(("/3D", "/Sound", "/Screen", "/Movie"))
_DATES = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
_TEXTS = {
    "/Title": "dc:title",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
}
_TOLD = (*_TEXTS.values(), *_DATES.values(), "pdfaid:part", "pdfaid:conformance")
_COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_HIDDEN, _PRINT, _INVISIBLE, _NO_VIEW, _TOGGLE = 2, 4, 1, 32, 256

Problems = Iterator[str]


def check_pdfa(data: bytes) -> list[str]:
    """Return what breaks the claim PDF/A-2b, in English for logs and tests; an empty list: nothing found.

    A file that cannot be opened is a problem too; nothing is raised.
    """
    try:
        with Pdf.open(BytesIO(data)) as document:
            return list(dict.fromkeys(_problems(document, data)))
    except PdfError:
        return ["cannot be opened without a password as a PDF"]


def _problems(document: Pdf, data: bytes) -> Problems:
    rooms: tuple[Callable[[Pdf], Problems], ...] = (
        _metadata,
        _output_intent,
        _catalogue,
        _objects,
        _annotations,
        font_problems,
    )
    yield from _file(document, data)
    for room in rooms:
        yield from room(document)


def _file(document: Pdf, data: bytes) -> Problems:
    if not data.startswith(b"%PDF-1."):
        yield "header: the file does not begin with %PDF-1.n"
    second = data.split(b"\n", 2)[1][:5] if data.count(b"\n") > 1 else b""
    if len(second) < 5 or second[:1] != b"%" or min(second[1:]) < 128:
        yield "header: the second line is not a comment of four bytes above 127"
    if not data.rstrip().endswith(b"%%EOF"):
        yield "trailer: bytes after the last %%EOF"
    if document.is_encrypted:
        yield "trailer: the file is encrypted"
    identity = document.trailer.get("/ID")
    if not isinstance(identity, Array) or len(identity) != 2 or not all(bytes(part) for part in identity):
        yield "trailer: /ID is missing"


def _metadata(document: Pdf) -> Problems:
    stream = document.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        yield "XMP: the catalogue has no metadata"
        return
    if "/Filter" in stream:
        yield "XMP: the metadata stream is filtered"
    if not _is_xml(stream.read_bytes()):
        yield "XMP: cannot be parsed"
        return
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        told = {key: xmp.get(key) for key in _TOLD}
    if (told["pdfaid:part"], told["pdfaid:conformance"]) != ("2", "B"):
        yield "XMP: does not claim PDF/A-2b"
    yield from _agreement(document, told)


def _is_xml(data: bytes) -> bool:
    """Whether the text is well-formed: what reads XMP mends it in silence."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def _agreement(document: Pdf, told: dict[str, object]) -> Problems:
    """Compare the Info dictionary with the XMP: what both say must be the same."""
    for name, key in _TEXTS.items():
        if name in document.docinfo and str(document.docinfo[name]) != str(told[key]):
            yield f"XMP: {key} differs from {name}"
    for name, key in _DATES.items():
        if name in document.docinfo and _info_date(str(document.docinfo[name])) != _xmp_date(told[key]):
            yield f"XMP: {key} differs from {name}"


def _info_date(text: str) -> datetime | None:
    """Return a date such as D:20261123081500+07'00' as an aware moment."""
    plain = text.removeprefix("D:").replace("'", "").replace("Z0000", "Z").replace("Z", "+0000")
    try:
        return datetime.strptime(plain, "%Y%m%d%H%M%S%z")
    except ValueError:
        return None


def _xmp_date(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.replace(microsecond=0) if moment.tzinfo else None


def _output_intent(document: Pdf) -> Problems:
    intents = [
        intent
        for intent in document.Root.get("/OutputIntents", Array())
        if intent.get("/S") == Name.GTS_PDFA1
    ]
    if len(intents) != 1:
        yield "output intent: not exactly one of kind GTS_PDFA1"
        return
    profile = intents[0].get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield "output intent: no ICC profile"
        return
    data = profile.read_bytes()
    if data[36:40] != b"acsp" or data[8] > 4:
        yield "output intent: the profile is no ICC profile of version 2 or 4"
    if _COMPONENTS.get(data[16:20]) != profile.get("/N"):
        yield "output intent: /N differs from the profile's colour space"
    if "/OutputConditionIdentifier" not in intents[0]:
        yield "output intent: no OutputConditionIdentifier"


def _catalogue(document: Pdf) -> Problems:
    root = document.Root
    if "/Lang" not in root:
        yield "catalogue: no language"
    names = root.get("/Names", Dictionary())
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "catalogue: embedded files"
    if "/JavaScript" in names:
        yield "catalogue: JavaScript"
    for name in ("/AA", "/Requirements", "/NeedsRendering"):
        if name in root:
            yield f"catalogue: {name}"
    form = root.get("/AcroForm", Dictionary())
    if "/XFA" in form:
        yield "form: XFA"
    if bool(form.get("/NeedAppearances", False)):
        yield "form: NeedAppearances is set"


def _objects(document: Pdf) -> Problems:
    for item in document.objects:
        if isinstance(item, Stream):
            yield from _stream(item)
        yield from _nested(item)


def _stream(stream: Stream) -> Problems:
    filters = stream.get("/Filter", Array())
    named = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
    if {"/LZWDecode", "/LZW"} & set(named):
        yield "stream: LZW"
    if "/Crypt" in named:
        yield "stream: Crypt filter"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
        yield "stream: its data lie outside the file"
    if stream.get("/Subtype") == Name.PS or "/PS" in stream or "/Ref" in stream:
        yield "stream: PostScript or a reference XObject"


def _nested(item: Object) -> Problems:
    """Look at a dictionary and at those written directly inside it."""
    if isinstance(item, Array):
        for part in item:
            if not part.is_indirect if isinstance(part, Object) else False:
                yield from _nested(part)
    if not isinstance(item, Dictionary | Stream):
        return
    yield from _dictionary(item)
    for value in item.values():
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _nested(value)


def _dictionary(item: Object) -> Problems:
    if str(item.get("/S", "")) in _FORBIDDEN_ACTIONS and item.get("/Type") in (None, Name.Action):
        yield f"action: {item['/S']}"
    if "/JS" in item:
        yield "action: JavaScript"
    if "/EF" in item:
        yield "file specification: an embedded file"
    if item.get("/TR") is not None and item.get("/Type") == Name.ExtGState:
        yield "graphics state: a transfer function"


def _annotations(document: Pdf) -> Problems:
    for page in document.pages:
        if "/AA" in page.obj:
            yield "page: additional actions"
        for annotation in page.obj.get("/Annots", Array()):
            yield from _annotation(annotation)


def _annotation(annotation: Object) -> Problems:
    kind = str(annotation.get("/Subtype", ""))
    flags = int(annotation.get("/F", 0))
    if kind in _FORBIDDEN_ANNOTATIONS:
        yield f"annotation: {kind}"
    if not flags & _PRINT and kind != "/Popup":
        yield f"annotation: {kind} has no Print flag"
    if flags & (_HIDDEN | _INVISIBLE | _NO_VIEW | _TOGGLE):
        yield f"annotation: {kind} is hidden"
    x1, y1, x2, y2 = (float(number) for number in annotation.get("/Rect", Array([0, 0, 0, 0])))
    if "/AP" not in annotation and kind not in ("/Popup", "/Link") and (x1, y1) != (x2, y2):
        yield f"annotation: {kind} has no appearance"
    if "/AP" in annotation and [str(key) for key in annotation["/AP"]] != ["/N"]:
        yield f"annotation: {kind} has an appearance other than /N"
    if kind == "/Widget" and ("/AA" in annotation or "/A" in annotation):
        yield "annotation: a form field with actions"
