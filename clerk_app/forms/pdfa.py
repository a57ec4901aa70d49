"""Makes a drawn PDF claim PDF/A-2b: XMP, output intent, identity, language. A claim is not a validation."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from clerk_app.forms.pdfa_check import check_pdfa

__all__ = ["Metadata", "check_pdfa", "srgb_profile", "to_pdfa"]

LANGUAGE = "vi-VN"
CREATOR = "Quầy Một Cửa"
_CONDITION = "sRGB IEC61966-2.1"
_PROFILE_DATE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself. `author` is the unit; nothing here names a citizen."""

    title: str
    author: str
    made_at: datetime  # aware


def to_pdfa(pdf: bytes, metadata: Metadata) -> bytes:
    """Return the same pages as a file that claims PDF/A-2b. The same input gives the same bytes."""
    with Pdf.open(BytesIO(pdf)) as document:
        _describe(document, metadata)
        _set_root(document)
        _drop_empty_transitions(document)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,  # classic tables: signed by appending
            min_version="1.7",
        )
    return out.getvalue()


@cache
def srgb_profile() -> bytes:
    """Return an sRGB ICC profile (ISO 15076-1, version 4.2), the same bytes every time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[8:12] = bytes((4, 0x20, 0, 0))  # its tags are those of 4.2, the version that PDF/A-2 names
    fields = (_PROFILE_DATE.year, _PROFILE_DATE.month, _PROFILE_DATE.day, 0, 0, 0)
    made[24:36] = b"".join(field.to_bytes(2, "big") for field in fields)
    return bytes(made)


def _describe(document: Pdf, metadata: Metadata) -> None:
    """Write the Info dictionary and the XMP that says the same."""
    moment = metadata.made_at.astimezone(UTC).replace(microsecond=0)
    stamp = f"D:{moment:%Y%m%d%H%M%S}+00'00'"
    for name in list(document.docinfo.keys()):
        del document.docinfo[name]
    document.docinfo[Name.Title] = String(metadata.title)
    document.docinfo[Name.Author] = String(metadata.author)
    document.docinfo[Name.Creator] = String(CREATOR)
    document.docinfo[Name.CreationDate] = String(stamp)
    document.docinfo[Name.ModDate] = String(stamp)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:part"] = "2"
        xmp["pdfaid:conformance"] = "B"
        xmp["dc:title"] = metadata.title
        xmp["dc:creator"] = [metadata.author]
        xmp["dc:language"] = {LANGUAGE}
        xmp["dc:format"] = "application/pdf"
        xmp["xmp:CreatorTool"] = CREATOR
        xmp["xmp:CreateDate"] = moment.isoformat()
        xmp["xmp:ModifyDate"] = moment.isoformat()
        xmp["xmp:MetadataDate"] = moment.isoformat()


def _set_root(document: Pdf) -> None:
    profile = Stream(document, srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        Info=String(_CONDITION),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])
    document.Root.Lang = String(LANGUAGE)
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for name in (Name.Outlines, Name.PageMode):
        if name in document.Root:
            del document.Root[name]


def _drop_empty_transitions(document: Pdf) -> None:
    for page in document.pages:
        if Name.Trans in page.obj:
            del page.obj[Name.Trans]
