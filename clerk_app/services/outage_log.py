"""The outage log: the counter's journal says when central was out of reach, why, and what was done meanwhile.

A failed round may be a hiccup; from the second on it is an outage and becomes an entry of the device. Between that entry
and the one that ends it stand, in one signed chain, the acts of the outage: nobody can slip one in later.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.domain.outage import Cause, Outage, OutageAct
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.dossiers import NoSuchDossier
from clerk_app.store.projection import body_of
from sync import authors
from sync.authors import Authors
from sync.clock import read_time, rfc3339
from sync.entry import Entry, Signer
from sync.errors import CentralBusy, CentralError, CentralFailed, DeviceRefused, JournalError, Offline
from sync.journal import Journal, entries, meta

_ROUNDS = 2  # failed one after another; a single one leaves no trace
_UNDER_WAY = "outage"  # a fact of the journal about itself
_CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class OutageLog:
    journal: Journal
    archive: Archive
    device: Signer
    now: Callable[[], datetime]

    def __call__(self) -> tuple[Outage, ...]:
        """Return the outages that are in this counter's journal, its own and those of others, newest first."""
        with self.journal.reading() as tx:
            noted = entries.of_kinds(tx, self.journal.unit, (Kind.LINE_LOST, Kind.LINE_BACK))
            running = _read(meta.get(tx, _UNDER_WAY))
        known = authors.known(self.journal)
        begun = [each for entry in noted if entry.kind == Kind.LINE_LOST and (each := _begun(entry))]
        ends = [end for entry in noted if entry.kind == Kind.LINE_BACK and (end := _ended(entry))]
        found = (self._outage(each, _end_of(each, ends), running, known) for each in begun)
        return tuple(sorted(found, key=lambda each: each.since, reverse=True))

    def failed(self, error: CentralError) -> None:
        """Note that a round did not reach central; the second in a row begins an outage.

        A damaged journal takes no entry; it goes on sending what it has, and the outage is in no log.
        """
        with suppress(JournalError):
            self._failed(error)

    def answered(self) -> bool:
        """Note that a whole round went through; return whether that ended an outage that had begun."""
        try:
            return self._answered()
        except JournalError:
            return False

    def _failed(self, error: CentralError) -> None:
        now = rfc3339(self.now())
        with self.journal.reading() as tx:
            head = entries.chain_head(tx, self.journal.chain)
        told = self._under_way() or {"since": now, "chain": head.chain, "first": head.seq + 1, "rounds": 0}
        told |= {"last_failed": now, "rounds": told["rounds"] + 1}
        told.setdefault("cause", _cause(error).value)
        if told["rounds"] < _ROUNDS or "begun" in told:
            with self.journal.writing() as tx:
                meta.put(tx, _UNDER_WAY, json.dumps(told))
            return
        with self.journal.act(self.device) as act:
            body = {name: told[name] for name in ("since", "cause", "chain", "first")}
            entry = act.add(self.journal.unit, Kind.LINE_LOST, {"v": 1, "what": _CENTRAL, **body})
            meta.put(act.tx, _UNDER_WAY, json.dumps(told | {"begun": entry.id}))

    def _answered(self) -> bool:
        with self.journal.reading() as tx:
            if not meta.get(tx, _UNDER_WAY):
                return False
        told = self._under_way()
        if "begun" not in told:  # a hiccup
            with self.journal.writing() as tx:
                meta.put(tx, _UNDER_WAY, "")
            return False
        with self.journal.act(self.device) as act:
            body = {name: told[name] for name in ("begun", "since", "last_failed", "cause", "rounds")}
            end = {"until": rfc3339(self.now())}
            act.add(self.journal.unit, Kind.LINE_BACK, {"v": 1, "what": _CENTRAL, **body, **end})
            meta.put(act.tx, _UNDER_WAY, "")
        return True

    def _under_way(self) -> dict[str, Any]:
        """Return what is noted of the outage that lasts; a copy of a journal, put back, knows nothing of its end."""
        with self.journal.reading() as tx:
            told = _read(meta.get(tx, _UNDER_WAY))
        return told if told.get("chain") == self.journal.chain else {}

    def _outage(
        self, begun: "_Begun", end: "_Ended | None", running: Mapping[str, Any], known: Authors
    ) -> Outage:
        lasts = end is None and running.get("begun") == begun.entry.id
        last_failed, rounds = begun.entry.fields.occurred_at, _ROUNDS
        if end is not None:
            last_failed, rounds = end.asked
        elif lasts:
            last_failed, rounds = _asked(running)
        return Outage(
            counter=known.called(begun.entry.author),
            since=begun.since,
            last_failed=last_failed,
            until=None if end is None else end.until,
            lasts=lasts,
            cause=begun.cause,
            rounds=rounds,
            begun=begun.entry.hash,
            ended="" if end is None else end.entry.hash,
            acts=tuple(self._acts(begun.entry.fields.chain, begun.first, _last(begun, end, lasts=lasts))),
        )

    def _acts(self, chain: str, first: int, last: int | None) -> Iterator[OutageAct]:
        known: dict[str, Dossier | None] = {}
        with self.journal.reading() as tx:
            between = entries.of_chain(tx, chain, first, last)
        for entry in between:
            if entry.subject == self.journal.unit:
                continue
            if entry.subject not in known:
                known[entry.subject] = self._dossier(entry.subject)
            dossier = known[entry.subject]
            yield OutageAct(
                dossier=entry.subject,
                code=dossier.code if dossier else "",
                person=dossier.applicant.owner.name if dossier else "",
                kind=entry.kind,
                occurred_at=entry.fields.occurred_at,
                entry_hash=entry.hash,
                due=dossier.due_at if dossier else None,
            )

    def _dossier(self, subject: str) -> Dossier | None:
        try:
            with self.archive.reading() as view:
                return dossiers.get(view, subject)
        except NoSuchDossier:
            return None


@dataclass(frozen=True, slots=True)
class _Begun:
    """An entry that begins an outage, read."""

    entry: Entry
    since: datetime
    cause: Cause
    first: int  # place in its chain from which on acts belong to the outage


@dataclass(frozen=True, slots=True)
class _Ended:
    """An entry that ends one, read."""

    entry: Entry
    begun: str  # id
    until: datetime
    asked: tuple[datetime, int]  # the last time in vain, and how many times


def _begun(entry: Entry) -> _Begun | None:
    """Read an entry of any counter; what cannot be read is no evidence, and hides nothing else."""
    body = body_of(entry)
    try:
        return _Begun(entry, read_time(body["since"]), _known(body["cause"]), int(body["first"]))
    except (KeyError, TypeError, ValueError):
        return None


def _ended(entry: Entry) -> _Ended | None:
    body = body_of(entry)
    try:
        return _Ended(entry, str(body["begun"]), read_time(body["until"]), _asked(body))
    except (KeyError, TypeError, ValueError):
        return None


def _end_of(begun: _Begun, ends: Sequence[_Ended]) -> _Ended | None:
    """Return the end that the same counter wrote after it, in the same chain."""
    at = begun.entry.fields
    mine = (
        each
        for each in ends
        if each.begun == begun.entry.id
        and each.entry.author == begun.entry.author
        and each.entry.fields.chain == at.chain
        and each.entry.fields.seq > at.seq
    )
    return next(mine, None)


def _asked(told: Mapping[str, Any]) -> tuple[datetime, int]:
    return read_time(told["last_failed"]), int(told["rounds"])


def _last(begun: _Begun, end: _Ended | None, *, lasts: bool) -> int | None:
    """Return up to which place of the chain an outage reaches for certain; None: to its end."""
    if end is not None:
        return end.entry.fields.seq
    return None if lasts else begun.entry.fields.seq


def _read(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _cause(error: CentralError) -> Cause:
    match error:
        case CentralBusy():
            return Cause.BUSY
        case Offline():
            return _known(str(error.facts.get("why", Cause.CONNECTION)))
        case DeviceRefused():
            return Cause.REFUSED
        case CentralFailed():
            return Cause.FAILED
    return Cause.OTHER


def _known(text: str) -> Cause:
    try:
        return Cause(text)
    except ValueError:
        return Cause.OTHER
