"""The yardstick of `sign.one_vs_text_stamp`: pyHanko as it comes, with a PKCS#11 key and a text stamp.

`python bench/text_stamp.py LIBRARY SERIAL PIN FONT FILE`: each line on stdin is a count; the answer is the CPU time of so
many signatures, in nanoseconds. The token's library is in this very process. Practice tokens only.
"""

import io
import logging
import sys
import time
from pathlib import Path

import pkcs11
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.pkcs11 import PKCS11Signer
from pyhanko.stamp import TextStampStyle

logging.getLogger("fontTools").setLevel(logging.ERROR)  # names tables that it drops
STAMP = "Ký số bởi: %(signer)s\nThời gian ký: %(ts)s"


def main(library: str, serial: str, pin: str, font: str, file: str) -> None:
    """Answer counts until stdin ends."""
    tokens = pkcs11.lib(library).get_tokens()
    token = next(each for each in tokens if each.serial.decode().strip("\0 ") == serial)
    pdf = Path(file).read_bytes()
    style = TextStampStyle(
        stamp_text=STAMP, text_box_style=TextBoxStyle(font=GlyphAccumulatorFactory(font), font_size=10)
    )
    meta = PdfSignatureMetadata(
        field_name="CanBo", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
    )
    with token.open(user_pin=pin) as session:
        signer = PKCS11Signer(session, cert_label="bench", key_label="bench")
        for line in sys.stdin:
            began = time.process_time_ns()
            for _ in range(int(line)):
                writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
                PdfSigner(meta, signer, stamp_style=style).sign_pdf(writer)
            print(time.process_time_ns() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
