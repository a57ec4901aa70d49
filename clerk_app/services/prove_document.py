"""Append to a signed PDF what proves it later, step by step: the time, the issuers' answers, a time-stamp over both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.progress import Progress
from signing.proof import (
    Level,
    add_time_stamp,
    add_validation_data,
    ends_of,
    level_of,
    renew_time_stamp,
)
from signing.proof_plan import Keeping, NextStep, Step, next_step
from signing.revocation import HttpIssuers, Issuers
from signing.time_stamp import HttpTimeStamper, TimeStamper
from signing.trust import Trust

_SECONDS = 150.0  # of one question: an authority was measured to take 131
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Proven:
    """A document with its proof, how much it proves now, and when that has to be renewed (UTC)."""

    pdf: bytes
    level: Level | None  # None: its signatures are not all valid
    steps: tuple[Step, ...]
    renew_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProveDocument:
    stamper: TimeStamper
    issuers: Issuers
    trust: Trust
    now: Callable[[], datetime]

    @classmethod
    def over_http(
        cls, time_stamp: str, anchors: Trust, now: Callable[[], datetime], watch: Progress | None = None
    ) -> "ProveDocument":
        """Ask the time-stamp service at an address, and the issuers that the certificates name."""
        watched = watch or Progress()
        stamper = HttpTimeStamper(time_stamp, anchors, _SECONDS, lambda: watched.stopped)
        return cls(stamper, HttpIssuers(), anchors, now)

    def __call__(self, pdf: bytes, keeping: Keeping, watch: Progress | None = None) -> Proven:
        """Do every step that is due. Each is whole or not done: after an error the caller still has `pdf`.

        Raises `NothingToProve`, a `TimeStampError`, a `RevocationError`, `CertificateRevoked`, `Unreadable`, `Cancelled`.
        """
        done: list[Step] = []
        while (due := self._due(pdf, keeping)).step is not Step.NOTHING and len(done) < _MOST_STEPS:
            (watch or Progress()).step(len(done), _MOST_STEPS)
            pdf = self._do(due.step, pdf)
            done.append(due.step)
        return Proven(pdf, level_of(pdf, self.trust), tuple(done), due.due)

    def _due(self, pdf: bytes, keeping: Keeping) -> NextStep:
        return next_step(keeping, level_of(pdf, self.trust), ends_of(pdf, self.trust), self.now())

    def _do(self, step: Step, pdf: bytes) -> bytes:
        match step:
            case Step.VALIDATION_DATA:
                return add_validation_data(pdf, self.issuers, self.trust)
            case Step.RENEW:
                return renew_time_stamp(pdf, self.stamper, self.issuers, self.trust)
            case _:
                return add_time_stamp(pdf, self.stamper, self.trust)
