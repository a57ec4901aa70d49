"""Find a procedure by a few letters, and say when its result would be due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.deadline import DueTime, due_time
from clerk_app.domain.procedure import Procedure
from clerk_app.services.law import Law


@dataclass(frozen=True, slots=True)
class FindProcedures:
    law: Law
    now: Callable[[], datetime]

    def __call__(self, text: str) -> tuple[Procedure, ...]:
        """Return the procedures in force today that fit, best first; nothing typed lists them all."""
        today = self.now().astimezone(VIETNAM).date()
        known = self.law.catalogue()
        return known.search(text, limit=len(known.procedures), on=today)


@dataclass(frozen=True, slots=True)
class WorkOutDeadline:
    law: Law

    def __call__(self, procedure_code: str, received_at: datetime) -> DueTime:
        """Return when a dossier received at that moment (aware) is due; raises `NoSuchProcedure`."""
        day = received_at.astimezone(VIETNAM).date()
        procedure = self.law.catalogue().get(procedure_code, on=day)
        return due_time(procedure.time_limit, received_at, self.law.calendar())
