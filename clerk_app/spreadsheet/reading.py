"""A spreadsheet as versions of procedures: every row judged, each fault with its sheet, row and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clerk_app.domain.catalogue_check import Fault
from clerk_app.domain.paper import PaperKind
from clerk_app.domain.procedure import Exemption, Fee, Procedure, TimeLimit
from clerk_app.errors import OfficeError
from clerk_app.spreadsheet.cells import read_line
from clerk_app.spreadsheet.layout import CATALOGUE, EXEMPTIONS, FEES, PAPERS, PROCEDURES, Sheet
from clerk_app.spreadsheet.workbook import Line, Lines, Place, RowFault, read_lines

Key = tuple[str, str]  # code and version


class ProcedureRowMissing(OfficeError):
    message = "Trang “Thủ tục” không có thủ tục {code}, bản {version}."
    remedy = "Thêm dòng thủ tục, hoặc sửa mã và bản của dòng này cho khớp."


class ProcedureRowDoubled(OfficeError):
    message = "Thủ tục {code}, bản {version} đã ghi ở dòng {row}."
    remedy = "Bỏ dòng lặp; số liệu đổi từ một ngày thì ghi thành bản mới."


class FeeRowMissing(OfficeError):
    message = "Trang “Lệ phí” không có khoản “{fee}” của thủ tục {code}, bản {version}."
    remedy = "Ghi đúng tên khoản thu như ở trang Lệ phí."


@dataclass(frozen=True, slots=True)
class Record:
    """One row read: which version of which procedure it belongs to, and the members that are given."""

    sheet: Sheet
    row: int
    key: Key
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a spreadsheet says. `faults` name rows; `spoiled` are the procedures that cannot be taken."""

    procedures: tuple[Procedure, ...]
    faults: tuple[RowFault, ...]
    spoiled: frozenset[Key]
    _rows: Mapping[Key, tuple[Record, ...]] = field(repr=False)

    def place_of(self, fault: Fault) -> Place:
        """Return where on the spreadsheet the figure of a fault stands."""
        member, records = fault.place, self._rows.get((fault.code, fault.version), ())
        for sheet, name in ((PAPERS, "papers"), (FEES, "fees")):
            number, rest = _taken_apart(member, name)
            rows = [record for record in records if record.sheet is sheet]
            if number is None or number >= len(rows):
                continue
            exempt, inner = _taken_apart(rest, "exemptions")
            if exempt is not None:
                title = rows[number].values["title"]
                rows = [r for r in records if r.sheet is EXEMPTIONS and r.values["fee"] == title]
                return _at(rows[exempt], inner)
            return _at(rows[number], rest)
        head = next((record for record in records if record.sheet is PROCEDURES), None)
        return _at(head, member) if head else Place(PROCEDURES.title)

    def row_of(self, key: Key) -> int:
        """Return the row of a version on the sheet of procedures, 0 when it stands on none."""
        return next((r.row for r in self._rows.get(key, ()) if r.sheet is PROCEDURES), 0)

    def code_at(self, place: Place) -> str:
        """Return to which procedure a row belongs, "" when to none."""
        records = (record for rows in self._rows.values() for record in rows)
        return next((r.key[0] for r in records if (r.sheet.title, r.row) == (place.sheet, place.row)), "")

    @property
    def adrift(self) -> bool:
        """Whether some row belongs to no procedure of the sheet."""
        return any(all(row.sheet is not PROCEDURES for row in rows) for rows in self._rows.values())


def read_spreadsheet(data: bytes) -> SheetRead:
    """Return the procedures of an .xlsx file with every fault in its rows; raises `NotASpreadsheet`."""
    found = read_lines(data, CATALOGUE)
    faults = [fault for lines in found.values() for fault in lines.faults]
    spoiled: set[Key] = set()
    records: list[Record] = []
    for sheet in CATALOGUE:
        for line in found[sheet.title].lines:
            record, wrong = _record(sheet, line)
            records.append(record)
            faults += wrong
            if wrong:
                spoiled.add(record.key)
    spoiled |= _spoiled_by(faults, found, records)
    faults += _strays(records, spoiled)
    rows: dict[Key, tuple[Record, ...]] = {}
    for record in records:
        rows[record.key] = (*rows.get(record.key, ()), record)
    heads = {record.key: record for record in records if record.sheet is PROCEDURES}
    whole = tuple(_procedure(head, rows[key]) for key, head in heads.items() if key not in spoiled)
    return SheetRead(whole, tuple(faults), frozenset(spoiled), rows)


def _record(sheet: Sheet, line: Line) -> tuple[Record, list[RowFault]]:
    values, faults = read_line(sheet, line)
    key = str(values.get("code", "")), str(values.get("version", ""))
    return Record(sheet, line.number, key, values), faults


def _spoiled_by(
    faults: Iterable[RowFault], found: Mapping[str, Lines], records: Iterable[Record]
) -> set[Key]:
    """A formula spoils the procedure of its row; a sheet or column that is missing spoils every procedure."""
    by_place = {(record.sheet.title, record.row): record.key for record in records}
    if any((place := fault.place).row < 2 for fault in faults):
        return set(by_place.values())
    rows = {(place.sheet, place.row) for fault in faults if (place := fault.place).sheet in found}
    return {key for place, key in by_place.items() if place in rows}


def _strays(records: list[Record], spoiled: set[Key]) -> list[RowFault]:
    """Find rows that belong to no procedure or fee, and procedures told twice; what they spoil is added."""
    heads: dict[Key, int] = {}
    faults = []
    for record in records:
        code, version = record.key
        place = Place(record.sheet.title, record.row, record.sheet.columns[0].title)
        if not code or not version:
            continue  # told as an empty cell already
        if record.sheet is PROCEDURES and record.key in heads:
            doubled = ProcedureRowDoubled(code=code, version=version, row=heads[record.key])
            faults.append(RowFault(place, doubled))
            spoiled.add(record.key)
        elif record.sheet is PROCEDURES:
            heads[record.key] = record.row
        elif record.key not in heads:
            faults.append(RowFault(place, ProcedureRowMissing(code=code, version=version)))
            spoiled.add(record.key)
    fees = {(record.key, record.values.get("title")) for record in records if record.sheet is FEES}
    for record in records:
        named = record.values.get("fee")
        if record.sheet is EXEMPTIONS and named and record.key in heads and (record.key, named) not in fees:
            place = Place(EXEMPTIONS.title, record.row, EXEMPTIONS.column_of("fee").title)
            code, version = record.key
            faults.append(RowFault(place, FeeRowMissing(fee=named, code=code, version=version)))
            spoiled.add(record.key)
    return faults


def _procedure(head: Record, rows: Iterable[Record]) -> Procedure:
    rows = tuple(rows)
    papers = tuple(PaperKind(**_members(record)) for record in rows if record.sheet is PAPERS)
    free = [record for record in rows if record.sheet is EXEMPTIONS]
    fees = []
    for record in rows:
        if record.sheet is FEES:
            exempt = tuple(
                Exemption(**_members(each, {"fee"}))
                for each in free
                if each.values["fee"] == record.values["title"]
            )
            members = {"amount": None} | _members(record)
            fees.append(Fee(**members, exemptions=exempt))
    members = _members(head, set()) | {"code": head.key[0], "version": head.key[1]}
    limit = {name.removeprefix("time_limit."): members.pop(name) for name in tuple(members) if "." in name}
    return Procedure(**members, time_limit=TimeLimit(**limit), papers=papers, fees=tuple(fees))


def _members(record: Record, without: Iterable[str] = ()) -> dict[str, Any]:
    left_out = {"code", "version", *without}
    return {name: value for name, value in record.values.items() if name not in left_out}


def _taken_apart(place: str, name: str) -> tuple[int | None, str]:
    """Take "papers[2].source" apart into 2 and "source"; None where the place is of something else."""
    begins = f"{name}["
    if not place.startswith(begins):
        return None, place
    number, _, rest = place.removeprefix(begins).partition("]")
    return int(number), rest.removeprefix(".")


def _at(record: Record, member: str) -> Place:
    return Place(record.sheet.title, record.row, record.sheet.column_of(member).title)
