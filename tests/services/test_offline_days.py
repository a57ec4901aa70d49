"""How long an unlock is good without a sign-in, whatever is done to clocks and files; and who is no longer let in."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.practice import people
from clerk_app.practice.office import RECOVERY_KEY, PracticeOffice
from clerk_app.services.admit import OfficerRevoked
from clerk_app.services.extend_days import by_leader, by_recovery_key
from clerk_app.services.offline_days import (
    ClockPutBack,
    ExtensionTooLong,
    ReasonMissing,
    SignedIn,
    SignInFirst,
    sign_in_due,
)
from clerk_app.services.reconcile_words import details
from clerk_app.services.roles import NotYourRole
from clerk_app.services.safekeeping import Safekeeping
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_enrolment, read_settings, write_settings
from clerk_app.store import key_slots
from sync import authors
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import AuthorKey
from sync.contract.wire import author_as_json, signed_as_json
from sync.entry import verify
from sync.errors import JournalHeld
from sync.journal import Journal, entries, meta, open_journal
from sync.keys import Ed25519Signer

DAYS = 7
OFFICER, LEADER = people.OFFICER.officer.id, people.LEADER.officer.id
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


class Clock:
    """The clocks of a PC that somebody turns and restarts."""

    def __init__(self) -> None:
        self.at, self.up, self.boots = NOON, timedelta(hours=1), 1

    def wall(self) -> datetime:
        return self.at

    def boot(self) -> str:
        return f"boot-{self.boots}"

    def monotonic(self) -> int:
        return int(self.up.total_seconds() * 1000)

    def passes(self, **more: float) -> None:
        self.at, self.up = self.at + timedelta(**more), self.up + timedelta(**more)

    def restarts(self, *, at: datetime | None = None) -> None:
        self.boots, self.up, self.at = self.boots + 1, timedelta(minutes=1), at or self.at


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases are not what is tried here: a slot's key comes cheaply."""
    monkeypatch.setattr(
        key_slots, "_own_key", lambda word, salt, hard, secret: key_slots._hkdf(word + salt + secret, "x")
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counter(office: PracticeOffice, tmp_path: Path, everybody: dict[str, Unlocked]) -> Path:
    """A counter whose officers have to sign in every week."""
    folder = tmp_path / "counter"
    shutil.copytree(office.counter, folder, ignore=shutil.ignore_patterns("journal*", "archive*", "files"))
    (tmp_path / "second-place").mkdir()
    settings = read_settings(folder)
    write_settings(replace(settings, sign_in=replace(settings.sign_in, offline_days=DAYS)))
    secret = json.loads((folder / "enrolment.json").read_text("utf-8"))["device_secret"]
    for who, opened in everybody.items():
        keys = key_slots.OpenedSlot(opened.data_key, opened.signer.private_bytes)
        key_slots.add_slot(folder, who, word(), bytes.fromhex(secret), keys)
    return folder


@pytest.fixture
def opens(counter: Path, clock: Clock) -> Callable[..., Unlocked]:
    def opened(who: str = OFFICER, *, signed_in: bool = False, at: datetime | None = None) -> Unlocked:
        proof = SignedIn(who, at or clock.wall()) if signed_in else None
        return unlock(counter, who, word(), proof, clock)

    return opened


Opens = Callable[..., Unlocked]


def word() -> bytearray:
    return bytearray(people.PASSPHRASE.encode())


def test_without_the_setting_nobody_is_asked_and_nothing_is_kept(counter: Path, clock: Clock) -> None:
    settings = read_settings(counter)
    write_settings(replace(settings, sign_in=replace(settings.sign_in, offline_days=None)))
    before = (counter / "keys.json").read_bytes()
    unlock(counter, OFFICER, word(), None, clock)
    first = (counter / "keys.json").read_bytes()
    clock.passes(days=4000)

    unlock(counter, OFFICER, word(), None, clock)

    assert (counter / "keys.json").read_bytes() == first
    assert json.loads(before)["slots"] == json.loads(first)["slots"]


def test_who_never_signed_in_does_it_first_and_is_good_for_so_many_days(opens: Opens, clock: Clock) -> None:
    with pytest.raises(SignInFirst):
        opens()
    opens(signed_in=True)
    clock.passes(days=DAYS)
    opens()
    clock.passes(seconds=1)

    with pytest.raises(SignInFirst) as refused:
        opens()
    assert refused.value.facts["when"] == "23/11/2026 12:00"
    opens(signed_in=True)
    opens()


def test_a_sign_in_grows_old_while_nobody_unlocks_with_it(counter: Path, clock: Clock) -> None:
    proof = SignedIn(OFFICER, clock.wall(), clock.monotonic())
    clock.passes(days=DAYS, seconds=1)
    clock.at = NOON

    with pytest.raises(SignInFirst):
        unlock(counter, OFFICER, word(), proof, clock)


def test_a_sign_in_of_one_is_none_of_another(opens: Opens, counter: Path, clock: Clock) -> None:
    with pytest.raises(SignInFirst):
        unlock(counter, OFFICER, word(), SignedIn(LEADER, clock.wall()), clock)


def test_a_clock_put_back_in_the_same_boot_lengthens_nothing(opens: Opens, clock: Clock) -> None:
    opens(signed_in=True)
    clock.passes(days=DAYS, seconds=1)
    clock.at = NOON

    with pytest.raises(SignInFirst):
        opens()


def test_a_clock_put_back_over_a_restart_opens_nothing_until_it_is_right(opens: Opens, clock: Clock) -> None:
    opens(signed_in=True)
    clock.passes(days=3)
    opens()
    right = clock.at
    clock.restarts(at=NOON)

    with pytest.raises(ClockPutBack):
        opens()
    clock.restarts(at=right - timedelta(minutes=5))  # clocks differ a little
    opens()
    clock.restarts(at=right + timedelta(days=5))
    with pytest.raises(SignInFirst):
        opens()


def test_a_clock_that_ran_ahead_shortens_and_a_sign_in_sets_it_right(opens: Opens, clock: Clock) -> None:
    opens(signed_in=True)
    clock.restarts(at=NOON + timedelta(days=400))
    with pytest.raises(SignInFirst):
        opens()
    clock.restarts(at=NOON + timedelta(days=1))
    with pytest.raises(ClockPutBack):
        opens()

    opens(signed_in=True)
    opens()


def test_the_providers_time_counts_not_this_computers(opens: Opens, clock: Clock) -> None:
    opens(signed_in=True, at=NOON - timedelta(days=DAYS))  # this clock is a week ahead

    opens()
    clock.passes(days=DAYS, seconds=1)
    with pytest.raises(SignInFirst):
        opens()


@pytest.mark.parametrize("how", ["edited", "from another slot", "removed", "the open one edited"])
def test_an_edited_note_gives_no_days(opens: Opens, counter: Path, clock: Clock, how: str) -> None:
    opens(signed_in=True)
    opens(LEADER, signed_in=True)
    clock.passes(days=DAYS, seconds=1)
    opens(LEADER, signed_in=True)
    path = counter / "keys.json"
    told = json.loads(path.read_text("utf-8"))
    slots = {slot["officer"]: slot for slot in told["slots"]}
    if how == "edited":
        sealed = bytearray.fromhex(slots[OFFICER]["notes"]["sign-in"]["sealed"])
        sealed[3] ^= 1
        slots[OFFICER]["notes"]["sign-in"]["sealed"] = sealed.hex()
    elif how == "from another slot":
        slots[OFFICER]["notes"] = slots[LEADER]["notes"]
    elif how == "removed":
        del slots[OFFICER]["notes"]
    else:
        slots[OFFICER]["open"]["signed_in_at"] = "2026-12-24T00:00:00.000Z"
    path.write_text(json.dumps(told), "utf-8")

    with pytest.raises(SignInFirst):
        opens()


def test_a_leader_extends_once_between_two_sign_ins(
    opens: Opens, counter: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(signed_in=True)
    clock.passes(days=DAYS, seconds=1)
    at(clock, monkeypatch)
    opens(LEADER, signed_in=True)

    told = by_leader(counter, OFFICER, 3, "máy chủ mất điện", LEADER, word())
    assert (told.by, told.reason) == (LEADER, "máy chủ mất điện")
    leading = opens(LEADER)
    with _journal(read_settings(counter), leading, clock) as journal, journal.reading() as tx:
        (entry,) = entries.of_kinds(tx, journal.unit, ("days_extended",))
        verify(entry, leading.signer.public_bytes)  # by who granted it
        said = json.loads(entry.body)
    assert (said["officer"], said["until"]) == (f"officer:{OFFICER}", told.until)
    assert (said["by"], said["reason"]) == (LEADER, "máy chủ mất điện")
    opens()
    clock.passes(days=3, seconds=1)
    with pytest.raises(SignInFirst):
        opens()
    by_leader(counter, OFFICER, 3, "vẫn mất điện", LEADER, word())
    with pytest.raises(SignInFirst):  # not a second time
        opens()

    opens(signed_in=True)
    clock.passes(days=DAYS, seconds=1)
    opens(LEADER, signed_in=True)
    by_leader(counter, OFFICER, 3, "lại mất điện", LEADER, word())
    opens()


def test_when_nobody_may_unlock_the_recovery_key_lets_somebody_in(
    office: PracticeOffice, opens: Opens, counter: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in (OFFICER, LEADER):
        opens(who, signed_in=True)
    clock.passes(days=30)
    at(clock, monkeypatch)
    with pytest.raises(SignInFirst):
        by_leader(counter, OFFICER, 3, "mất mạng", LEADER, word())

    by_recovery_key(counter, OFFICER, DAYS, "mất mạng", office.folder / RECOVERY_KEY)

    settings, opened = read_settings(counter), opens()
    with _journal(settings, opened, clock) as journal, journal.reading() as tx:
        (entry,) = entries.of_kinds(tx, journal.unit, ("days_extended",))
    device = f"device:{read_enrolment(counter).device_id}"
    assert (entry.author, json.loads(entry.body)["by"]) == (device, "recovery-key")
    with open_desk(settings, opened, clock) as desk:
        report = desk.reconcile_day()
        assert (report.counts.extended, report.counts.entries) == (1, 2)
        assert "Lần gia hạn mở quầy khi chưa đăng nhập được: 1." in list(details(report))
        with pytest.raises(JournalHeld):  # nothing is given that no entry tells of
            by_recovery_key(counter, LEADER, DAYS, "mất mạng", office.folder / RECOVERY_KEY)
    with pytest.raises(SignInFirst):
        opens(LEADER)


def test_whom_a_clock_that_ran_ahead_shut_out_the_recovery_key_lets_in_once_it_is_right(
    office: PracticeOffice, opens: Opens, counter: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(signed_in=True)
    at(clock, monkeypatch)
    clock.restarts(at=NOON + timedelta(days=9000))
    with pytest.raises(SignInFirst):
        opens()
    clock.restarts(at=NOON + timedelta(days=DAYS + 1))
    with pytest.raises(ClockPutBack):  # and central is out of reach
        opens()

    by_recovery_key(counter, OFFICER, 3, "đồng hồ chạy sai", office.folder / RECOVERY_KEY)
    opens()
    clock.restarts(at=NOON + timedelta(days=DAYS))
    with pytest.raises(ClockPutBack):  # it sets right once, and lengthens nothing
        opens()
    clock.restarts(at=NOON + timedelta(days=DAYS + 5))
    with pytest.raises(SignInFirst):
        opens()


def test_an_extension_wants_a_leader_a_reason_and_few_days(
    opens: Opens, counter: Path, office: PracticeOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(signed_in=True)
    opens(LEADER, signed_in=True)
    at(clock, monkeypatch)
    with pytest.raises(NotYourRole):
        by_leader(counter, LEADER, 3, "mất mạng", OFFICER, word())
    revoked(read_settings(counter), opens(LEADER), clock)
    with pytest.raises(OfficerRevoked):
        by_leader(counter, OFFICER, 3, "mất mạng", LEADER, word())
    with pytest.raises(ReasonMissing):
        by_leader(counter, OFFICER, 3, "  ", LEADER, word())
    with pytest.raises(ExtensionTooLong):
        by_recovery_key(counter, OFFICER, DAYS + 1, "mất mạng", office.folder / RECOVERY_KEY)


def test_the_last_days_are_told_before_anybody_unlocks(opens: Opens, counter: Path, clock: Clock) -> None:
    settings = read_settings(counter)
    opens(signed_in=True)

    assert sign_in_due(settings, NOON + timedelta(days=4)) == {}
    assert sign_in_due(settings, NOON + timedelta(days=5)) == {OFFICER: NOON + timedelta(days=DAYS)}


def test_legal_time_counts_once_the_journal_is_open(opens: Opens, counter: Path, clock: Clock) -> None:
    settings = read_settings(counter)
    opened = opens(signed_in=True)
    with open_desk(settings, opened, clock):
        pass
    heard(
        settings, opened, clock, NOON + timedelta(days=DAYS, hours=1)
    )  # central's clock; this one lies still

    with pytest.raises(SignInFirst), open_desk(settings, opens(), clock):
        pass


def test_a_revoked_officer_is_not_let_in_and_their_work_stays(
    opens: Opens, counter: Path, clock: Clock
) -> None:
    settings = read_settings(counter)
    opened = opens(signed_in=True)
    leader = opens(LEADER, signed_in=True)
    with open_desk(settings, opened, clock) as desk:
        draft = desk.save_draft(desk.start_draft())
    revoked(settings, opened, clock)

    with pytest.raises(OfficerRevoked), open_desk(settings, opened, clock):
        pass
    with open_desk(settings, leader, clock) as desk:
        assert [each.id for each in desk.drafts()] == [draft.id]
        with pytest.raises(OfficerRevoked):
            desk.switch(opened)
        with pytest.raises(OfficerRevoked):
            desk.admit(opened)
        assert desk.verify_journal().valid


def at(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the services that look at the computer's own clock look at this one."""
    monkeypatch.setattr("clerk_app.services.extend_days.SystemClock", lambda: clock)
    monkeypatch.setattr("clerk_app.services.unlock.SystemClock", lambda: clock)


def heard(settings: Settings, opened: Unlocked, clock: Clock, server: datetime) -> None:
    with _journal(settings, opened, clock) as journal:
        journal.note_server_time(server, timedelta())


def revoked(settings: Settings, opened: Unlocked, clock: Clock) -> None:
    """Keep central's list as a round would, with the officer's key taken back."""
    whole = ("0001-01-01T00:00:00.000Z", "9999-12-31T00:00:00.000Z")
    key = AuthorKey(
        opened.signer.author, opened.signer.public_bytes, ("officer",), *whole, "2026-11-23T04:00:00.000Z"
    )
    said = as_json(
        {"v": 1, "unit": settings.unit.id, "issued_at": whole[0], "authors": [author_as_json(key)]}
    )
    sealed = seals.seal(said, seals.AUTHORS, Ed25519Signer("central", b"k" * 32))
    with _journal(settings, opened, clock) as journal, journal.writing() as tx:
        meta.put(tx, authors.KEPT, as_json(signed_as_json(sealed)).decode())


def _journal(settings: Settings, opened: Unlocked, clock: Clock) -> Journal:
    keeping = Safekeeping(settings, read_enrolment(settings.folder), opened.data_key)
    place = keeping.place
    return open_journal(place.folder, place.key, place.unit, keeping.device, clock, keeping.safety)
