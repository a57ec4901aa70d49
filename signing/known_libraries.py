"""The drivers that are known by name, and the only folders where they are looked for: a dated file that an office may edit.

A name is never guessed and never searched for in PATH or the current folder: loading a library runs its code.
"""

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from signing.errors import SigningError

FILE = "known_libraries.toml"
PACKAGED = Path(__file__).with_name(FILE)
SYSTEMS: Mapping[str, str] = {"win32": "windows", "linux": "linux", "darwin": "macos"}
SOURCES = ("code", "knowledge", "measured")
# The only gaps in a folder's name, and what fills them where the system does not say.
_WINDOWS = {
    "SystemRoot": r"C:\Windows",
    "ProgramFiles": r"C:\Program Files",
    "ProgramFiles(x86)": r"C:\Program Files (x86)",
}


class KnownLibrariesBroken(SigningError):
    message = "Danh sách trình điều khiển thẻ của đơn vị không đọc được: {path} ({reason})."
    remedy = "Sửa chỗ được nêu, hoặc xóa tệp ấy; trong lúc chờ, danh sách đi kèm chương trình được dùng."


@dataclass(frozen=True, slots=True)
class KnownLibrary:
    """One vendor's drivers for this system, and how well we know them."""

    vendor: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    source: str  # one of SOURCES
    confirmed: bool  # tried with a real token
    practice: bool = False

    def places(self) -> Iterator[Path]:
        """Yield where the drivers would lie; nothing is touched."""
        for file in self.files:
            for folder in self.folders:
                yield Path(folder) / file


@dataclass(frozen=True, slots=True)
class KnownLibraries:
    """The list, with the day on which somebody last checked it."""

    checked: date
    entries: tuple[KnownLibrary, ...]
    path: Path


def known_libraries(beside: Path | None, system: str = "") -> tuple[KnownLibraries, SigningError | None]:
    """Return the office's own list when one lies in the folder `beside`, else the packaged one.

    A broken one of the office is not silently passed over: what is wrong with it comes along.
    """
    own = beside / FILE if beside else None
    if own is None or not own.exists():
        return read_known(PACKAGED, system), None
    try:
        return read_known(own, system), None
    except KnownLibrariesBroken as broken:
        return read_known(PACKAGED, system), broken


def read_known(path: Path, system: str = "") -> KnownLibraries:
    """Read a list for one system ("windows", "linux", "macos"; empty: this one). Raises `KnownLibrariesBroken`."""
    system = system or SYSTEMS.get(sys.platform, "linux")
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
        common = _words(data["folders"].get(system, []), "folders")
        entries = tuple(_entry(each, system, common) for each in data["vendor"])
        return KnownLibraries(date.fromisoformat(data["checked"]), entries, path)
    except OSError as error:
        raise KnownLibrariesBroken(path=path, reason=f"không mở được, mã {error.errno}") from None
    except tomllib.TOMLDecodeError as error:
        raise KnownLibrariesBroken(path=path, reason=f"sai cách viết: {_where(error)}") from None
    except KeyError as error:
        raise KnownLibrariesBroken(path=path, reason=f"thiếu mục {error.args[0]}") from None
    except _Wrong as error:
        raise KnownLibrariesBroken(path=path, reason=str(error)) from None
    except (TypeError, ValueError, AttributeError):
        raise KnownLibrariesBroken(path=path, reason="một mục có kiểu không đúng") from None


class _Wrong(Exception):
    """What is wrong with one member, in the words that an editor of the file understands."""


def _entry(data: Mapping[str, Any], system: str, common: tuple[str, ...]) -> KnownLibrary:
    vendor, source = data["name"], data["source"]
    if not isinstance(vendor, str) or source not in SOURCES:
        raise _Wrong(f"source của {vendor}")
    files = _words(data.get(system, []), f"{system} của {vendor}")
    for file in files:
        if file != PureWindowsPath(file).name or file != PurePosixPath(file).name or file in {"", ".", ".."}:
            raise _Wrong(f"tên tệp “{file}” của {vendor} không được kèm đường dẫn")
    own = _words(data.get("folders", {}).get(system, []), f"folders của {vendor}")
    folders = tuple(_folder(each, system) for each in (*own, *common))
    return KnownLibrary(
        vendor, files, folders, source, data.get("confirmed") is True, data.get("practice") is True
    )


def _folder(written: str, system: str) -> str:
    """Fill the gaps of a Windows folder; refuse what is not an absolute folder of this computer."""
    filled = written
    if system == "windows":
        for name, usual in _WINDOWS.items():
            filled = filled.replace(f"{{{name}}}", os.environ.get(name, usual))
        path = PureWindowsPath(filled)
        local = path.is_absolute() and path.drive.endswith(":")
    else:
        local = PurePosixPath(filled).is_absolute() and not filled.startswith("//")
    if not local or ".." in filled or "{" in filled:
        raise _Wrong(f"thư mục “{written}” không phải đường dẫn tuyệt đối trên máy này")
    return filled


def _words(listed: object, where: str) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise _Wrong(f"{where} phải là một danh sách chữ")
    return tuple(listed)


def _where(error: tomllib.TOMLDecodeError) -> str:
    """Keep the place out of the parser's English sentence."""
    _, found, place = str(error).rpartition("(at ")
    line, _, column = place.rstrip(")").removeprefix("line ").partition(", column ")
    return f"dòng {line}, cột {column}" if found and line.isdigit() else "cuối tệp"
