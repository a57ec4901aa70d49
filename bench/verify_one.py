"""`verify.one`: a slip with its three signatures judged, against pyHanko's own validator on the same three.

Ours asks more of a file: that nothing changed beside what each signature allows, told part by part; that no sign is drawn
anew; that a second reader sees the same signatures; that the certificates are of signers. The yardstick asks pyHanko's
validator for each signature, by the same roots, and looks at nothing else.
"""

import io
import tempfile
import time
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from bench.figure import Figure
from bench.signed_slip import signed_slip
from signing.trust import Trust
from signing.validation import validate

PAIRS, EACH = 15, 5
LIBRARIES = ("pyhanko", "pyhanko-certvalidator", "pikepdf", "cryptography")


def verify_one() -> Figure:
    """Judge one slip in turn, ours then pyHanko's."""
    with tempfile.TemporaryDirectory() as name:
        pdf, trust = signed_slip(Path(name))
    roots, others = ([x509.Certificate.load(each) for each in held] for held in (trust.roots, trust.others))

    def theirs() -> bool:
        read = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        context = ValidationContext(trust_roots=roots, other_certs=others, allow_fetching=False)
        return all(validate_pdf_signature(each, context).bottom_line for each in read)

    assert validate(pdf, trust).valid
    assert theirs()
    pairs = [(_cost(lambda: _ours(pdf, trust)), _cost(theirs)) for _ in range(PAIRS)]
    ours, others_cost = zip(*pairs, strict=True)
    yardstick = "pyHanko's validate_pdf_signature on the same three signatures, same roots"
    return Figure("ms CPU", yardstick, ours, others_cost, LIBRARIES)


def _ours(pdf: bytes, trust: Trust) -> bool:
    return validate(pdf, trust).valid


def _cost(judge: object) -> float:
    assert callable(judge)
    began = time.process_time_ns()
    for _ in range(EACH):
        assert judge()
    return (time.process_time_ns() - began) / EACH / 1e6
