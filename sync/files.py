"""Files by content: the id is the SHA-256 of the plaintext; on disk each is encrypted under a name that tells nothing."""

import hashlib
import hmac
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.ballast import Ballast
from sync.durable import TEMPORARY, disk_errors, make_folder, settle_folder, write_durably
from sync.errors import DiskFailed, DiskFull, FileDamaged, FileMissing

_FORMAT = b"\x01"
_NONCE = 12  # bytes
_TAG = 16  # bytes
_OVERHEAD = len(_FORMAT) + _NONCE + _TAG


class FileStore:
    """The files of one counter, in one folder, under the counter's data key (32 bytes).

    Each is `format ‖ nonce ‖ AES-256-GCM(plaintext, associated data = id)`, named by HMAC(key, id).
    Names and contents have keys of their own, derived from the data key.
    """

    def __init__(self, folder: Path, key: bytes, ballast: Ballast | None = None) -> None:
        self._folder = folder
        self._ballast = ballast  # lets room go for a file that finds none
        self._shelves: set[Path] = set()  # that surely outlast a power cut
        self._name_key = _derived(key, b"files-names-v1")
        self._cipher = AESGCM(_derived(key, b"files-content-v1"))
        with disk_errors():
            make_folder(folder)

    def put(self, data: bytes) -> str:
        """File these bytes and return their id. When this returns they survive a power cut.

        Harmless to repeat; a damaged copy is written anew. Raises `DiskFull` or `DiskFailed`.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if self._is_sound(sha256):
            self._lay_shelf(path.parent)
            with disk_errors():
                os.utime(path)  # young again: whoever put it is about to refer to it
                settle_folder(path.parent)  # whoever put it first may have been stopped before this
            return sha256
        if self._ballast is not None:
            self._ballast.ease()
        self._lay_shelf(path.parent)
        self._write(path, self._sealed(sha256, data))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the plaintext, hashed again; raises `FileMissing` or `FileDamaged`."""
        try:
            with disk_errors():
                stored = self._path(sha256).read_bytes()
        except DiskFailed as error:
            if self.has(sha256):
                raise
            raise FileMissing(sha256=sha256) from error
        data = self._opened(sha256, stored)
        if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), sha256):
            raise FileDamaged(sha256=sha256)
        return data

    def has(self, sha256: str) -> bool:
        """Whether a file of this id is here; says nothing of its soundness."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Return the length of the plaintext in bytes; raises `FileMissing`."""
        try:
            return self._path(sha256).stat().st_size - _OVERHEAD
        except FileNotFoundError as error:
            raise FileMissing(sha256=sha256) from error

    def remove(self, sha256: str) -> bool:
        """Delete a file for good; returns whether it was here. Nobody may refer to it any more."""
        path = self._path(sha256)
        with disk_errors():
            there = path.is_file()
            path.unlink(missing_ok=True)
            if there:
                settle_folder(path.parent)
        return there

    def sweep(self, referenced: Collection[str], older_than: datetime) -> int:
        """Remove files that nobody refers to and unfinished ones, both only if older; return how many.

        One that another program holds for a moment, as Windows lets it, stays for the next time.
        """
        kept = {self._name(sha256) for sha256 in referenced}
        limit = older_than.astimezone(UTC).timestamp()
        swept = 0
        for path in self._all():
            if path.name in kept:
                continue
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    swept += 1
        return swept

    def check_line(self, line: Collection[str]) -> None:
        """Check a line of revisions, oldest first: each begins with the bytes of the one before.

        Raises `FileMissing`, or `FileDamaged` for the revision that does not.
        """
        for parent, child in pairwise(line):
            if not self.get(child).startswith(self.get(parent)):
                raise FileDamaged(sha256=child)

    def _lay_shelf(self, shelf: Path) -> None:
        """Make a shelf last, once in each life: who made it may have been stopped before it was settled."""
        if shelf not in self._shelves:
            with disk_errors():
                make_folder(shelf)
            self._shelves.add(shelf)

    def _write(self, path: Path, sealed: bytes) -> None:
        try:
            write_durably(path, sealed)
        except DiskFull:
            if self._ballast is None or not self._ballast.release():
                raise
            write_durably(path, sealed)

    def _is_sound(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except (FileMissing, FileDamaged):
            return False
        return True

    def _sealed(self, sha256: str, data: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, data, bytes.fromhex(sha256))

    def _opened(self, sha256: str, stored: bytes) -> bytes:
        start = len(_FORMAT) + _NONCE
        if len(stored) < _OVERHEAD or not stored.startswith(_FORMAT):
            raise FileDamaged(sha256=sha256)
        try:
            return self._cipher.decrypt(stored[len(_FORMAT) : start], stored[start:], bytes.fromhex(sha256))
        except InvalidTag as error:
            raise FileDamaged(sha256=sha256) from error

    def _all(self) -> Iterator[Path]:
        """Every file that looks like ours, finished or not; nothing else in the folder is touched."""
        for shelf in self._folder.iterdir():
            if shelf.is_dir() and len(shelf.name) == 2:
                for path in shelf.iterdir():
                    if path.name.startswith((shelf.name, TEMPORARY)):
                        yield path

    def _path(self, sha256: str) -> Path:
        name = self._name(sha256)
        return self._folder / name[:2] / name

    def _name(self, sha256: str) -> str:
        return hmac.digest(self._name_key, bytes.fromhex(sha256), "sha256").hex()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
