"""Central's signed word on how far it knows a chain: kept by the counter, and held against its word before."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sync import heads, keys
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Head, Offered, Signed
from sync.contract.wire import head_as_json, head_from
from sync.errors import EpochChanged, HeadForged, Offline
from sync.heads import Told
from sync.journal import deliveries, entries, feed, meta
from sync.journal import heads as kept_heads
from sync.journal.verify import Flaw, verify_chain
from sync.keys import Ed25519Signer
from tests.sync.central.town import Town
from tests.sync.central.world import Counter, ahead, lose_the_line

CENTRAL = keys.generate("central")
Spoil = Callable[[Offered], Offered]


def word(seq: int, digest: str = "aa", epoch: str = "one", signer: Ed25519Signer = CENTRAL) -> Signed:
    head = Head("chain", seq, digest, "2026-11-23T00:00:00.000Z", epoch)
    return seals.seal(as_json(head_as_json(head)), seals.HEAD, signer)


def hears(counter: Counter, *words: Signed, life: str = "one") -> None:
    with counter.journal.writing() as tx:
        meta.put(tx, meta.FEED_EPOCH, life)
    heads.witness(counter.journal, Told(list(words)), (CENTRAL.public_bytes,))


def signers(counter: Counter) -> tuple[Ed25519Signer, ...]:
    return counter.enrolment.officer_signer, counter.enrolment.device_signer


def kept(counter: Counter, chain: str) -> Signed | None:
    with counter.journal.reading() as tx:
        return kept_heads.of(tx, chain)


def spoiling(counter: Counter, monkeypatch: pytest.MonkeyPatch, spoil: Spoil) -> None:
    offer = counter.central.offer
    monkeypatch.setattr(counter.central, "offer", lambda *told: spoil(offer(*told)))


def test_a_counter_keeps_what_central_signed_of_its_chain(pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    one.receive()
    one.exchange()

    chain = one.journal.chain
    signed = kept(one, chain)
    assert signed is not None
    assert seals.holds(signed, seals.HEAD, one.enrolment.central_key)
    head = head_from(signed.data)
    with one.journal.reading() as tx:
        last = entries.chain_head(tx, chain)
    assert (head.chain, head.seq, head.hash) == (chain, last.seq, last.hash)


@pytest.mark.parametrize("lie", ["another hand", "no word", "an earlier word"])
def test_a_word_that_central_did_not_sign_is_news_and_stops_nothing(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    one, _ = pair
    one.receive()
    one.exchange()
    before = kept(one, one.journal.chain)
    assert before is not None

    def spoil(told: Offered) -> Offered:
        other = seals.seal(told.heads[0].data, seals.HEAD, CENTRAL)
        return replace(told, heads={"another hand": (other,), "no word": ()}.get(lie, (before,)))

    spoiling(one, monkeypatch, spoil)
    one.receive()
    done = one.exchange()

    assert [type(problem) for problem in done.problems] == [HeadForged]
    with one.journal.reading() as tx:
        assert deliveries.counts(tx).entries == 0
    assert kept(one, one.journal.chain) == before


def test_a_word_about_no_chain_is_not_believed(pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    with pytest.raises(HeadForged):
        hears(one, seals.seal(b"[]", seals.HEAD, CENTRAL))
    with pytest.raises(HeadForged):
        hears(one, seals.seal(word(1).data, seals.LEASE, CENTRAL))
    with pytest.raises(HeadForged):
        hears(one, seals.seal(word(1).data.replace(b"000Z", b"0"), seals.HEAD, CENTRAL))


@pytest.mark.parametrize(
    ("later", "stays"),
    [
        (word(6), False),  # one that waited has lost its place again
        (word(7, "bb"), False),
        (word(8, "bb"), True),
        (word(2, "bb", epoch="two"), True),
    ],
)
def test_the_furthest_word_of_a_life_is_kept(
    pair: tuple[Counter, Counter], later: Signed, stays: bool
) -> None:
    one, _ = pair
    hears(one, word(3, "cc"), word(7))
    hears(one, later, life=head_from(later.data).epoch)
    assert kept(one, "chain") == (later if stays else word(7))


def test_a_word_of_another_life_of_central_is_not_believed(pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    hears(one, word(9), life="one")
    hears(one, word(12, "bb", epoch="two"), life="two")
    with pytest.raises(HeadForged):
        hears(one, word(15, "cc"), life="two")
    assert kept(one, "chain") == word(12, "bb", epoch="two")


@pytest.mark.parametrize("where", ["feed", "leases"])
def test_a_word_is_kept_however_the_round_ends(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    one, _ = pair
    one.exchange(ahead())
    one.receive()
    with one.journal.reading() as tx:
        last = entries.chain_head(tx, one.journal.chain)
    with monkeypatch.context() as patch:
        patch.setattr(one.central, "feed" if where == "feed" else "have", lose_the_line)
        if where == "leases":
            patch.setattr("sync.engine.Leases.ensure", lose_the_line)
        with pytest.raises(Offline):
            one.exchange(ahead())
    signed = kept(one, one.journal.chain)
    assert signed is not None
    assert head_from(signed.data).seq == last.seq


def test_what_is_told_again_is_signed_for_too(
    town: Town, pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    backup = town.back_up()
    one.receive()
    one.exchange()
    town.put_back(backup)
    with monkeypatch.context() as patch:
        spoiling(one, patch, lambda told: replace(told, heads=()))
        assert [type(problem) for problem in one.exchange().problems] == [EpochChanged, HeadForged]

    town.put_back(backup)
    one.exchange()
    signed = kept(one, one.journal.chain)
    assert signed is not None
    with one.journal.reading() as tx:
        assert head_from(signed.data).epoch == feed.epoch(tx)


def test_an_end_that_was_cut_off_a_journal_shows_by_what_central_signed(
    pair: tuple[Counter, Counter],
) -> None:
    one, two = pair
    keys_of = {signer.author: (signer.public_bytes,) for signer in (*signers(one), *signers(two))}
    one.receive()
    one.exchange()
    with one.journal.reading() as tx:
        whole = verify_chain(tx, lambda author: keys_of.get(author, ()))
        last = entries.chain_head(tx, one.journal.chain)
    assert whole.found == ()
    assert whole.head is not None
    assert (whole.head.seq, whole.head.hash) == (last.seq, last.hash)

    further = replace(whole.head, seq=last.seq + 1, hash="aa")
    with one.journal.writing() as tx:
        kept_heads.keep(tx, further.chain, Signed(as_json(head_as_json(further)), b""))
        cut = verify_chain(tx, lambda author: keys_of.get(author, ()))
    assert [(each.flaw, each.seq) for each in cut.found] == [(Flaw.UNLIKE_CENTRAL, last.seq + 1)]
