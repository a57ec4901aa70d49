"""When the result is due: working hours, days off, cut-off hours."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DueTime:
    """A promised time of return and whether the calendar of that year is confirmed."""

    received_at: datetime  # UTC
    due_at: datetime  # UTC
    after_cut_off: bool
    calendar_confirmed: bool
