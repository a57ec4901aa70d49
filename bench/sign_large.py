"""`sign.100mb_cpu`: a signature on a PDF of 100 MB, against hashing its bytes once; 1 and 10 MB are printed beside.

A signature hashes the whole file, and its update is made behind bytes that stay as they are: what is beyond the hash is
what a large file costs us. Ours is what `sign.one_cpu` measures; validation is not in it.
"""

import io
import os
import time
from hashlib import sha256

import pikepdf

from bench.figure import Figure
from bench.sign_one import BOX, LIBRARIES, one_token, signature
from signing.pades import prepare
from signing.token_session import TokenSession

SIZES, PAIRS = (1, 10, 100), 5  # MB
_MB = 1_000_000


def cost_of_100_mb() -> Figure:
    """Measure each size in turn, ours then the hash; the last size is the figure."""
    figure = Figure("ms CPU", "", (), ())
    with one_token() as place:
        for size in SIZES:
            figure = _measured(place.session, prepare(_file(size), [BOX]), size)
    return figure


def _measured(session: TokenSession, pdf: bytes, size: int) -> Figure:
    signature(session, pdf, 1)
    pairs = [(signature(session, pdf, 1), _hash(pdf)) for _ in range(PAIRS)]
    ours, theirs = zip(*pairs, strict=True)
    print(f"sign.100mb_cpu: {size} MB {min(ours):.1f} ms, its SHA-256 {min(theirs):.1f} ms")
    return Figure("ms CPU", f"SHA-256 over the same {size} MB", ours, theirs, (*LIBRARIES, "pikepdf"))


def _hash(pdf: bytes) -> float:
    began = time.process_time_ns()
    sha256(pdf).digest()
    return (time.process_time_ns() - began) / 1e6


def _file(size: int) -> bytes:
    """Make a PDF of so many MB: a page, and a stream that does not pack."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.Root.Ballast = pikepdf.Stream(pdf, os.urandom(size * _MB))
        pdf.save(buffer, compress_streams=False)
    return buffer.getvalue()
