"""The outage log: the counter's journal says when central was out of reach, why, and what was done meanwhile.

A failed round may be a hiccup; from the second on it is an outage and becomes an entry of the device. Between that entry
and the one that ends it stand, in one signed chain, the acts of the outage: nobody can slip one in later.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.domain.outage import Cause, Outage, OutageAct, newest_first
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.dossiers import NoSuchDossier
from clerk_app.store.projection import body_of
from sync.clock import read_time, rfc3339
from sync.entry import Entry, Signer
from sync.errors import CentralBusy, CentralError, CentralFailed, DeviceRefused, Offline
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
        told = [(entry, body_of(entry)) for entry in noted]
        ends = {body.get("begun"): (entry, body) for entry, body in told if entry.kind == Kind.LINE_BACK}
        begun = [entry for entry, body in told if entry.kind == Kind.LINE_LOST and body]
        return newest_first(self._outage(entry, ends.get(entry.id), running) for entry in begun)

    def failed(self, error: CentralError) -> None:
        """Note that a round did not reach central; the second in a row begins an outage."""
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

    def answered(self) -> None:
        """Note that central answers again; ends an outage that had begun."""
        told = self._under_way()
        if "begun" not in told:  # a hiccup
            with self.journal.writing() as tx:
                meta.put(tx, _UNDER_WAY, "")
            return
        with self.journal.act(self.device) as act:
            body = {name: told[name] for name in ("begun", "since", "last_failed", "cause", "rounds")}
            end = {"until": rfc3339(self.now())}
            act.add(self.journal.unit, Kind.LINE_BACK, {"v": 1, "what": _CENTRAL, **body, **end})
            meta.put(act.tx, _UNDER_WAY, "")

    def waits(self) -> bool:
        """Whether rounds have failed since central last answered."""
        with self.journal.reading() as tx:
            return bool(meta.get(tx, _UNDER_WAY))

    def _under_way(self) -> dict[str, Any]:
        """Return what is noted of the outage that lasts; a copy of a journal, put back, knows nothing of its end."""
        with self.journal.reading() as tx:
            told = _read(meta.get(tx, _UNDER_WAY))
        return told if told.get("chain") == self.journal.chain else {}

    def _outage(
        self, begun: Entry, end: tuple[Entry, Mapping[str, Any]] | None, running: Mapping[str, Any]
    ) -> Outage:
        body = body_of(begun)
        lasts = end is None and running.get("begun") == begun.id
        ended, last = end or (None, running if lasts else {})
        return Outage(
            counter=begun.author.removeprefix("device:"),
            since=read_time(body["since"]),
            last_failed=read_time(last["last_failed"]) if last else begun.fields.occurred_at,
            until=read_time(last["until"]) if ended is not None else None,
            lasts=lasts,
            cause=_known(body["cause"]),
            rounds=last["rounds"] if last else _ROUNDS,
            begun=begun.hash,
            ended=ended.hash if ended is not None else "",
            acts=tuple(self._acts(begun.fields.chain, body["first"], _last(begun, ended, lasts=lasts))),
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


def _last(begun: Entry, ended: Entry | None, *, lasts: bool) -> int | None:
    """Return up to which place of the chain an outage reaches for certain; None: to its end."""
    if ended is not None:
        return ended.fields.seq
    return None if lasts else begun.fields.seq


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
