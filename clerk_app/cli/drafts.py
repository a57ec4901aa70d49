"""Commands for drafts: whose they are, and handing one over."""

import argparse

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.domain.dossier import Draft
from clerk_app.domain.record import as_json


def listed(options: argparse.Namespace) -> Outcome:
    """Tell every draft of the counter, the one last touched first."""
    with unlocked_desk(options) as desk:
        return [_told(each) for each in desk.drafts()], 0


def hand_over(options: argparse.Namespace) -> Outcome:
    """Give a draft to a named officer: its holder does, or a leader."""
    with unlocked_desk(options) as desk:
        return _told(desk.hand_over_draft(options.id, options.to)), 0


def _told(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "owner": draft.applicant.owner.name,
        "procedure": draft.procedure,
        "updated_at": as_json(draft.updated_at),
        "begun_by": draft.begun_by.name if draft.begun_by else "",
        "held_by": draft.held_by.name if draft.held_by else "",
    }
