"""What central, or a ward's hub, has noticed and a person must look at, in words, for whoever keeps it."""

from dataclasses import dataclass

from clerk_app.domain.kinds import TITLES
from clerk_app.services.central_enrolment import CentralPlace
from clerk_app.services.central_house import existing_central, is_a_hub
from sync.central import alarms
from sync.clock import rfc3339
from sync.contract.messages import REASONS
from sync.entry import read_header
from sync.errors import EntryMalformed


@dataclass(frozen=True, slots=True)
class AlarmTold:
    """One alarm; times as RFC 3339 UTC, "" for what is not known."""

    unit: str
    unit_name: str
    alarm: str  # a word of the contract, e.g. "gap"
    sentence: str
    kind: str  # of the entry
    act: str  # the same in words
    author: str
    occurred_at: str
    dossier: str  # the entry's subject
    entry: str
    hash: str  # of its header
    detail: str
    answers: str  # who has to look
    raised_at: str
    settled_at: str
    settled_by: str  # id of the entry by which somebody settled it, at a counter


def list_alarms(place: CentralPlace, *, settled: bool = False) -> tuple[bool, list[AlarmTold]]:
    """Return whether a hub tells them, and the alarms of every unit, oldest first; with `settled` those that are over too.

    An alarm is over when it found its explanation, or a counter's entry says that a person has looked at it. A hub's own
    list is told nobody else: what it noticed about an entry that it sends on, the city judges for itself. Raises
    `NoCentralThere`.
    """
    with existing_central(place.folder, place.database) as central, central.database.reading() as tx:
        found = alarms.listed(tx, settled=settled)
    return is_a_hub(place.folder), [_told(each) for each in found]


def _told(listed: alarms.Listed) -> AlarmTold:
    alarm = listed.alarm
    kind, author, occurred_at, subject = _header(alarm.header)
    return AlarmTold(
        alarm.unit,
        listed.unit_name,
        alarm.reason,
        REASONS.get(alarm.reason, alarm.reason),
        kind,
        TITLES.get(kind, kind),
        author,
        occurred_at,
        subject,
        listed.entry,
        alarm.hash,
        alarm.detail,
        alarm.owner,
        listed.raised_at,
        listed.settled_at,
        listed.settled_by,
    )


def _header(header: bytes) -> tuple[str, str, str, str]:
    try:
        fields, _ = read_header(header)
    except EntryMalformed:
        return "", "", "", ""
    return fields.kind, fields.author, rfc3339(fields.occurred_at), fields.subject
