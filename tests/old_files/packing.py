"""Packs a folder so that encrypted databases become small, and unpacks the very bytes again.

What is encrypted can't be made smaller. So a database is packed page by page as it is under its encryption, each with the
sixteen random bytes that it began with, and a filed paper likewise; when it is unpacked the same bytes come out, seals and
all, and their hash is compared. The format is SQLCipher 4's: AES-256-CBC, and HMAC-SHA512 over page, beginning and number.
"""

import hashlib
import hmac
import io
import json
import tarfile
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clerk_app.store.key_slots import derived

_PAGE, _IV, _SEAL, _SALT = 4096, 16, 64, 16
_OPEN = _PAGE - _IV - _SEAL
_LEFT_OUT = ("token/", "papers/", "second-place/", "arrivals/", "scanner/", "central/files/")
_FORMAT, _NONCE, _TAG = 1, 12, 16
_INDEX = "packed.json"
_FILES = "counter/files/"


def pack(office: Path, into: Path) -> Path:
    """Pack the files of an office; `told.json` names its data key."""
    data_key = bytes.fromhex(json.loads((office / "told.json").read_text("utf-8"))["data_key"])
    hashes: dict[str, str] = {}
    with tarfile.open(into, "w:xz", preset=9) as packed:
        for path in sorted(each for each in office.rglob("*") if each.is_file()):
            name = path.relative_to(office).as_posix()
            data = path.read_bytes()
            if name.startswith(_LEFT_OUT) or name.endswith("-shm") or not data:
                continue
            hashes[name] = hashlib.sha256(data).hexdigest()
            _add(packed, name, _small(name, data, data_key))
        _add(packed, _INDEX, json.dumps(hashes).encode())
    return into


def unpack(packed: Path, into: Path) -> Path:
    """Lay the files of an office down again, byte for byte."""
    with tarfile.open(packed) as file:
        found = {each.name: file.extractfile(each) for each in file.getmembers()}
        there = {name: stream.read() for name, stream in found.items() if stream is not None}
    hashes = json.loads(there.pop(_INDEX))
    data_key = bytes.fromhex(json.loads(there["told.json"])["data_key"])
    for name, data in there.items():
        whole = _whole(name, data, data_key)
        assert hashlib.sha256(whole).hexdigest() == hashes[name], name
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(whole)
    return into


def _add(packed: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size = len(data)
    packed.addfile(about, io.BytesIO(data))


def _small(name: str, data: bytes, data_key: bytes) -> bytes:
    """Return what can be made smaller: pages, or a filed paper, without their encryption."""
    if name.startswith(_FILES):
        start = _FORMAT + _NONCE
        return data[:start] + _counted(data[start:-_TAG], data[_FORMAT:start], _content_key(data_key))
    return _turned(data, _key_of(name, data_key), encrypt=False)


def _whole(name: str, data: bytes, data_key: bytes) -> bytes:
    if name.startswith(_FILES):
        start = _FORMAT + _NONCE
        paper = data[start:]
        sealed = AESGCM(_content_key(data_key)).encrypt(
            data[_FORMAT:start], paper, hashlib.sha256(paper).digest()
        )
        return data[:start] + sealed
    return _turned(data, _key_of(name, data_key), encrypt=True)


def _content_key(data_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"files-content-v1").derive(derived(data_key, "files"))


def _counted(data: bytes, nonce: bytes, key: bytes) -> bytes:
    """Undo the encryption of GCM, whose seal is made anew later."""
    turning = Cipher(algorithms.AES(key), modes.CTR(nonce + (2).to_bytes(4, "big"))).decryptor()
    return turning.update(data) + turning.finalize()


def _key_of(name: str, data_key: bytes) -> bytes | None:
    place, _, file = name.rpartition("/")
    purposes = {"journal.db": "journal", "archive.db": "archive"}
    return derived(data_key, purposes[file]) if place == "counter" and file in purposes else None


def _turned(data: bytes, key: bytes | None, *, encrypt: bool) -> bytes:
    """Encrypt or decrypt every page; a file of no key is left as it is."""
    if key is None:
        return data
    salt = data[:_SALT]
    seal_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    pages = [data[at : at + _PAGE] for at in range(0, len(data), _PAGE)]
    return b"".join(_page(page, number, key, seal_key, encrypt) for number, page in enumerate(pages, 1))


def _page(page: bytes, number: int, key: bytes, seal_key: bytes, encrypt: bool) -> bytes:
    first = _SALT if number == 1 else 0
    body, iv = page[first:_OPEN], page[_OPEN : _OPEN + _IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    turning = cipher.encryptor() if encrypt else cipher.decryptor()
    turned = turning.update(body) + turning.finalize()
    if not encrypt:
        return page[:first] + turned + iv + bytes(_SEAL)
    seal = hmac.digest(seal_key, turned + iv + number.to_bytes(4, "little"), "sha512")
    return page[:first] + turned + iv + seal
