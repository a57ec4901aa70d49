"""The yardstick of `intake.last_page_to_signed`: a bare script that draws the same form and signs it.

`python -m bench.bare_slip FACTS` where FACTS is a file with the pickled facts of one slip. The form is drawn by the
same reportlab code, without the step to PDF/A, and signed by pyHanko's SimpleSigner with an RSA-2048 key in memory:
PAdES B-B, the officer's field, no look drawn, nothing checked, encrypted or kept. Each line on stdin is a count; the
answer is the CPU time and the time by the clock of one slip, in nanoseconds, as a mean over so many.
"""

import io
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path

from asn1crypto import pem
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from clerk_app.forms import slip
from clerk_app.forms.slip_facts import SlipFacts
from clerk_app.practice.ca import make_authority

RESERVED = 24576  # as ours; without it pyHanko signs twice, once to learn the size

vars(slip)["to_pdfa"] = lambda pdf, _: pdf  # a bare script stops where reportlab does


def main(file: Path) -> None:
    """Answer counts until stdin ends."""
    facts: SlipFacts = pickle.loads(file.read_bytes())  # noqa: S301 - written by the bench itself
    make = _maker(facts)
    for line in sys.stdin:
        count = int(line)
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        for _ in range(count):
            make()
        print((time.process_time_ns() - cpu) // count, (time.perf_counter_ns() - wall) // count, flush=True)


def _maker(facts: SlipFacts) -> Callable[[], bytes]:
    pair = make_authority().issue(facts.officer)
    signer = SimpleSigner(
        signing_cert=Certificate.load(pair.der),
        signing_key=PrivateKeyInfo.load(pem.unarmor(pair.pkcs8)[2]),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )

    def make() -> bytes:
        drawn = slip.render(facts)
        box = drawn.boxes[0]
        place = (round(box.x1), round(box.y1), round(box.x2), round(box.y2))
        meta = PdfSignatureMetadata(
            field_name=box.name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        field = SigFieldSpec(box.name, on_page=box.page, box=place)
        writer = IncrementalPdfFileWriter(io.BytesIO(drawn.pdf))
        signed: io.BytesIO = PdfSigner(meta, signer, new_field_spec=field).sign_pdf(
            writer, bytes_reserved=RESERVED
        )
        return signed.getvalue()

    return make


if __name__ == "__main__":
    main(Path(sys.argv[1]))
