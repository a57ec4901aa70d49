"""One-use codes over HTTP: what they make known, how often they work, and who cannot use them."""

import threading
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sync import keys
from sync.central import accounts, enrolment
from sync.central.schema import enrolment_codes
from sync.client import Account, HttpCentral
from sync.contract import enrolling
from sync.contract.enrolling import DEVICE, OFFICER, Code, Enrolled, Wish, read_code, signed_wish
from sync.contract.messages import Malformed, Signed
from sync.errors import CentralFailed, CodeRefused, DeviceRefused
from sync.keys import Ed25519Signer
from tests.sync.central.told import flags, renamed, verdicts, waits
from tests.sync.central.town import Town
from tests.sync.central.world import Counter, Enrolment, Registry, open_counter

LASTS = timedelta(hours=24)


class Hand:
    """Somebody with a code and a key, who asks."""

    def __init__(self, base: str, key: Ed25519Signer, account: Account | None = None) -> None:
        self.base, self.key, self.account = base, key, account or Account("", "")

    def asks(
        self, code: Code | str, request: str = "request-1", unit: str = "", subject: str = ""
    ) -> Enrolled:
        known = read_code(code) if isinstance(code, str) else code
        return self.sends(signed_wish(Wish(known, request, self.key.public_bytes, unit, subject), self.key))

    def sends(self, wish: Signed) -> Enrolled:
        with closing(HttpCentral(self.base, self.account)) as central:
            return central.enrol(wish)

    def is_refused(self, code: Code | str, **more: str) -> str:
        with pytest.raises(CodeRefused) as refused:
            self.asks(code, **more)
        return refused.value.why


def device(registry: Registry, unit: str, id: str, *, lasts: timedelta = LASTS) -> Code:
    named = enrolment.Named(DEVICE, unit, id, "Quầy mới", datetime.now(UTC) + timedelta(days=9999))
    with registry.database.writing() as tx:
        return enrolment.make_code(tx, named, datetime.now(UTC), lasts)


def officer(
    registry: Registry, unit: str, id: str, role: str = "officer", since: datetime | None = None
) -> Code:
    until = datetime.now(UTC) + timedelta(days=365)
    named = enrolment.Named(OFFICER, unit, id, "Nguyễn Thị Hạnh", until, frozenset({role}), since)
    with registry.database.writing() as tx:
        return enrolment.make_code(tx, named, datetime.now(UTC), LASTS)


def a_key() -> Ed25519Signer:
    return keys.generate("somebody")


def at(counter: Counter, key: Ed25519Signer | None = None) -> Hand:
    account = counter.enrolment
    return Hand(account.base, key or a_key(), Account(account.device, account.token))


def known(registry: Registry, unit: str, author: str) -> list[tuple[bytes, bool]]:
    """Return an author's keys and whether each still counts."""
    with registry.database.reading() as tx:
        return [
            (each.public_key, each.revoked_at is None)
            for each in accounts.authors_of(tx, unit)
            if each.author == author
        ]


def test_a_device_becomes_known_by_a_code_and_works(registry: Registry, counter: Counter) -> None:
    unit, name = counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}"
    hand = Hand(registry.central.base, a_key())

    told = hand.asks(str(device(registry, unit, name)).lower().replace("-", " "))

    assert (told.kind, told.unit, told.subject, told.name) == (DEVICE, unit, name, "Quầy mới")
    assert told.central_public_key == registry.central.public_key
    with closing(HttpCentral(registry.central.base, Account(name, told.token))) as central:
        assert central.time().epoch
    assert known(registry, unit, f"device:{name}") == [(hand.key.public_bytes, True)]


def test_a_code_works_once(registry: Registry, counter: Counter) -> None:
    unit = counter.enrolment.unit
    code = device(registry, unit, f"quay-{uuid.uuid4().hex[:6]}")
    first = Hand(registry.central.base, a_key())
    first.asks(code)

    assert Hand(registry.central.base, a_key()).is_refused(code) == "code_used"
    assert first.is_refused(code, request="request-2") == "code_used"


def test_a_lost_answer_is_asked_for_again_without_another_code(registry: Registry, counter: Counter) -> None:
    unit, name = counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}"
    hand, code = Hand(registry.central.base, a_key()), device(registry, unit, name)
    lost = hand.asks(code)

    told = hand.asks(code)

    assert (told.subject, told.central_public_key) == (lost.subject, lost.central_public_key)
    with closing(HttpCentral(registry.central.base, Account(name, told.token))) as central:
        assert central.time().epoch
    lost_line = HttpCentral(registry.central.base, Account(name, lost.token))
    with closing(lost_line) as central, pytest.raises(DeviceRefused):
        central.time()
    assert known(registry, unit, f"device:{name}") == [(hand.key.public_bytes, True)]


def test_a_used_code_brings_no_token_back_to_a_computer_that_another_has_replaced(
    registry: Registry, counter: Counter
) -> None:
    unit, name = counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}"
    lost, code = Hand(registry.central.base, a_key()), device(registry, unit, name)
    lost.asks(code)
    told = Hand(registry.central.base, a_key()).asks(device(registry, unit, name))

    assert lost.is_refused(code) == "key_revoked"
    with closing(HttpCentral(registry.central.base, Account(name, told.token))) as central:
        assert central.time().epoch


def test_a_code_for_a_hub_of_its_own_id_takes_no_role_from_it(registry: Registry, counter: Counter) -> None:
    hub = accounts.Device(f"hub-{uuid.uuid4().hex[:6]}", counter.enrolment.unit, "Máy chủ phường")
    code = device(registry, hub.unit, hub.id)  # while nobody knew of the hub
    with registry.database.writing() as tx:
        accounts.enrol_device(tx, hub, accounts.new_token(), a_key().public_bytes, as_hub=True)

    assert Hand(registry.central.base, a_key()).is_refused(code) == "another_subject"
    with registry.database.reading() as tx:
        assert accounts.is_hub(tx, hub)


def test_a_used_code_answers_nobody_whose_key_was_taken_back(registry: Registry, counter: Counter) -> None:
    unit, who = counter.enrolment.unit, f"can-bo-{uuid.uuid4().hex[:6]}"
    hand, code = at(counter), officer(registry, unit, who)
    hand.asks(code)
    with registry.database.writing() as tx:
        accounts.revoke(tx, f"officer:{who}", datetime.now(UTC))

    assert hand.is_refused(code) == "key_revoked"


def test_five_wrong_guesses_lock_a_code_even_for_the_right_one(registry: Registry, counter: Counter) -> None:
    code = device(registry, counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}")
    hand = Hand(registry.central.base, a_key())
    wrong = Code(code.handle, "0" * 8)

    assert {hand.is_refused(wrong) for _ in range(enrolment.GUESSES)} == {"code_wrong"}
    assert hand.is_refused(wrong) == hand.is_refused(code) == "code_locked"


def test_many_guesses_at_once_are_no_more_than_many_one_by_one(registry: Registry, counter: Counter) -> None:
    code = device(registry, counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}")
    said: list[str] = []

    def guess(number: int) -> None:
        try:
            Hand(registry.central.base, a_key()).asks(Code(code.handle, f"{number:08d}"))
        except CodeRefused as refused:
            said.append(refused.why)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["code_locked"] * 7 + ["code_wrong"] * 5


def test_the_right_code_in_time_forgets_the_wrong_guesses_before(
    registry: Registry, counter: Counter
) -> None:
    unit, name = counter.enrolment.unit, f"quay-{uuid.uuid4().hex[:6]}"
    code, hand = device(registry, unit, name), Hand(registry.central.base, a_key())
    for _ in range(enrolment.GUESSES - 1):
        hand.is_refused(Code(code.handle, "0" * 8))

    assert hand.is_refused(code, subject="quay-khac") == "another_subject"  # costs nothing
    assert hand.asks(code).subject == name


def test_a_code_ends_by_itself_and_when_a_newer_one_is_made(registry: Registry, counter: Counter) -> None:
    unit, hand = counter.enrolment.unit, Hand(registry.central.base, a_key())
    old = device(registry, unit, "quay-het-han", lasts=timedelta(seconds=-1))
    first = device(registry, unit, "quay-hai-lan")
    second = device(registry, unit, "quay-hai-lan")

    assert [hand.is_refused(old), hand.is_refused(first)] == ["code_expired", "code_expired"]
    assert hand.asks(second).subject == "quay-hai-lan"


def test_a_code_that_nobody_made_is_wrong(registry: Registry) -> None:
    assert Hand(registry.central.base, a_key()).is_refused("ZZZZ-ZZZZ-ZZZZ") == "code_wrong"


def test_codes_are_not_in_the_books(registry: Registry, counter: Counter) -> None:
    code = device(registry, counter.enrolment.unit, "quay-bi-mat")

    with registry.database.reading() as tx:
        found = select(enrolment_codes).where(enrolment_codes.c.handle == code.handle)
        row = tx.execute(found).one()

    assert row.secret.startswith("$argon2id$")
    assert code.secret not in repr(tuple(row)) + repr(code)


def test_nobody_enrols_a_key_that_they_do_not_hold(registry: Registry, counter: Counter) -> None:
    code = device(registry, counter.enrolment.unit, "quay-gia")
    hand, other = Hand(registry.central.base, a_key()), a_key()
    wish = signed_wish(Wish(code, "request-1", other.public_bytes), hand.key)

    with pytest.raises(CentralFailed) as failed:
        hand.sends(wish)

    assert failed.value.facts["status"] == 400
    assert known(registry, counter.enrolment.unit, "device:quay-gia") == []


def test_an_officer_needs_a_device_of_their_unit(
    registry: Registry, counter: Counter, tmp_path: Path
) -> None:
    unit = counter.enrolment.unit
    code, key = officer(registry, unit, "qt-may-la"), a_key()
    with open_counter(registry.enrol(tmp_path / "elsewhere")) as stranger:
        assert at(stranger, key).is_refused(code) == "another_unit"
    with pytest.raises(DeviceRefused):
        Hand(registry.central.base, key).asks(code)

    told = at(counter, key).asks(code)

    assert (told.kind, told.roles, told.token) == (OFFICER, ("officer",), "")


def test_a_new_key_of_an_officer_takes_the_place_of_the_older_one(
    registry: Registry, counter: Counter
) -> None:
    unit, older = counter.enrolment.unit, counter.enrolment.officer_signer
    key = Ed25519Signer(older.author, keys.generate(older.author).private_bytes)
    subject = counter.receive()  # before, and not yet sent

    at(counter, key).asks(officer(registry, unit, counter.enrolment.officer))
    counter.act(subject, "withdrawn", move={"from": "received", "to": "withdrawn"})  # by the older key
    with counter.journal.act(key) as act:
        mine = act.add(str(uuid.uuid4()), "received", {"move": {"from": None, "to": "received"}}).subject
    counter.exchange()

    assert sorted(known(registry, unit, older.author)) == sorted(
        [(older.public_bytes, False), (key.public_bytes, True)]
    )
    assert verdicts(counter, subject) == [("received", "accepted"), ("withdrawn", "refused")]
    assert verdicts(counter, mine) == [("received", "accepted")]
    found = {alarm.reason for alarm in registry.alarms(unit)}
    assert found == {"author_revoked", "received_after_revocation"}


def test_a_key_that_was_taken_back_or_is_somebody_elses_is_not_certified(
    registry: Registry, counter: Counter
) -> None:
    unit, name = counter.enrolment.unit, counter.enrolment.officer
    hand = at(counter, counter.enrolment.officer_signer)
    assert hand.is_refused(officer(registry, unit, "qt-khac")) == "key_of_another"
    with registry.database.writing() as tx:
        accounts.revoke(tx, f"officer:{name}", datetime.now(UTC))
    code = officer(registry, unit, name)

    assert hand.is_refused(code) == "key_revoked"
    assert at(counter).asks(code).subject == name  # the code was not used up


def test_the_same_key_again_keeps_since_when_it_counts_and_gets_the_new_roles(
    registry: Registry, counter: Counter
) -> None:
    unit, name = counter.enrolment.unit, counter.enrolment.officer
    subject = counter.receive()

    at(counter, counter.enrolment.officer_signer).asks(officer(registry, unit, name, "leader"))
    counter.exchange()

    with registry.database.reading() as tx:
        [key] = [each for each in accounts.authors_of(tx, unit) if each.author == f"officer:{name}"]
    assert (key.roles, key.revoked_at) == (("leader",), None)
    assert verdicts(counter, subject) == [("received", "accepted")]
    assert {alarm.reason for alarm in registry.alarms(unit)} == {"role"}  # and not: not valid


def test_a_restored_central_that_forgot_an_officer_is_mended_by_a_code(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    subject = one.receive("S")
    one.exchange()
    two.exchange()
    backup = town.back_up()
    colleague = keys.generate("officer:dong-nghiep")
    at(one, colleague).asks(officer(town.registry, one.enrolment.unit, "dong-nghiep"))
    for name, before in (("A", "S"), ("B", "A")):
        with one.journal.act(colleague) as act:
            act.add(subject, "applicant_changed", renamed(name, before))
        one.exchange()
    with one.journal.act(colleague) as act:  # never sent before the restore
        act.add(subject, "applicant_changed", renamed("C", "B"))
    town.put_back(backup)
    one.exchange()
    assert waits(one) > 0

    told = at(one, colleague).asks(officer(town.registry, one.enrolment.unit, "dong-nghiep"))
    for counter in (one, two, one):
        assert counter.exchange().parked == 0

    assert told.valid_from < datetime.now(UTC).isoformat()
    assert [verdict for _, verdict in verdicts(two, subject)] == ["accepted"] * 4
    assert waits(one) == waits(two) == 0
    assert flags(town, one.enrolment.unit) == []


def test_a_restored_central_that_forgot_a_computer_is_mended_by_a_code(
    town: Town, pair: tuple[Counter, Counter], opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    one, _ = pair
    backup = town.back_up()
    enrolled = town.enrol(tmp_path / "third", one.enrolment.unit)
    three = opened(enrolled)
    subject = three.receive()
    three.exchange()
    town.put_back(backup)
    with pytest.raises(DeviceRefused):
        three.exchange()

    hand = Hand(enrolled.base, enrolled.device_signer)
    told = hand.asks(device(town.registry, enrolled.unit, enrolled.device))
    three.central = HttpCentral(enrolled.base, Account(enrolled.device, told.token))
    clerk = Hand(enrolled.base, enrolled.officer_signer, Account(enrolled.device, told.token))
    clerk.asks(officer(town.registry, enrolled.unit, enrolled.officer))
    three.exchange()
    three.exchange()

    assert verdicts(three, subject) == [("received", "accepted")]
    assert subject in {row.subject for row in town.registry.entries(enrolled.unit)}
    assert flags(town, enrolled.unit) == []
    three.central.close()


@pytest.mark.parametrize("typed", ["", "7K2M-9QXD-4TR", "7K2M-9QXD-4TRWX", "7K2M-9QXD-4TR%", "một mã nào đó"])
def test_what_is_no_code_is_not_sent(typed: str) -> None:
    with pytest.raises(Malformed):
        read_code(typed)


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_code(" 7k2m 9qxd-o1il ") == Code("7K2M", "9QXD0111")
    assert str(enrolling.new_code()).count("-") == 2
