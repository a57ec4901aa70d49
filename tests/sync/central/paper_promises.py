"""What holds for the papers of the random model after every quiet moment."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import GoneBy
from clerk_app.domain.issuing import line_of
from clerk_app.domain.retention import CLOSED
from clerk_app.store.projection import acts_of, dossier_of, stale_acts
from sync.central.files import FileRoom
from sync.entry import Entry, parse
from sync.fold import Subject, Why, fold
from sync.journal import entries, gone
from sync.redaction import REDACTED
from tests.sync.central.town_hall import Desk

if TYPE_CHECKING:
    from tests.sync.central.paper_hall import PaperHall

FURTHER = ("slip_approved", "slip_sealed")


def hold(hall: "PaperHall", subject: str) -> int:
    """Hold every promise on the papers of one dossier; return how many of its signatures have no effect."""
    rows = [row for row in hall.town.registry.entries(hall.unit) if row.subject == subject]
    feed = sorted((row for row in rows if row.verdict == "accepted"), key=lambda row: row.position)
    if any(row.kind == REDACTED for row in feed) or not any(row.kind == "received" for row in feed):
        return 0
    told = fold((parse(row.header, row.sig, row.salt, row.body) for row in feed), hall.rules)
    received = next(entry for entry in told.entries if entry.kind == "received")
    documents = dossier_of(told, received).documents
    retired = _retired_desks_have_the_line(hall, subject, told, rows)
    late = {row.id for row in feed if "guard" in json.loads(row.flags)}
    for document in documents:
        line = line_of(document.id, acts_of(told), stale_acts(told))
        states = [each.sha256 for each in line]
        assert states[-1] == document.head
        assert line[0].parent == "", "the line does not begin with its base"
        _signatures_count_by_their_turns(document, told.entries, states, late)
        if hall.files_lost.intersection(states):
            continue
        _each_state_begins_with_the_one_before(hall, [*states, *document.without_effect], states)
        for desk in hall.desks:
            if desk not in retired:
                _stands_so_at(hall, desk, document, states)
    return sum(len(document.without_effect) for document in documents)


def _stands_so_at(hall: "PaperHall", desk: Desk, document: Document, states: list[str]) -> None:
    room = desk.room  # type: ignore[attr-defined]  # of a desk with papers
    seen = room.seen(document.dossier)
    assert seen is not None, f"{desk.name} does not show the dossier"
    assert document in seen.documents, f"{desk.name} shows another paper"
    line = room.line(document.id)
    assert line is None or list(line) == states, f"{desk.name} has another line"
    if line is not None:
        for sha256 in line:
            desk.at_work.files.get(sha256)


def _signatures_count_by_their_turns(
    document: Document, acts: Sequence[Entry], line: Sequence[str], late: set[str]
) -> None:
    """Judge each signature once more, by a plain reading of who had the turn; the second of two goes to a person."""
    turn: str | None = None
    state: str | None = None
    counted, without, fields = [], [], []
    for entry in acts:
        body: dict[str, Any] = json.loads(entry.body or b"{}")
        move = body.get("move")
        if move and move["from"] != state:
            if _is_of(body, document) and entry.kind == "slip_signed":
                counted += _signed(body)  # the citizen has it
                fields.append("CanBo")
            continue
        state = move["to"] if move else state
        passes = document.id in body.get("set", {}).get("turns", {})
        holds = not passes or body["base_values"]["turns"].get(document.id) == turn
        if passes and holds:
            turn = body["set"]["turns"][document.id]
        if _is_of(body, document) and (entry.kind == "slip_signed" or entry.kind in FURTHER):
            (counted if holds else without).extend(_signed(body))
            fields += [each["field"] for each in body["revisions"] if each["kind"] == "signature" and holds]
            assert holds or entry.id in late, "a signature without effect goes to nobody"
    assert tuple(without) == document.without_effect
    assert [each for each in line if each in counted] == counted, "a signature that counts is not in the line"
    assert not set(line).intersection(without), "a signature counts whose turn was another's"
    assert len(fields) == len(set(fields)), "two signatures of one field count"
    assert fields == [each.value for each in document.signed_by]


def _is_of(body: dict[str, Any], document: Document) -> bool:
    told = body.get("document")
    return isinstance(told, dict) and told.get("id") == document.id


def _signed(body: dict[str, Any]) -> Iterator[str]:
    return (each["sha256"] for each in body["revisions"] if each["kind"] == "signature")


def _each_state_begins_with_the_one_before(hall: "PaperHall", every: list[str], line: list[str]) -> None:
    room = FileRoom(hall.town.setting.folder)
    bytes_of = {each: room.read(each) for each in every if each not in hall.files_lost}
    for parent, child in pairwise(line):
        assert bytes_of[child].startswith(bytes_of[parent])


def _retired_desks_have_the_line(
    hall: "PaperHall", subject: str, told: Subject, rows: Sequence[Any]
) -> list[Desk]:
    """What a desk let go by age central still has, the desk shows its line, and its fold misses no move."""
    bodies = {row.id: row.body for row in rows}
    marked = {problem.entry for problem in told.problems}
    found = []
    for desk in hall.desks:
        with desk.at_work.journal.reading() as tx:
            line = gone.line(tx, subject)
            here = entries.of_subject(tx, subject)
        if line is None:
            continue
        found.append(desk)
        bare = [entry.id for entry in here if entry.body is None]
        assert bare, f"{desk.name} let nothing go"
        assert [each for each in bare if not bodies.get(each)] == [], "nobody has the body any more"
        shown = desk.room.seen(subject)  # type: ignore[attr-defined]  # of a desk with papers
        assert shown is not None
        assert shown.gone is not None
        assert shown.gone.by is GoneBy.AGE
        assert shown.status in CLOSED
        # Whose turn it was when something came later is not known without the bodies before. Nobody is shown an answer
        # here: the line stands in the dossier's place, and who looks at the whole of it has it from central.
        offended = [each for each in fold(here, hall.rules).problems if each.why is not Why.GUARD]
        assert {each.entry for each in offended} <= marked, (
            f"the fold of {desk.name} takes offence at what is bare"
        )
    return found
