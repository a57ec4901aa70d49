"""The result handed over: to whom, on which paper, and what it was."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Receiver(StrEnum):
    """Who took the result."""

    OWNER = "owner"  # chủ hồ sơ
    SUBMITTER = "submitter"  # người nộp
    OTHER = "other"  # another person, with an authorisation


@dataclass(frozen=True, slots=True)
class Handover:
    """What the officer confirms at the counter; `at` and `by` are written by the act itself."""

    who: Receiver = Receiver.OWNER
    receiver: str = ""  # name
    id_number: str = ""
    paper: str = ""  # giấy tờ ủy quyền, of another person
    lost_slip: bool = False  # mất giấy hẹn: the old one opens nothing any more
    result_number: str = ""  # số của văn bản kết quả, if it has one
    result_day: date | None = None
    at: datetime | None = None  # UTC
    by: str = ""  # officer's name
