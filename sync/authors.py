"""Whose signature counts on entries of this unit: central's certified list, kept for the hours without a network."""

from dataclasses import dataclass

from sync.client import Central
from sync.contract import seals
from sync.contract.members import as_json, objects, read_object, text
from sync.contract.messages import HUB_ROLE, AuthorKey, Malformed, Signed
from sync.contract.wire import author_from, signed_as_json, signed_from
from sync.entry import Entry, verify
from sync.errors import EntryForged, StatementForged
from sync.journal import Journal, meta

KEPT = "authors"  # the signed list, as it came
_ETAG = "authors_etag"


@dataclass(frozen=True, slots=True)
class Authors:
    """The keys that central certified for a unit, revoked ones too: what they signed before still counts."""

    keys: tuple[AuthorKey, ...] = ()

    def keys_of(self, author: str) -> tuple[bytes, ...]:
        """Return all public keys of an author (32 bytes each), none for an unknown one."""
        return tuple(key.public_key for key in self._of(author))

    @property
    def hub_keys(self) -> tuple[bytes, ...]:
        """The keys of the unit's hub, as central certified it: it allots numbers in central's place."""
        return tuple(key.public_key for key in self.keys if HUB_ROLE in key.roles and key.revoked_at is None)

    def called(self, device: str) -> str:
        """Return how people call a device (`device:<id>`): by its name, with the id where two have the same; else by its id."""
        id_ = device.partition(":")[2] or device
        names = {key.author: key.name for key in self.keys if key.name and key.revoked_at is None}
        name = names.pop(device, "") or next((key.name for key in self._of(device)), "")
        return f"{name} ({id_})" if name and name in names.values() else name or id_

    def check(self, entry: Entry) -> None:
        """Raise `EntryForged` unless one of the author's keys signed the entry."""
        for key in self._of(entry.author):
            try:
                verify(entry, key.public_key)
            except EntryForged:
                continue
            return
        raise EntryForged(entry=entry.id, reason="không khóa nào của người lập khớp")

    def _of(self, author: str) -> list[AuthorKey]:
        return [key for key in self.keys if key.author == author]


def known(journal: Journal) -> Authors:
    """Return the list as last kept; empty before the first round."""
    with journal.reading() as tx:
        kept = meta.get(tx, KEPT)
    return read_kept(kept or "")


def read_kept(told: str) -> Authors:
    """Read the list as a journal keeps it, "" for none. It was verified before it was kept."""
    return Authors(_keys(signed_from(read_object(told.encode("utf-8"))).data)) if told else Authors()


def are_known(journal: Journal, etag: str) -> bool:
    """Whether we have the list that central has under this ETag."""
    with journal.reading() as tx:
        return meta.get(tx, _ETAG) == etag


def refresh(journal: Journal, central: Central, central_key: bytes) -> Authors:
    """Fetch the list if it changed, and keep it; raises `StatementForged`, and what we have stays."""
    with journal.reading() as tx:
        ours = meta.get(tx, _ETAG)
    fetched = central.authors(ours or "")
    if fetched is None:
        return known(journal)
    signed, etag = fetched
    authors = _believed(signed, journal.unit, central_key)
    with journal.writing() as tx:
        meta.put(tx, KEPT, as_json(signed_as_json(signed)).decode("utf-8"))
        meta.put(tx, _ETAG, etag)
    return authors


def _believed(signed: Signed, unit: str, central_key: bytes) -> Authors:
    if not seals.holds(signed, seals.AUTHORS, central_key):
        raise StatementForged(name=KEPT)
    try:
        is_ours = text(read_object(signed.data), "unit") == unit
        keys = _keys(signed.data)
    except Malformed as error:
        raise StatementForged(name=KEPT) from error
    if not is_ours:
        raise StatementForged(name=KEPT)
    return Authors(keys)


def _keys(data: bytes) -> tuple[AuthorKey, ...]:
    return tuple(author_from(told) for told in objects(read_object(data), "authors"))
