"""The number of a dossier: from the range leased for the day, else a provisional one; never a refusal."""

from dataclasses import dataclass
from datetime import date

from clerk_app.domain.number import PROVISIONAL, counter_mark, dossier_code, provisional_code
from clerk_app.domain.officer import Unit
from sync.journal import Act, numbers


@dataclass(frozen=True, slots=True)
class Taken:
    """A number taken in the act that is under way."""

    series: str
    value: int
    code: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Numbering:
    unit: Unit

    @property
    def series(self) -> str:
        """The series that all counters of the agency share; its ranges are leased by the day."""
        return f"dossier:{self.unit.agency_code}"

    def take(self, act: Act, chain: str, day: date) -> Taken:
        """Use the lowest number leased to this chain for that day; none left: the counter's own next."""
        value = numbers.take(act.tx, self.series, day, chain)
        if value is not None:
            return Taken(
                self.series, value, dossier_code(self.unit.agency_code, day, value), provisional=False
            )
        own = f"{PROVISIONAL}:{counter_mark(self.unit.counter)}:{day:%y%m%d}"
        value = numbers.provisional(act.tx, own, day, chain)
        return Taken(own, value, provisional_code(self.unit.counter, day, value), provisional=True)
