"""A practice token in SoftHSM2, for demos and tests. Never used with a real token: its PINs go by argv.

Needs the programs `softhsm2-util` (softhsm2) and `pkcs11-tool` (opensc); no driver is loaded here.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from signing.errors import ModuleMissing, SigningError

_USUAL_PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "C:/SoftHSM2/lib/softhsm2-x64.dll",
)


class PracticeTokenFailed(SigningError):
    message = "Không tạo được thẻ thực hành ({program} thoát với mã {code})."
    remedy = "Kiểm tra đã cài softhsm2 và opensc."


@dataclass(frozen=True, slots=True)
class PracticeKey:
    """A key pair and its certificate, to be laid on a practice token."""

    key_id: str  # hex
    label: str
    private_key: bytes  # PKCS#8, PEM, not encrypted
    certificate: bytes  # DER


def softhsm_library() -> Path:
    """Return where SoftHSM2 lies on this PC. Raises `ModuleMissing`."""
    for place in _USUAL_PLACES:
        if Path(place).is_file():
            return Path(place)
    raise ModuleMissing(library="libsofthsm2")


def token_environment(folder: Path) -> dict[str, str]:
    """Return the environment in which SoftHSM2 keeps its tokens in `folder`, made when it is missing."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True, exist_ok=True)
    settings = folder / "softhsm2.conf"
    text = f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
    settings.write_text(text, encoding="utf-8")
    return {"SOFTHSM2_CONF": str(settings)}


def make_token(folder: Path, label: str, pin: str, keys: Iterable[PracticeKey]) -> str:
    """Make one more token in `folder`, with `keys` on it; return its serial.

    The PIN serves as the security officer's too: it protects nothing. Raises `PracticeTokenFailed`.
    A token process that already runs does not see the new token: make tokens first.
    """
    tools = _Tools(token_environment(folder), pin)
    said = tools.run(
        "softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", pin, "--pin", pin
    )
    slot = _found(r"slot (\d+)", said)
    for key in keys:
        tools.lay_key(folder, slot, key)
    shown = tools.run("softhsm2-util", "--show-slots")
    return _found(rf"(?s)Slot {slot}\b.*?Serial number:\s*(\S+)", shown)


@dataclass(frozen=True, slots=True)
class _Tools:
    environment: Mapping[str, str]
    pin: str

    def lay_key(self, folder: Path, slot: str, key: PracticeKey) -> None:
        to = ("--slot", slot, "--pin", self.pin, "--label", key.label, "--id", key.key_id)
        with _laid(folder / "key.tmp", key.private_key) as file:
            self.run("softhsm2-util", "--import", file, *to)
        with _laid(folder / "certificate.tmp", key.certificate) as file:
            written = ("--write-object", file, "--type", "cert")
            self.run("pkcs11-tool", "--module", str(softhsm_library()), "--login", *to, *written)

    def run(self, program: str, *arguments: str) -> str:
        """Run one tool and return what it said. Raises `PracticeTokenFailed`."""
        environment = {**os.environ, **self.environment}
        try:
            done = subprocess.run(
                [program, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=True
            )
        except FileNotFoundError:
            raise PracticeTokenFailed(program=program, code="không có") from None
        except subprocess.CalledProcessError as error:
            raise PracticeTokenFailed(program=program, code=error.returncode) from None
        except subprocess.TimeoutExpired:
            raise PracticeTokenFailed(program=program, code="quá giờ") from None
        return done.stdout


@contextmanager
def _laid(file: Path, data: bytes) -> Iterator[str]:
    """Lay a practice key or certificate beside the tokens for as long as a tool reads it."""
    file.touch(mode=0o600)
    file.write_bytes(data)
    try:
        yield str(file)
    finally:
        file.unlink()


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    if match is None:
        raise PracticeTokenFailed(program="softhsm2-util", code="?")
    return match.group(1)
