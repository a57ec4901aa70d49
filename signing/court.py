"""Judges time-stamps and revocation by what a file carries: which time is proven, and who was revoked before it.

Time-stamps are judged from the last to the first. The last one counts as long as its authority's certificate lives; each
good one proves that all before it were there by its time, and they are judged as of then. That is what renewal is for
(ETSI EN 319 102-1, 5.6.2.3, past certificate validation, in its simplest form).
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from signing.asn1 import cms
from signing.chain import aware, context
from signing.evidence import Evidence
from signing.report import Revocation, TimeStampReport
from signing.revocation_data import Standing, Status, status_of
from signing.time_token import judge
from signing.trust import Trust

Found = tuple[str, EmbeddedPdfSignature | None]  # a field's name, and what it holds where that can be read
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True)
class Court:
    """One file before its judge: our roots, what the file carries, and from when we look (`at`, or `now`; UTC)."""

    trust: Trust
    evidence: Evidence
    at: datetime | None
    now: datetime

    @property
    def from_when(self) -> datetime:
        return self.now if self.at is None else self.at

    def context(self, moment: datetime) -> ValidationContext:
        return context(self.trust, moment, self.evidence.certificates)

    def moment(self, claimed: datetime | None, proven: datetime | None) -> datetime:
        """Return when a signature counts: when it claims, or `at`; never later than it is proven, nor yet to come."""
        wanted = self.now if claimed is None else aware(claimed)
        if self.at is not None:
            wanted = self.at if proven is None else proven
        return min(each for each in (wanted, proven, self.from_when) if each is not None)

    async def document_stamps(self, found: Iterable[Found]) -> list[TimeStampReport]:
        """Judge the document time-stamps; what cannot be read is there, and not intact."""
        named = list(found)
        reports, by = [_unread(name) for name, embedded in named if embedded is None], self.from_when
        readable = [(name, embedded) for name, embedded in named if embedded is not None]
        for name, embedded in sorted(readable, key=lambda pair: -end_of(pair[1])):
            report = await self._stamp(
                TimeStampReport(name, True, end_of(embedded), False),
                embedded.signed_data,
                embedded.compute_digest,
                by,
            )
            of_a_document = embedded.sig_object.get("/SubFilter") == SigSeedSubFilter.ETSI_RFC3161.value
            reports.append(report if of_a_document else _unread(name))
            if of_a_document and report.good and report.time is not None:
                by = min(by, report.time)
        return reports

    async def stamps_inside(
        self, embedded: EmbeddedPdfSignature, after: Sequence[TimeStampReport]
    ) -> list[TimeStampReport]:
        """Judge the time-stamps in a signature, given the good document time-stamps over it."""
        by = min((each.time for each in after if each.time is not None), default=self.from_when)
        signature = embedded.signer_info["signature"].native
        empty = TimeStampReport(str(embedded.field_name), False, end_of(embedded), False)
        return [
            await self._stamp(empty, data, lambda name: hashlib.new(name, signature).digest(), by)
            for data in extract_tst_data_iter(embedded.signer_info, signed=False)
        ]

    async def _stamp(
        self, empty: TimeStampReport, data: cms.SignedData, digest_of: Callable[[str], bytes], by: datetime
    ) -> TimeStampReport:
        try:
            token = await judge(data, _strong(digest_of), self.trust, by, self.evidence.certificates)
        except Exception:  # noqa: BLE001 - hostile bytes meet parsers with any built-in error
            return empty
        by = max(by, token.time)
        links = self._links(token.chain, token.time)
        alive = all(each.since is None or each.since > by for each in links)
        return TimeStampReport(
            field=empty.field,
            document=empty.document,
            covers=empty.covers,
            intact=token.intact,
            good=token.good and alive,
            known=bool(links) and all(each.standing is not Standing.NOT_KNOWN for each in links),
            time=token.time,
            ends=token.ends,
            authority=token.authority,
            chain=token.chain,
        )

    def revocation(
        self, chain: tuple[bytes, ...], moment: datetime, proven: datetime | None
    ) -> tuple[Revocation, datetime | None]:
        """Return what the file tells of a signer's chain at `moment`, and since when the first of it is revoked."""
        links = self._links(chain, moment if proven is None else proven)
        revoked = [each.since for each in links if each.since is not None]
        if revoked:
            since = min(revoked)
            after = proven is not None and proven < since
            if not after:
                return Revocation.REVOKED_BEFORE, since
            if all(each.standing is not Standing.NOT_KNOWN for each in links):
                return Revocation.REVOKED_AFTER, since
            return Revocation.NOT_KNOWN, since
        good = bool(links) and all(each.standing is Standing.GOOD for each in links)
        return (Revocation.GOOD if good else Revocation.NOT_KNOWN), None

    def _links(self, chain: tuple[bytes, ...], moment: datetime) -> list[Status]:
        """Return where each certificate of a chain stands, the root apart: it is trusted because we say so."""
        return [
            status_of(one, issuer, self.evidence.data, moment, self.now) for one, issuer in pairwise(chain)
        ]


def is_time_stamp(value: object) -> bool:
    """Whether a signature field's value calls itself a document time-stamp."""
    found = value
    if isinstance(value, IndirectObject):
        found = value.get_object()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return isinstance(found, DictionaryObject) and found.get("/Type") == "/DocTimeStamp"


def end_of(embedded: EmbeddedPdfSignature) -> int:
    """Return how many bytes of the file, from its first, a signature or time-stamp is over."""
    return int(embedded.byte_range[2]) + int(embedded.byte_range[3])


def _unread(name: str) -> TimeStampReport:
    return TimeStampReport(str(name), True, 0, False)


def _strong(digest_of: Callable[[str], bytes]) -> Callable[[str], bytes]:
    def _digest(name: str) -> bytes:
        if name not in _DIGESTS:
            raise ValueError(name)
        return digest_of(name)

    return _digest
