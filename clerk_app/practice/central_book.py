"""What the practice central system has on its books: asked over HTTP, as any counter may ask."""

from dataclasses import dataclass

from clerk_app.practice.office import PracticeOffice
from clerk_app.settings import read_enrolment
from sync.client import Account, HttpCentral
from sync.entry import parse


@dataclass(frozen=True, slots=True)
class BookLine:
    """One entry that central settled."""

    subject: str  # dossier id, or the unit's for acts on no dossier
    kind: str
    hash: str  # hex
    verdict: str  # accepted | conflict | refused


def read_book(office: PracticeOffice) -> tuple[BookLine, ...]:
    """Return every entry of the unit's feed, from its beginning; raises `Offline` and other `CentralError`."""
    with _central(office) as central:
        lines: list[BookLine] = []
        cursor, more = "", True
        while more:
            page = central.feed(cursor)
            for item in page.items:
                carried = item.entry
                entry = parse(carried.header, carried.sig, carried.salt, carried.body)
                lines.append(BookLine(entry.subject, entry.kind, entry.hash, item.answer.verdict.value))
            cursor, more = page.next, page.more
    return tuple(lines)


def missing_files(office: PracticeOffice, sha256s: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of these files central does not hold."""
    with _central(office) as central:
        return central.have(sha256s)


def _central(office: PracticeOffice) -> HttpCentral:
    enrolment = read_enrolment(office.counter)
    return HttpCentral(office.settings().central, Account(enrolment.device_id, enrolment.device_token))
