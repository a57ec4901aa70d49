"""What central says of one authentic entry: a fact is recorded, whatever is odd about it; a request can be refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.clock import read_time
from sync.contract.messages import AuthorKey, Verdict
from sync.entry import Entry, commit, verify
from sync.errors import EntryForged
from sync.fold import Subject, Why, check
from sync.redaction import GRAVE
from sync.rules import Nature, Rules

_CLOCKS_DIFFER = timedelta(minutes=5)  # what two honest clocks may differ by
_CONFLICTS = (Why.STATE, Why.GUARD)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reason, and what a person has to look at all the same."""

    verdict: Verdict
    reason: str = ""
    flags: tuple[str, ...] = ()


def authentic(entry: Entry, keys: Sequence[AuthorKey], *, bare: bool = False) -> AuthorKey | Judgement:
    """Return the key that signed the entry, or why nothing may be believed of it; `bare`: it may lack its body."""
    if not keys:
        return Judgement(Verdict.WAITS, "author_unknown")
    if entry.salt is None or entry.body is None:
        if not bare:
            return Judgement(Verdict.REFUSED, "body_missing")
    elif commit(entry.salt, entry.body) != entry.body_commit:
        return Judgement(Verdict.REFUSED, "body_mismatch")
    for key in keys:
        try:
            verify(entry, key.public_key)
        except EntryForged:
            continue
        return key
    return Judgement(Verdict.REFUSED, "signature_invalid")


def judge(entry: Entry, subject: Subject, rules: Rules, oddities: tuple[str, ...]) -> Judgement:
    """Decide on an entry of a subject as it stands; `oddities` are what its author, chain and number gave rise to."""
    rule = rules.get(entry.kind)
    problem = check(subject, entry, rules)
    if rule is None:
        why = () if problem is None else (problem.why.value,)
        return Judgement(Verdict.ACCEPTED, flags=(*oddities, "unknown_kind", *why))
    if problem is not None and problem.why is Why.BODY:
        return Judgement(Verdict.REFUSED, problem.why.value, oddities)
    if rule.nature is Nature.FACT:
        why = () if problem is None else (problem.why.value,)
        return Judgement(Verdict.ACCEPTED, flags=(*oddities, *why))
    grave = next((flag for flag in oddities if flag in GRAVE), None)
    if grave is not None:
        return Judgement(Verdict.REFUSED, grave, oddities)
    if problem is not None:
        verdict = Verdict.CONFLICT if problem.why in _CONFLICTS else Verdict.REFUSED
        return Judgement(verdict, problem.why.value, oddities)
    return Judgement(Verdict.ACCEPTED, flags=oddities)


def own_work(entry: Entry, subject: Subject, rules: Rules) -> tuple[str, ...]:
    """Say whether the author has done on this subject what bars them from this act on it."""
    rule = rules.get(entry.kind)
    barred = rule is not None and any(
        each.author == entry.author and each.kind in rule.not_by_author_of for each in subject.entries
    )
    return ("own_work",) if barred else ()


def lacks_role(entry: Entry, key: AuthorKey, rules: Rules) -> bool:
    """Tell whether the author has none of the roles that may write this kind by themselves."""
    rule = rules.get(entry.kind)
    return rule is not None and bool(rule.roles) and not rule.roles.intersection(key.roles)


def author_flags(
    entry: Entry, key: AuthorKey, rules: Rules, now: datetime, *, granted: bool = False
) -> tuple[str, ...]:
    """Say what is odd about who wrote an entry, and when; `granted`: somebody with the role let them."""
    at = entry.occurred_at
    revoked = None if key.revoked_at is None else read_time(key.revoked_at)
    found = {
        "author_revoked": revoked is not None and at >= revoked,
        "received_after_revocation": revoked is not None and at < revoked <= now,
        "author_not_valid": not read_time(key.valid_from) <= at <= read_time(key.valid_to),
        "role": lacks_role(entry, key, rules) and not granted,
        "clock_ahead": at > now + _CLOCKS_DIFFER,
    }
    return tuple(flag for flag, odd in found.items() if odd)
