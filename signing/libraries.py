"""A vendor's driver file, judged before it is loaded: local, absolute, and built for this program.

Loading a library runs its code, so nothing is searched for in PATH or the current folder.
"""

import platform
import struct
from dataclasses import dataclass
from pathlib import Path

from signing.errors import ModuleMissing, ModuleNotLibrary, ModuleWrongArchitecture

_ELF_MACHINES = {3: "x86", 40: "arm", 62: "x86-64", 183: "arm64"}
_PE_MACHINES = {0x014C: "x86", 0x01C4: "arm", 0x8664: "x86-64", 0xAA64: "arm64"}
_OURS = {"x86_64": "x86-64", "amd64": "x86-64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a library was built for: 32 or 64 bits, and a machine ("" when unknown)."""

    bits: int
    machine: str

    def __str__(self) -> str:
        return f"{self.bits}-bit {self.machine}".strip()


def library_architecture(path: Path) -> Architecture:
    """Read the ELF or PE header of a library without loading it.

    Raises `ModuleMissing` when the file cannot be read, `ModuleNotLibrary` when it is none.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise ModuleMissing(library=str(path)) from None
    found = _elf(head) or _pe(head)
    if found is None:
        raise ModuleNotLibrary(library=str(path))
    return found


def own_architecture() -> Architecture:
    """Return what this program runs as."""
    machine = platform.machine().lower()
    return Architecture(struct.calcsize("P") * 8, _OURS.get(machine, machine))


def check_library(path: Path) -> None:
    """Raise unless `path` is an absolute, local file that this program can load."""
    if not path.is_absolute() or str(path).startswith(("\\\\", "//")) or not path.is_file():
        raise ModuleMissing(library=str(path))
    found, wanted = library_architecture(path), own_architecture()
    if found != wanted:
        raise ModuleWrongArchitecture(library=str(path), found=str(found), wanted=str(wanted))


def _elf(head: bytes) -> Architecture | None:
    if head[:4] != b"\x7fELF" or len(head) < 20 or head[4] not in (1, 2):
        return None
    order = "<H" if head[5] == 1 else ">H"
    machine: int = struct.unpack_from(order, head, 18)[0]
    return Architecture(32 if head[4] == 1 else 64, _ELF_MACHINES.get(machine, ""))


def _pe(head: bytes) -> Architecture | None:
    if head[:2] != b"MZ" or len(head) < 64:
        return None
    start: int = struct.unpack_from("<I", head, 0x3C)[0]
    if head[start : start + 4] != b"PE\0\0" or len(head) < start + 26:
        return None
    machine: int = struct.unpack_from("<H", head, start + 4)[0]
    magic: int = struct.unpack_from("<H", head, start + 24)[0]
    return Architecture(64 if magic == 0x20B else 32, _PE_MACHINES.get(machine, ""))
