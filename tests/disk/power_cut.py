"""Which disks a power cut may leave: what was synced is there, of the rest any part may be.

Taken from what POSIX promises and no more. A file's bytes last once it was synced, a name (made, moved, removed)
once its folder was; before that any sector of 512 bytes may have reached the disk or not, in any order, a file may be
as long as it should be and hold nothing, and names may have changed in any order. A rename happens whole.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.disk.recorded import Step

_SECTOR = 512
_CREATED, _EMPTIED = 1, 2


@dataclass(eq=False, slots=True)
class DiskFile:
    """One file: what surely lasts, and what was done since."""

    lasting: bytearray = field(default_factory=bytearray)
    loose: list[tuple[int, bytes | None]] = field(default_factory=list)  # (at, bytes), or (length, None)

    def sync(self) -> None:
        for at, data in self.loose:
            _apply(self.lasting, at, data)
        self.loose.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        """Return what may be found in it."""
        found, share = bytearray(self.lasting), chance.choice((0.0, 0.5, 0.9, 1.0))
        for at, data in self.loose:
            if data is None:
                if chance.random() < share:
                    _apply(found, at, None)
                continue
            if chance.random() < share / 2 and len(found) < at + len(data):
                _apply(found, at + len(data), None)  # its length came to the disk, not yet its bytes
            for first, sector in _sectors(at, data):
                if chance.random() < share:
                    _apply(found, first, sector)
        return bytes(found)


@dataclass(eq=False, slots=True)
class DiskFolder:
    """One folder: the names that surely last, those of now, and what was done to names since."""

    lasting: "dict[str, Node]" = field(default_factory=dict)
    now: "dict[str, Node]" = field(default_factory=dict)
    loose: "list[tuple[str, str, Node | None]]" = field(default_factory=list)  # (gone, come, what)

    def change(self, gone: str, come: str, node: "Node | None") -> None:
        """Let one name go and another one come; either may be ""."""
        _rename(self.now, gone, come, node)
        self.loose.append((gone, come, node))

    def sync(self) -> None:
        self.lasting = dict(self.now)
        self.loose.clear()

    def after_a_cut(self, chance: random.Random) -> "dict[str, Node]":
        """Return the names that may be found in it."""
        found = dict(self.lasting)
        in_order = chance.random() < 0.5  # as file systems with a log do
        share, first = chance.choice((0.0, 0.5, 1.0)), chance.randint(0, len(self.loose))
        for number, (gone, come, node) in enumerate(self.loose):
            if number < first if in_order else chance.random() < share:
                _rename(found, gone, come, node)
        return found


Node = DiskFile | DiskFolder


class Disk:
    """A folder on a disk, step by step."""

    def __init__(self, root: Path) -> None:
        """Begin with what lies there now, all of it lasting."""
        self._root = str(root)
        self._by_inode: dict[int, Node] = {}
        self._top = self._found(root)

    def step(self, step: Step) -> None:
        """Do what the program did."""
        match step.what:
            case "o":
                self._open(step)
            case "w":
                self._file(step.inode).loose.append((step.at, step.first))
            case "t":
                self._file(step.inode).loose.append((step.at, None))
            case "s":
                self._by_inode[step.inode].sync()
            case "m":
                folder, name = self._place(step.path)
                self._by_inode[step.inode] = made = DiskFolder()
                folder.change("", name, made)
            case "u":
                folder, name = self._place(step.path)
                folder.change(name, "", folder.now[name])
            case "r":
                self._rename(step.path, step.new_path)

    def cut(self, chance: random.Random, into: Path) -> None:
        """Write one of the disks that may be found after a power cut now."""
        _write(self._top, into, chance)

    def _open(self, step: Step) -> None:
        if step.path == self._root:
            self._by_inode[step.inode] = self._top
            return
        folder, name = self._place(step.path)
        node = folder.now.get(name)
        if step.at & _CREATED or node is None:
            node = DiskFile()
            folder.change("", name, node)
        if step.at & _EMPTIED and isinstance(node, DiskFile):
            node.loose.append((0, None))
        self._by_inode[step.inode] = node

    def _rename(self, old: str, new: str) -> None:
        source, gone = self._place(old)
        target, come = self._place(new)
        node = source.now[gone]
        if source is target:
            source.change(gone, come, node)
        else:
            target.change("", come, node)
            source.change(gone, "", node)

    def _file(self, inode: int) -> DiskFile:
        node = self._by_inode[inode]
        assert isinstance(node, DiskFile)
        return node

    def _place(self, path: str) -> tuple[DiskFolder, str]:
        *folders, name = Path(path).relative_to(self._root).parts
        place: Node = self._top
        for each in folders:
            assert isinstance(place, DiskFolder)
            place = place.now[each]
        assert isinstance(place, DiskFolder)
        return place, name

    def _found(self, folder: Path) -> DiskFolder:
        names: dict[str, Node] = {}
        for path in folder.iterdir():
            names[path.name] = self._found(path) if path.is_dir() else DiskFile(bytearray(path.read_bytes()))
            self._by_inode[path.stat().st_ino] = names[path.name]
        return DiskFolder(names, dict(names))


def _rename(names: dict[str, Node], gone: str, come: str, node: Node | None) -> None:
    if gone and names.get(gone) is node:
        del names[gone]
    if come and node is not None:
        names[come] = node


def _apply(data: bytearray, at: int, new: bytes | None) -> None:
    """Write bytes, or set the length (None)."""
    end = at if new is None else at + len(new)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if new is None:
        del data[at:]
    else:
        data[at:end] = new


def _sectors(at: int, data: bytes) -> Iterable[tuple[int, bytes]]:
    first = at
    while first < at + len(data):
        end = min((first // _SECTOR + 1) * _SECTOR, at + len(data))
        yield first, data[first - at : end - at]
        first = end


def _write(folder: DiskFolder, into: Path, chance: random.Random) -> None:
    into.mkdir()
    for name, node in sorted(folder.after_a_cut(chance).items()):
        if isinstance(node, DiskFolder):
            _write(node, into / name, chance)
        else:
            (into / name).write_bytes(node.after_a_cut(chance))
