"""The journal: acts, the view's order, deliveries, the feed, drafts and references."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, exc, text

from sync import header
from sync.clock import office_day
from sync.contract.messages import Answer, Page, Published, Signed, Verdict
from sync.entry import NO_HASH, Entry, new_id, seal, verify
from sync.errors import EntryForged, EntryMalformed, EpochChanged, VersionWentBack
from sync.fold import fold
from sync.journal import (
    Act,
    Journal,
    alarms,
    deliveries,
    drafts,
    entries,
    feed,
    gone,
    published,
    references,
)
from sync.journal.verify import verify_chain
from sync.keys import Ed25519Signer
from sync.rules import Rules
from tests.sync.conftest import MORNING

RECEIVED = {"set": {"applicant": {"name": "An"}}, "move": {"from": None, "to": "received"}}
SIGNED = {"move": {"from": "received", "to": "slip_issued"}}
KeysOf = Callable[[str], tuple[bytes, ...]]


class PowerCut(Exception):
    """Whatever ends an act before its end."""


def act(journal: Journal, author: Ed25519Signer, subject: str, kind: str, body: Mapping[str, Any]) -> Entry:
    with journal.act(author) as doing:
        return doing.add(subject, kind, body)


def test_a_journal_begins_with_the_opening_of_its_chain(journal: Journal, device: Ed25519Signer) -> None:
    with journal.reading() as tx:
        (first,) = entries.of_subject(tx, journal.unit)
    assert (first.kind, first.seq, first.prev_hash) == ("chain_opened", 1, NO_HASH)
    assert first.author == device.author
    verify(first, device.public_bytes)


def test_what_was_done_is_there_after_opening_again(
    journal: Journal, reopen: Callable[[], Journal], officer: Ed25519Signer
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    journal.close()
    again = reopen()
    assert again.chain == journal.chain
    with again.reading() as tx:
        assert entries.get(tx, received.id) == received
        assert entries.history(tx, received.subject) == (received,)


def test_each_entry_names_the_one_before(journal: Journal, officer: Ed25519Signer) -> None:
    with journal.act(officer) as doing:
        one = doing.add(new_id(), "received", RECEIVED)
        two = doing.add(new_id(), "received", RECEIVED)
    three = act(journal, officer, one.subject, "slip_signed", SIGNED)
    assert [e.seq for e in (one, two, three)] == [2, 3, 4]
    assert (two.prev_hash, three.prev_hash) == (one.hash, two.hash)
    assert one.occurred_at == two.occurred_at


def test_an_act_that_fails_leaves_nothing(journal: Journal, officer: Ed25519Signer) -> None:
    draft = new_id()
    with journal.writing() as tx:
        drafts.save(tx, draft, b"half a form")
    with pytest.raises(PowerCut), journal.act(officer) as doing:
        accept_and_fail(doing, draft)
    with journal.reading() as tx:
        assert entries.of_subject(tx, draft) == ()
        assert drafts.get(tx, draft) is not None
        assert entries.last_change(tx) == 1


def test_a_wrong_body_is_refused_before_anything_is_kept(journal: Journal, officer: Ed25519Signer) -> None:
    with pytest.raises(EntryMalformed), journal.act(officer) as doing:
        doing.add(new_id(), "received", {"files": ["no hash"]})
    assert count(journal) == 1


def test_one_thread_does_one_act_at_a_time(journal: Journal, officer: Ed25519Signer) -> None:
    with pytest.raises(RuntimeError, match="already writing"), journal.act(officer), journal.writing():
        pass
    act(journal, officer, new_id(), "received", RECEIVED)


def test_many_threads_write_one_chain(
    journal: Journal, officer: Ed25519Signer, device: Ed25519Signer, keys_of: KeysOf
) -> None:
    def work(author: Ed25519Signer) -> None:
        for _ in range(5):
            act(journal, author, new_id(), "received", RECEIVED)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, (officer, device) * 2))
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
    assert (report.entries, report.sound) == (21, True)


def test_readers_cannot_write(journal: Journal) -> None:
    with pytest.raises(exc.OperationalError), journal.reading() as tx:
        drafts.save(tx, new_id(), b"")


def test_a_reader_sees_one_moment(journal: Journal, officer: Ed25519Signer) -> None:
    subject = new_id()
    with journal.reading() as tx:
        before = entries.last_change(tx)
        act(journal, officer, subject, "received", RECEIVED)
        assert entries.last_change(tx) == before
    with journal.reading() as tx:
        assert entries.changes_since(tx, before) == [(before + 1, subject)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET kind = 'x'",
        "DELETE FROM entries",
        "REPLACE INTO entries SELECT * FROM entries",
        "UPDATE bodies SET body = x'00'",
        "DELETE FROM bodies",
        "DELETE FROM deliveries",
        "UPDATE changes SET subject = 'x'",
        "DELETE FROM chains",
        "UPDATE chains SET prev_hash = 'x'",
    ],
)
def test_the_truth_cannot_be_rewritten(journal: Journal, statement: str) -> None:
    with pytest.raises(exc.IntegrityError), journal.writing() as tx:
        tx.execute(text(statement))
    assert count(journal) == 1


def test_the_body_of_a_settled_entry_may_go_and_the_chain_still_verifies(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer], keys_of: KeysOf
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(received)])
        gone.retire(tx, received.subject, b"{}")
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
        retired = entries.get(tx, received.id)
    assert report.sound
    assert report.retired == 1
    assert retired is not None
    assert (retired.body, retired.header) == (None, received.header)


def test_the_outbox_is_what_has_no_final_answer(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    a, b = new_id(), new_id()
    one, two = act(journal, officer, a, "received", RECEIVED), act(journal, officer, b, "received", RECEIVED)
    with journal.writing() as tx:
        opened, *_ = deliveries.pending(tx, 10)
        deliveries.acknowledge(tx, [answer(opened), answer(one, Verdict.WAITS), answer(two)])
    with journal.reading() as tx:
        assert deliveries.pending(tx, 10) == (one,)
        assert deliveries.counts(tx) == deliveries.Counts(1, 1, 0, one.occurred_at)
        assert [deliveries.state_of_subject(tx, s) for s in (a, b)] == ["waiting", "sent"]


def test_entries_that_wait_do_not_hide_the_rest(journal: Journal, officer: Ed25519Signer) -> None:
    sent = [act(journal, officer, new_id(), "received", RECEIVED) for _ in range(3)]
    with journal.reading() as tx:
        first = deliveries.pending(tx, 2)
        assert [e.seq for e in first] == [1, 2]
        assert deliveries.pending(tx, 10, after=first[-1]) == tuple(sent[1:])


def test_a_refused_entry_is_parked_with_its_reason_and_holds_only_its_own_subject(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    subject = new_id()
    received = act(journal, officer, subject, "received", RECEIVED)
    signed = act(journal, officer, subject, "slip_signed", SIGNED)
    with journal.writing() as tx:
        said = answer(
            signed, Verdict.CONFLICT, reason="state", owner="trực trung tâm", flags=("clock_ahead",)
        )
        deliveries.acknowledge(tx, [answer(received), said])
    with journal.reading() as tx:
        (parked,) = deliveries.parked(tx)
        assert (parked.entry, parked.reason, parked.owner) == (signed, "state", "trực trung tâm")
        assert parked.flags == ("clock_ahead",)
        assert entries.of_subject(tx, subject) == (received,)
        assert entries.marks(tx, subject) == (signed,)
        assert deliveries.state_of_subject(tx, subject) == "parked"
        assert signed not in deliveries.pending(tx, 10)
        assert signed in [delivery.entry for delivery in deliveries.unsettled(tx)]


def test_a_refused_entry_that_was_settled_no_longer_shows_as_parked(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    subject, other = new_id(), new_id()
    received = act(journal, officer, subject, "received", RECEIVED)
    refused = act(journal, officer, subject, "slip_signed", SIGNED)
    unsettled = act(journal, officer, other, "slip_signed", SIGNED)
    settling = act(journal, officer, subject, "printed", {"resolves": [refused.id]})
    with journal.writing() as tx:
        no = [answer(entry, Verdict.REFUSED, reason="move") for entry in (refused, unsettled)]
        deliveries.acknowledge(tx, [answer(received), *no])
    with journal.reading() as tx:
        assert deliveries.state_of_subject(tx, subject) == "parked"  # central has not taken what settles it
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(settling)])

    with journal.reading() as tx:
        assert [deliveries.state_of_subject(tx, s) for s in (subject, other)] == ["sent", "parked"]
        assert deliveries.counts(tx).parked == 1
        assert [each.entry for each in deliveries.unsettled(tx) if each.verdict == "refused"] == [unsettled]
        assert [each.entry for each in deliveries.parked(tx)] == [refused, unsettled]


def test_what_was_refused_to_another_counter_does_not_park_the_subject_here(
    journal: Journal, officer: Ed25519Signer, elsewhere: Any, answer: Callable[..., Answer], page: Any
) -> None:
    ours = act(journal, officer, new_id(), "received", RECEIVED)
    theirs = elsewhere.write(1, ours.subject, {"note": "x"}, "corrected")
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(ours)])
        feed.apply_page(tx, page(theirs, verdict=Verdict.REFUSED))

    with journal.reading() as tx:
        assert deliveries.state_of_subject(tx, ours.subject) == "sent"


def test_a_repeated_answer_repeats_the_first_one(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    taken, refused = (act(journal, officer, new_id(), "received", RECEIVED) for _ in range(2))
    with journal.writing() as tx:
        again = answer(refused, Verdict.REPLAYED, first=Verdict.REFUSED)
        deliveries.acknowledge(tx, [answer(taken, Verdict.REPLAYED), again])
    with journal.reading() as tx:
        assert [delivery.entry for delivery in deliveries.parked(tx)] == [refused]
        assert deliveries.state_of_subject(tx, taken.subject) == "sent"


def test_what_central_took_stays_taken_and_a_later_no_is_an_alarm(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    with journal.writing() as tx:
        assert deliveries.acknowledge(tx, [answer(received)]) == 1
        assert deliveries.acknowledge(tx, [answer(received, Verdict.REFUSED)]) == 0
    with journal.reading() as tx:
        assert deliveries.state_of_subject(tx, received.subject) == "sent"
        assert [alarm.entry for alarm in alarms.every(tx)] == [received.id]


def test_an_answer_about_another_hash_settles_nothing(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(received, hash="00" * 32)])
    with journal.reading() as tx:
        assert received in deliveries.pending(tx, 10)
        assert [alarm.what for alarm in alarms.every(tx)] == ["answer_for_another_hash"]


def test_what_central_flagged_is_shown_although_it_is_sent(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    plain, odd = (act(journal, officer, new_id(), "received", RECEIVED) for _ in range(2))
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(plain), answer(odd, flags=("clock_ahead",))])
    with journal.reading() as tx:
        assert [delivery.entry for delivery in deliveries.flagged(tx)] == [odd]


def test_a_change_is_noted_for_every_entry_and_every_verdict(
    journal: Journal, officer: Ed25519Signer, answer: Callable[..., Answer]
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    with journal.writing() as tx:
        seen = entries.last_change(tx)
        deliveries.acknowledge(tx, [answer(received, Verdict.WAITS)])
        deliveries.acknowledge(tx, [answer(received, Verdict.WAITS)])
        deliveries.acknowledge(tx, [answer(received)])
        changed = entries.changes_since(tx, seen)
        found = deliveries.of_entry(tx, received.id)
    assert [subject for _, subject in changed] == [received.subject] * 2
    assert found is not None
    assert found.tries == 3


def test_the_view_is_final_entries_in_feed_order_then_our_own_open_ones(
    journal: Journal,
    officer: Ed25519Signer,
    elsewhere: Any,
    page: Callable[..., Page],
    answer: Callable[..., Answer],
) -> None:
    subject = new_id()
    ours = act(journal, officer, subject, "received", RECEIVED)
    answered = act(journal, officer, subject, "printed", {})
    still_open = act(journal, officer, subject, "printed", {})
    theirs = elsewhere.write(1, subject, {}, kind="printed")
    with journal.writing() as tx:
        feed.apply_page(tx, page(theirs, ours))
        deliveries.acknowledge(tx, [answer(answered)])
    with journal.reading() as tx:
        assert entries.of_subject(tx, subject) == (theirs, ours, answered, still_open)
        assert entries.last_final(tx, subject) == answered.id


def test_base_is_the_last_final_entry_that_was_seen(
    journal: Journal, officer: Ed25519Signer, elsewhere: Any, page: Callable[..., Page]
) -> None:
    theirs = elsewhere.write(1, new_id(), RECEIVED)
    with journal.writing() as tx:
        feed.apply_page(tx, page(theirs))
    ours = act(journal, officer, theirs.subject, "slip_signed", SIGNED)
    later = act(journal, officer, theirs.subject, "printed", {})
    assert (ours.base, later.base) == (theirs.id, theirs.id)


def test_a_page_of_the_feed_can_come_twice(
    journal: Journal, officer: Ed25519Signer, elsewhere: Any, page: Callable[..., Page], keys_of: KeysOf
) -> None:
    ours = act(journal, officer, new_id(), "received", RECEIVED)
    both = page(elsewhere.write(1, new_id(), RECEIVED), ours)
    with journal.writing() as tx:
        assert feed.apply_page(tx, both) == 1
        seen = entries.last_change(tx)
        assert feed.apply_page(tx, both) == 0
        assert entries.changes_since(tx, seen) == []
        assert feed.cursor(tx) == "3"
        assert not alarms.every(tx)
    with journal.reading() as tx:
        assert verify_chain(tx, keys_of).sound
        assert deliveries.state_of_subject(tx, ours.subject) == "sent"


def test_the_cursor_moves_only_with_its_page(
    journal: Journal, elsewhere: Any, page: Callable[..., Page]
) -> None:
    with pytest.raises(PowerCut), journal.writing() as tx:
        apply_and_fail(tx, page(elsewhere.write(1, new_id(), RECEIVED)))
    with journal.reading() as tx:
        assert feed.cursor(tx) == "0"
    assert count(journal) == 1


def test_a_second_hash_for_one_place_is_an_alarm_and_holds_up_nothing(
    journal: Journal, elsewhere: Any, page: Callable[..., Page]
) -> None:
    first, second, other = (elsewhere.write(seq, new_id(), RECEIVED) for seq in (1, 1, 2))
    with journal.writing() as tx:
        assert feed.apply_page(tx, page(first, second, other)) == 2
        assert [(alarm.what, alarm.entry) for alarm in alarms.every(tx)] == [("second_hash", second.id)]


def test_an_entry_of_our_chain_that_we_never_wrote_is_an_alarm(
    journal: Journal, officer: Ed25519Signer, page: Callable[..., Page]
) -> None:
    received = act(journal, officer, new_id(), "received", RECEIVED)
    fields = received.fields
    clone = seal(
        type(fields)(
            new_id(), fields.chain, 9, *(getattr(fields, n) for n in type(fields).__slots__[3:-1]), "9" * 64
        ),
        b"{}",
        officer,
    )
    with journal.writing() as tx:
        assert feed.apply_page(tx, page(clone)) == 0
        assert [alarm.what for alarm in alarms.every(tx)] == ["our_chain_elsewhere"]
    assert act(journal, officer, new_id(), "received", RECEIVED).seq == 3


def test_a_forged_entry_in_the_feed_is_kept_aside(
    journal: Journal, elsewhere: Any, page: Callable[..., Page]
) -> None:
    def check(entry: Entry) -> None:
        raise EntryForged(entry=entry.id, reason="chữ ký không đúng")

    with journal.writing() as tx:
        assert feed.apply_page(tx, page(elsewhere.write(1, new_id(), RECEIVED)), check) == 0
        assert [alarm.what for alarm in alarms.every(tx)] == ["forged"]


def test_a_page_of_another_epoch_is_not_taken(
    journal: Journal, elsewhere: Any, page: Callable[..., Page]
) -> None:
    with journal.writing() as tx:
        feed.apply_page(tx, page(elsewhere.write(1, new_id(), RECEIVED)))
    with pytest.raises(EpochChanged), journal.writing() as tx:
        feed.apply_page(tx, page(elsewhere.write(2, new_id(), RECEIVED), epoch="e2"))
    with journal.reading() as tx:
        assert (feed.epoch(tx), feed.cursor(tx)) == ("e1", "2")


def test_a_refused_request_in_the_feed_is_a_mark_and_no_state(
    journal: Journal, officer: Ed25519Signer, page: Callable[..., Page], rules: Rules
) -> None:
    subject = new_id()
    received = act(journal, officer, subject, "received", RECEIVED)
    signed = act(journal, officer, subject, "slip_signed", SIGNED)
    with journal.writing() as tx:
        feed.apply_page(tx, page(received))
        feed.apply_page(tx, page(signed, first=2, verdict=Verdict.REFUSED))
    with journal.reading() as tx:
        assert fold(entries.of_subject(tx, subject), rules).state == "received"
        assert entries.marks(tx, subject) == (signed,)


def test_legal_time_goes_on_from_the_server_and_not_from_the_wall(
    journal: Journal, officer: Ed25519Signer, clocks: Any
) -> None:
    server = clocks.time + timedelta(hours=3)
    journal.note_server_time(server, round_trip=timedelta(seconds=2))
    clocks.pass_by(timedelta(minutes=1))
    clocks.time -= timedelta(days=1)
    received = act(journal, officer, new_id(), "received", RECEIVED)
    assert received.occurred_at == server + timedelta(seconds=61)
    assert received.clock.wall == clocks.time
    assert received.clock.age == 60_000


def test_after_a_restart_time_never_goes_back_before_what_is_known(
    journal: Journal, officer: Ed25519Signer, clocks: Any, reopen: Callable[[], Journal]
) -> None:
    last = act(journal, officer, new_id(), "received", RECEIVED)
    journal.close()
    clocks.restart(wall=last.occurred_at - timedelta(days=400))
    again = reopen()
    assert act(again, officer, new_id(), "received", RECEIVED).occurred_at == last.occurred_at
    server = last.occurred_at + timedelta(hours=1)
    again.note_server_time(server)
    clocks.restart(wall=last.occurred_at)
    later = act(again, officer, new_id(), "received", RECEIVED)
    assert (later.occurred_at, later.clock.age) == (server, None)


def test_a_chain_ahead_of_the_server_is_flagged_and_not_followed(
    journal: Journal, officer: Ed25519Signer, clocks: Any, keys_of: KeysOf
) -> None:
    clocks.time += timedelta(days=30)
    act(journal, officer, new_id(), "received", RECEIVED)
    server = clocks.time - timedelta(days=30)
    journal.note_server_time(server)
    with journal.act(officer) as doing:
        assert doing.chain_is_ahead
        assert doing.now == server
        doing.add(new_id(), "received", RECEIVED)
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
    assert report.sound
    assert [found.flaw for found in report.found] == ["time_back"]


def test_a_draft_changes_and_its_files_are_kept(journal: Journal) -> None:
    one, two = "11" * 32, "22" * 32
    draft = new_id()
    with journal.writing() as tx:
        drafts.save(tx, draft, b"1", [one])
        drafts.save(tx, draft, b"2", [one, two])
    with journal.reading() as tx:
        assert drafts.get(tx, draft) == drafts.StoredDraft(draft, b"2", (one, two)) == drafts.all(tx)[0]
        assert references.referenced(tx) == {one, two}
        assert references.not_uploaded(tx) == ()
    with journal.writing() as tx:
        drafts.save(tx, draft, b"3", [two])
        assert references.referenced(tx) == {two}
        drafts.drop(tx, draft)
        assert not references.referenced(tx)
        assert drafts.get(tx, draft) is None


def test_files_pass_from_the_draft_to_the_dossier_in_one_act(
    journal: Journal, officer: Ed25519Signer
) -> None:
    big, small = "11" * 32, "22" * 32
    draft = new_id()
    with journal.writing() as tx:
        drafts.save(tx, draft, b"", [big, small])
    with journal.act(officer) as doing:
        doing.add(draft, "received", RECEIVED | {"files": [big, small]})
        references.add(doing.tx, big, draft, 900)
        references.add(doing.tx, small, draft, 5)
        drafts.drop(doing.tx, draft)
    with journal.writing() as tx:
        assert references.referenced(tx) == {big, small}
        assert references.not_uploaded(tx) == (small, big)
        references.uploaded(tx, small)
        assert references.not_uploaded(tx) == (big,)


def test_published_versions_never_go_back(journal: Journal) -> None:
    def version(number: int) -> Published:
        signed = Signed(b"statement", bytes(64))
        return Published("catalogue", number, "2026-07-01T00:00:00.000Z", b"content", signed, f'"{number}"')

    with journal.writing() as tx:
        assert published.keep(tx, version(2), "22" * 32)
        assert not published.keep(tx, version(2), "22" * 32)
        assert published.keep(tx, version(3), "33" * 32)
        for older, sha256 in ((version(2), "22" * 32), (version(3), "44" * 32)):
            with pytest.raises(VersionWentBack):
                published.keep(tx, older, sha256)
        latest = published.latest(tx, "catalogue")
        assert latest is not None
        assert (latest.version, latest.sha256) == (3, "33" * 32)
        assert [kept.version for kept in published.versions(tx, "catalogue")] == [2, 3]
        assert published.latest(tx, "calendar") is None
        assert references.not_uploaded(tx) == ()


def accept_and_fail(doing: Act, draft: str) -> None:
    doing.add(draft, "received", RECEIVED)
    drafts.drop(doing.tx, draft)
    raise PowerCut


def apply_and_fail(tx: Connection, page: Page) -> None:
    feed.apply_page(tx, page)
    raise PowerCut


def count(journal: Journal) -> int:
    with journal.reading() as tx:
        return tx.execute(text("SELECT count(*) FROM entries")).scalar_one()


def test_what_an_older_program_could_not_read_in_the_feed_is_read_once_it_can(
    journal, reopen, elsewhere, page, monkeypatch
) -> None:
    monkeypatch.setattr(header, "VERSION", 2)
    newer, after = (elsewhere.write(seq, new_id(), {}) for seq in (1, 2))
    monkeypatch.setattr(header, "VERSION", 1)
    with journal.writing() as tx:
        assert feed.apply_page(tx, page(newer)) == 0
        at = feed.cursor(tx)
    journal.close()
    with (again := reopen()).reading() as tx:
        assert feed.cursor(tx) == at
    again.close()

    monkeypatch.setattr(header, "VERSION", 2)
    updated = reopen()
    with updated.writing() as tx:
        assert feed.cursor(tx) == "0"
        assert feed.apply_page(tx, page(newer, after)) == 2
        assert entries.get(tx, newer.id) is not None
    updated.close()
    with reopen().reading() as tx:
        assert feed.cursor(tx) != "0"


def test_a_day_holds_what_was_done_while_the_clock_ran_ahead(journal, officer, clocks) -> None:
    clocks.time += timedelta(days=2)
    with journal.act(officer) as act:
        ahead = act.add(new_id(), "printed", {})
    journal.note_server_time(MORNING)
    with journal.act(officer) as act:
        put_right = act.add(new_id(), "printed", {})

    assert put_right.occurred_at < ahead.occurred_at
    with journal.reading() as tx:
        days = [deliveries.of_day(tx, office_day(MORNING + timedelta(days=passed))) for passed in range(3)]
    told = [[each.entry.id for each in day if each.entry.kind == "printed"] for day in days]
    assert told == [[put_right.id], [], [ahead.id]]
