"""Whether a secret, or a person's data, lies somewhere it must not: looked for in every form that a program leaves it in."""

import base64
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def forms_of(secret: str) -> Iterator[bytes]:
    """Yield how a secret may stand in a file: composed or not, by eight or sixteen bits, as hex, in an address, in JSON, and as
    base64 at its three places.
    """
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, secret)
        yield quote(text, safe="").encode()
        yield json.dumps(text)[1:-1].encode()
        yield text.encode("ascii", "backslashreplace")  # as Python writes it
        for encoding in ("utf-8", "utf-16-le"):
            data = text.encode(encoding)
            yield data
            yield data.hex().encode()
            for shift in range(3):
                inner = base64.b64encode(bytes(shift) + data)
                yield inner[4:-4] if len(inner) > 12 else inner


def files_in(*places: Path, but: Iterable[Path] = ()) -> list[Path]:
    """Return the files at these places, without those that lie at or in `but`."""
    left_out = tuple(but)
    found = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    return [
        file for file in found if file.is_file() and not any(file.is_relative_to(each) for each in left_out)
    ]


def leaks(files: Iterable[Path], secrets: Iterable[str]) -> set[tuple[str, str]]:
    """Return which file, its name or what is packed in it, holds which secret."""
    forms = {secret: [_as_pattern(form) for form in dict.fromkeys(forms_of(secret))] for secret in secrets}
    assert all(len(secret) >= 6 for secret in forms), "too short to be looked for"
    found = set()
    for file in files:
        held = [file.name.encode(), *_packed(file.read_bytes())]
        found |= {
            (str(file), secret)
            for secret, each in forms.items()
            if any(form.search(data) for data in held for form in each)
        }
    return found


def _as_pattern(form: bytes) -> re.Pattern[bytes]:
    """Digits alone are looked for where they stand alone: six of them are found in any hash that is long enough."""
    alone = (rb"(?<![0-9a-fA-F])", rb"(?![0-9a-fA-F])") if form.isdigit() else (b"", b"")
    return re.compile(alone[0] + re.escape(form) + alone[1])


def _packed(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)
