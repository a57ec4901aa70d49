"""Every page of an SQLCipher file in plain bytes, free pages and the log too: what a search with the key would find."""

import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
_IV, _SEAL = 16, 64  # reserved at the end of each page
_SALT = 16  # at the beginning of the first
_WAL_HEADER, _FRAME_HEADER = 32, 24


def everything_in(path: Path, key: bytes) -> bytes:
    """Return all pages of a file and of the log beside it, deciphered, in their order."""
    return b"".join(page for _, page in pages_of(path, key))


def pages_of(path: Path, key: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the same pages with their numbers, from 1."""
    log = path.with_name(f"{path.name}-wal")
    pages = [*_of_file(path.read_bytes()), *(_of_log(log.read_bytes()) if log.exists() else ())]
    for number, page in pages:
        yield number, _deciphered(page, key, first=number == 1)


def holds(path: Path, key: bytes, what: str | bytes) -> bool:
    """Whether a text, or bytes, stand anywhere in a file; long values may be cut by the ends of pages."""
    sought = what.encode() if isinstance(what, str) else what
    return sought in everything_in(path, key)


def _of_file(data: bytes) -> Iterator[tuple[int, bytes]]:
    assert len(data) % _PAGE == 0
    for at in range(0, len(data), _PAGE):
        yield at // _PAGE + 1, data[at : at + _PAGE]


def _of_log(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Old frames beyond the end of the log too."""
    for at in range(_WAL_HEADER, len(data) - _FRAME_HEADER - _PAGE + 1, _FRAME_HEADER + _PAGE):
        (number,) = struct.unpack_from(">I", data, at)
        yield number, data[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE]


def _deciphered(page: bytes, key: bytes, *, first: bool) -> bytes:
    if page == bytes(len(page)):
        return page
    end = _PAGE - _IV - _SEAL
    iv = page[end : end + _IV]
    sealed = page[_SALT if first else 0 : end]
    reading = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reading.update(sealed) + reading.finalize()
