"""The office's kinds of entries in the words of `sync`: what its fold and the central system are told."""

from clerk_app.domain.kinds import KINDS
from sync.rules import KindRule, Nature, Rules


def entry_rules() -> Rules:
    """Return the rules of all kinds this office writes."""
    return Rules.of(
        KindRule(
            kind=kind.name.value,
            nature=Nature(kind.nature.value),
            moves=kind.moves,
            groups=kind.groups,
            roles=kind.roles,
            exclusive=kind.exclusive,
            not_by_author_of=kind.not_by_author_of,
            grants=kind.grants,
            ends_grants=kind.ends_grants,
        )
        for kind in KINDS
    )
