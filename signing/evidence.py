"""What a signed PDF carries to prove its signatures later: the document security store (PAdES, ETSI EN 319 142-1, 5.4.2)."""

from dataclasses import dataclass, field

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.rw_common import PdfHandler

from signing.revocation_data import RevocationData

_MOST = 500  # entries of a kind that are read; ours hold some ten


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates (DER) and revocation data found in a file. Nothing of it is verified yet."""

    certificates: tuple[bytes, ...] = ()
    data: RevocationData = field(default_factory=RevocationData)


def carried(handler: PdfHandler) -> Evidence:
    """Read the store of a document as it is now; what cannot be read is not there."""
    try:
        store = handler.root["/DSS"]
    except (KeyError, PdfError):
        return Evidence()
    if not isinstance(store, DictionaryObject):
        return Evidence()
    return Evidence(
        _streams(store, "/Certs", DecodePurpose.CERTIFICATE),
        RevocationData(
            _streams(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE),
            _streams(store, "/CRLs", DecodePurpose.CRL),
        ),
    )


def _streams(store: DictionaryObject, name: str, purpose: DecodePurpose) -> tuple[bytes, ...]:
    try:
        listed = store[name]
        if not isinstance(listed, ArrayObject):
            return ()
        found = [each.get_object() for each in list(listed)[:_MOST]]
        return tuple(each.read_data(purpose) for each in found if isinstance(each, StreamObject))
    except (KeyError, ValueError, PdfError):
        return ()
