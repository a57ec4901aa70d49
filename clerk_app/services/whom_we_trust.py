"""Whom this counter trusts: the newest list that central signed, and what its administrator laid into a folder."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from clerk_app.domain.trust_list import EVERYTHING, Purpose, TrustList, TrustListDamaged, read_trust_list
from clerk_app.errors import say
from signing.errors import CertificateUnreadable
from signing.trust import Trust, load_trust, names_in, trust_in
from sync.errors import FileError
from sync.files import FileStore
from sync.journal import Journal, published

NAME = "trust"  # of the document that central publishes

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trusted:
    """One certificate that is trusted: whose, for what, and who says so."""

    name: str
    sha256: str  # hex, over the DER
    purposes: frozenset[Purpose]
    because: str  # a sentence


@dataclass(frozen=True, slots=True)
class KeptTrustList:
    """The newest list that came from central and can be read; its versions never go back (`sync.journal.published`)."""

    journal: Journal
    files: FileStore

    def newest(self) -> tuple[int, TrustList] | None:
        """Return number and list, None before the first."""
        with self.journal.reading() as tx:
            came = published.versions(tx, NAME)
        for each in reversed(came):
            try:
                return each.version, read_trust_list(self.files.get(each.sha256))
            except (TrustListDamaged, FileError) as damaged:
                log.warning("trust_list_not_used", version=each.version, why=type(damaged).__name__)
        return None


@dataclass(frozen=True, slots=True)
class WhomWeTrust:
    """`kept` None: no counter is open, the folder alone counts."""

    folder: Path
    kept: KeptTrustList | None = None

    def trust(self) -> Trust:
        """Return the anchors of both, by purpose; raises `CertificateUnreadable` for a broken file in the folder."""
        local = load_trust(self.folder)
        listed = self._list()
        if listed is None:
            return local
        signing = _sorted(listed[1], Purpose.SIGNATURE)
        time = _sorted(listed[1], Purpose.TIME)
        others = _united(signing.others, time.others, local.others)
        return Trust(_united(signing.roots, local.roots), others, _united(time.roots, local.roots))

    def everybody(self) -> tuple[Trusted, ...]:
        """Return everybody trusted here, those of the list first."""
        found: dict[str, Trusted] = {}
        listed = self._list()
        if listed is not None:
            number, trusted = listed
            for each in trusted.anchors:
                because = say(
                    "{name}: trong danh sách tin cậy số {number} ({label}) do máy chủ trung tâm ký",
                    name=each.name,
                    number=number,
                    label=trusted.label,
                )
                digest = hashlib.sha256(each.certificate).hexdigest()
                found[digest] = Trusted(each.name, digest, each.purposes, because)
        for name, der in names_in(self.folder):
            digest = hashlib.sha256(der).hexdigest()
            because = say("{name}: do người quản trị máy này đặt trong thư mục tin cậy", name=name)
            found.setdefault(digest, Trusted(name, digest, EVERYTHING, because))
        return tuple(found.values())

    def because(self, sha256: str) -> str:
        """Return why a root is trusted, by its fingerprint; empty for one that is not."""
        return next((each.because for each in self.everybody() if each.sha256 == sha256), "")

    def _list(self) -> tuple[int, TrustList] | None:
        return self.kept.newest() if self.kept is not None else None


def _sorted(trusted: TrustList, purpose: Purpose) -> Trust:
    try:
        return trust_in(each.certificate for each in trusted.anchors if purpose in each.purposes)
    except CertificateUnreadable:
        log.warning("trust_list_not_used", why="CertificateUnreadable")
        return Trust(())


def _united(*parts: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))
