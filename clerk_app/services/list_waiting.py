"""List what needs central or a person: what waits to be sent, what was not taken, what was taken with a flag, alarms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from clerk_app.domain.kinds import BY_HAND, FURTHER_SIGNATURES, IN_THE_CITIZENS_HANDS, Kind
from clerk_app.domain.sending import Waiting, WaitingFiles
from clerk_app.errors import in_a_row
from clerk_app.services.next_steps import (
    ADMINISTRATOR,
    ALARMS,
    CALL_ADMINISTRATOR,
    CHOOSE,
    OFFICE_REASONS,
    TURN_PASSED,
    TURN_WENT,
    next_step,
)
from clerk_app.services.not_taken import NotTaken, not_taken
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from sync.contract.messages import REASONS
from sync.entry import read_header
from sync.errors import EntryMalformed, FileMissing
from sync.files import FileStore
from sync.fold import Why
from sync.journal import Journal, alarms, deliveries, references
from sync.journal.alarms import Alarm
from sync.journal.deliveries import Delivery
from sync.journal.entries import FINAL, HELD, HELD_BACK, NOT_TAKEN

_OLDEST = datetime.min.replace(tzinfo=UTC)

_IN_WORDS = {**REASONS, **OFFICE_REASONS}
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(FURTHER_SIGNATURES, TURN_PASSED),
    **dict.fromkeys(BY_HAND, TURN_WENT),
}

Named = Mapping[str, tuple[str, str]]  # dossier id -> code, owner


@dataclass(frozen=True, slots=True)
class ListWaiting:
    journal: Journal
    archive: Archive

    def __call__(self) -> tuple[Waiting, ...]:
        """Return every open, parked or flagged act of ours and every alarm, oldest first, with reasons in words."""
        with self.journal.reading() as tx:
            found = (*deliveries.unsettled(tx), *deliveries.flagged(tx))
            raised = alarms.unsettled(tx, self.journal.unit)
            settled = deliveries.being_resolved(tx, {each.entry.subject for each in found})
            apart = {each.entry.id: not_taken(tx, each.entry) for each in found if _is_correction(each)}
        subjects = {alarm.key: _subject(alarm) for alarm in raised}
        named = _named(self.archive, (*(each.entry.subject for each in found), *subjects.values()))
        listed = (
            *(_with_sides(_waiting(each, named, settled), apart.get(each.entry.id)) for each in found),
            *(_alarm(each, subjects[each.key], named) for each in raised),
        )
        return tuple(sorted(listed, key=lambda each: each.occurred_at or _OLDEST))


@dataclass(frozen=True, slots=True)
class ListWaitingFiles:
    journal: Journal
    archive: Archive
    files: FileStore

    def __call__(self) -> tuple[WaitingFiles, ...]:
        """Return for each dossier how many of its files central lacks, and their size."""
        with self.journal.reading() as tx:
            owners = references.owners_of_waiting(tx)
        named = _named(self.archive, {owner for those in owners.values() for owner in those})
        sizes: dict[str, list[int]] = {}
        for sha256, those in owners.items():
            for owner in sorted(those & named.keys()):
                sizes.setdefault(owner, []).append(self._size(sha256))
        return tuple(
            WaitingFiles(dossier, *named[dossier], len(those), sum(those)) for dossier, those in sizes.items()
        )

    def _size(self, sha256: str) -> int:
        try:
            return self.files.size(sha256)
        except FileMissing:
            return 0  # the round says what is wrong with it


def _named(archive: Archive, subjects: Iterable[str]) -> Named:
    with archive.reading() as view:
        return dossiers.codes(view, set(subjects))


def _is_correction(delivery: Delivery) -> bool:
    return delivery.entry.kind == Kind.CORRECTED and delivery.verdict in NOT_TAKEN


def _with_sides(each: Waiting, found: NotTaken | None) -> Waiting:
    """Add what a correction that was not taken and the dossier as it counts say, side by side."""
    if found is None:
        return each
    step = CHOOSE if found.choosable else each.next_step
    return replace(each, conflicts=found.conflicts, to_choose=found.choosable, next_step=step)


def _waiting(delivery: Delivery, named: Named, settled: frozenset[str]) -> Waiting:
    entry = delivery.entry
    code, person = named.get(entry.subject, ("", ""))
    reasons = (delivery.reason, *delivery.flags) if delivery.reason else delivery.flags
    if entry.kind in _MEANT:
        reasons = tuple(_MEANT[entry.kind] if reason == Why.GUARD else reason for reason in reasons)
    parked, flagged = delivery.verdict in NOT_TAKEN, delivery.verdict in FINAL
    return Waiting(
        entry=entry.id,
        dossier=entry.subject,
        code=code,
        kind=entry.kind,
        occurred_at=entry.occurred_at,
        parked=parked,
        reason=in_a_row(*(_IN_WORDS.get(reason, reason) for reason in reasons)),
        owner=delivery.owner,
        flagged=flagged,
        person=person,
        next_step=next_step(reasons, parked=parked, kept=entry.kind in IN_THE_CITIZENS_HANDS)
        if parked or flagged
        else "",
        settled=parked and entry.id in settled,
        held=delivery.verdict in (HELD, *HELD_BACK),
    )


def _alarm(alarm: Alarm, subject: str, named: Named) -> Waiting:
    code, person = named.get(subject, ("", ""))
    return Waiting(
        entry=alarm.key,
        dossier=subject,
        code=code,
        kind="",
        occurred_at=_occurred_at(alarm),
        reason=ALARMS.get(alarm.what, alarm.what),
        owner=ADMINISTRATOR,
        flagged=True,
        person=person,
        next_step=CALL_ADMINISTRATOR,
    )


def _subject(alarm: Alarm) -> str:
    try:
        return read_header(alarm.carried.header)[0].subject
    except EntryMalformed:
        return ""


def _occurred_at(alarm: Alarm) -> datetime | None:
    try:
        return read_header(alarm.carried.header)[0].occurred_at
    except EntryMalformed:
        return None
