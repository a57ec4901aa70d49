"""PINs and passphrases on the command line: typed at a prompt or read from a descriptor, never an argument."""

import getpass
import os

from clerk_app.errors import OfficeError


class SecretMissing(OfficeError):
    message = "Cần {name} nhưng không có nơi để nhập."
    remedy = "Chạy lệnh trong cửa sổ dòng lệnh, hoặc đưa {name} qua --{option} N."


def secret(name: str, option: str, descriptor: int | None) -> bytearray:
    """Return what was typed or read, without the line end; raises `SecretMissing` where nobody can type."""
    if descriptor is not None:
        return _read(descriptor)
    try:
        return bytearray(getpass.getpass(f"{name}: ").encode())
    except (EOFError, OSError) as nobody:
        raise SecretMissing(name=name, option=option) from nobody


def _read(descriptor: int) -> bytearray:
    data = bytearray()
    with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as pipe:
        while piece := pipe.read(256):
            data += piece
            if b"\n" in piece:
                break
    end = data.find(b"\n")
    del data[end if end >= 0 else len(data) :]
    if data.endswith(b"\r"):
        del data[-1:]
    return data
