"""A driver is judged by its header before any of its code runs."""

import struct
from pathlib import Path

import pytest

from signing.errors import ModuleMissing, ModuleWrongArchitecture
from signing.libraries import Architecture, check_library, library_architecture, own_architecture
from signing.practice_token import softhsm_library


def _elf(bits: int, machine: int) -> bytes:
    return (
        b"\x7fELF" + bytes([1 if bits == 32 else 2, 1]) + bytes(12) + struct.pack("<H", machine) + bytes(64)
    )


def _pe(machine: int, magic: int) -> bytes:
    head = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x80) + bytes(0x40)
    return head + b"PE\0\0" + struct.pack("<H", machine) + bytes(18) + struct.pack("<H", magic) + bytes(64)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (_elf(32, 3), Architecture(32, "x86")),
        (_elf(64, 62), Architecture(64, "x86-64")),
        (_elf(64, 183), Architecture(64, "arm64")),
        (_pe(0x14C, 0x10B), Architecture(32, "x86")),
        (_pe(0x8664, 0x20B), Architecture(64, "x86-64")),
    ],
)
def test_elf_and_pe_headers_are_read(head: bytes, found: Architecture, tmp_path: Path) -> None:
    (tmp_path / "driver").write_bytes(head)
    assert library_architecture(tmp_path / "driver") == found


def test_a_32_bit_driver_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "fptca_v4.so"
    file.write_bytes(_elf(32, 3))
    with pytest.raises(ModuleWrongArchitecture) as refusal:
        check_library(file)
    assert "32-bit" in str(refusal.value)
    assert str(own_architecture()) in str(refusal.value)


@pytest.mark.parametrize("junk", [b"", b"MZ", b"\x7fELF", b"#!/bin/sh\n", bytes(4096)])
def test_what_is_no_library_is_refused(junk: bytes, tmp_path: Path) -> None:
    (tmp_path / "driver").write_bytes(junk)
    with pytest.raises(ModuleWrongArchitecture):
        check_library(tmp_path / "driver")


@pytest.mark.parametrize(
    "path", ["libsofthsm2.so", "./driver.so", "/missing/driver.so", "//server/share/x.so", "/usr/lib"]
)
def test_only_absolute_local_files_are_drivers(path: str) -> None:
    with pytest.raises(ModuleMissing):
        check_library(Path(path))


def test_our_own_softhsm_fits() -> None:
    check_library(softhsm_library())
