"""Gói chẩn đoán: what Kiểm tra thẻ found, for whoever helps from afar, without anything about persons.

A sentence is put together anew from its template. Only facts that are known to be harmless stay as they are; a name
becomes its initials, a place loses the user's home, anything else a mark that says only what is the same as what.
"""

import hashlib
import io
import json
import platform
import secrets
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PureWindowsPath
from typing import Any

from clerk_app.clock import format_moment
from clerk_app.domain.token_library import FoundDriver, FoundDrivers
from clerk_app.domain.verdict import Check
from clerk_app.errors import OfficeError, Said
from clerk_app.settings import replace_file

JSON, TEXT = "kiem-tra-the.json", "kiem-tra-the.txt"
_HARMLESS = frozenset(
    {
        *("architecture", "found", "wanted", "code", "reason", "seconds", "count", "minutes", "days"),
        *("day", "start", "end", "when", "least", "most", "low", "final", "size"),
    }
)
_PLACES = frozenset({"library", "path"})


class BundleNotWritten(OfficeError):
    message = "Không ghi được gói chẩn đoán {path}."
    remedy = "Chọn thư mục khác mà máy này ghi được, rồi xuất lại."


@dataclass(frozen=True, slots=True)
class Redaction:
    """Takes persons out of sentences. Marks of two bundles cannot be compared."""

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    home: Path = field(default_factory=Path.home)

    def sentence(self, said: str) -> str:
        """Return a sentence that names nobody; one that does not know how it was put together has no facts."""
        if not isinstance(said, Said):
            return said
        return said.template.format(**{name: self._fact(name, fact) for name, fact in said.facts.items()})

    def place(self, path: str) -> str:
        """Return where a file lies; of what lies under anybody's home, only the file's own name."""
        ours = Path(path).is_relative_to(self.home)
        parts = PureWindowsPath(path).parts
        theirs = len(parts) > 1 and parts[1].lower() in {"home", "users", "root"}
        return f"…/{parts[-1]}" if ours or theirs else path

    def mark(self, text: str) -> str:
        """Return the same short mark for the same text, within one bundle."""
        return f"#{hashlib.sha256(self.salt + text.encode()).hexdigest()[:8]}"

    def _fact(self, name: str, fact: object) -> object:
        if isinstance(fact, Said):
            return self.sentence(fact)
        if name in _HARMLESS:
            return self._homeless(fact) if isinstance(fact, str) else fact
        if name in _PLACES:
            return self.place(str(fact))
        return initials(str(fact)) if name == "owner" else self.mark(str(fact))

    def _homeless(self, text: str) -> str:
        home = str(self.home)
        return text.replace(home, "…") if len(home) > 1 else text


def initials(name: str) -> str:
    """Return the first letters of a name's words, digits left out."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    return "".join(f"{letter}." for letter in letters) or "?"


def bundle(checks: Iterable[Check], found: FoundDrivers, now: datetime, redaction: Redaction) -> bytes:
    """Return the bundle: a zip of one JSON for programs and one text for people."""
    told = {
        "made": format_moment(now),
        "computer": _computer(),
        "checks": [_check(each, redaction) for each in checks],
        "drivers": [_driver(each, redaction) for each in found.drivers],
        "known_drivers_checked": found.checked,
        "notes": [redaction.sentence(each) for each in found.notes],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(JSON, json.dumps(told, ensure_ascii=False, indent=2))
        archive.writestr(TEXT, _as_text(told))
    return packed.getvalue()


def write_bundle(path: Path, packed: bytes) -> None:
    """Write it whole or not at all; only its owner may read it. Raises `BundleNotWritten`."""
    try:
        replace_file(path, packed)
    except OSError:
        raise BundleNotWritten(path=path) from None


def _computer() -> dict[str, str]:
    """Name the kind of computer, never its own name or user."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "program": f"{struct.calcsize('P') * 8}-bit, Python {platform.python_version()}",
    }


def _check(check: Check, redaction: Redaction) -> dict[str, str]:
    return {
        "name": check.name,
        "health": check.health.value,
        "sentence": redaction.sentence(check.sentence),
        "remedy": redaction.sentence(check.remedy),
    }


def _driver(driver: FoundDriver, redaction: Redaction) -> dict[str, object]:
    return {
        "vendor": str(driver.vendor),
        "library": redaction.place(driver.library),
        "architecture": driver.architecture,
        "works": driver.works,
        "chosen": driver.chosen,
        "tokens": [
            {"label": redaction.mark(each.label), "manufacturer": each.manufacturer} for each in driver.tokens
        ],
        "sentence": redaction.sentence(driver.sentence),
        "remedy": redaction.sentence(driver.remedy),
    }


def _as_text(told: Mapping[str, Any]) -> str:
    computer = " · ".join(told["computer"].values())
    lines = ["Kiểm tra thẻ ký số", f"{told['made']} · {computer}", ""]
    for each in (*told["checks"], *told["drivers"]):
        head = (
            f"[{each['health']}] {each['name']}"
            if "health" in each
            else f"{each['vendor']}: {each['library']}"
        )
        lines.append(" · ".join(part for part in (head, each["sentence"], each["remedy"]) if part))
    return "\n".join((*lines, *told["notes"], ""))
