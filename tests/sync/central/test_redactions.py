"""Redaction between counters and central: everybody deletes, nobody brings it back, whoever was restored to before."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.central import redactions
from sync.central.accounts import Device
from sync.central.files import FileRoom, Upload, note_owner, size_of
from sync.central.refusal import Refusal
from sync.entry import Entry
from sync.journal import entries, gone, references, retelling
from sync.redaction import REDACTED, redacts
from tests.sync.central.told import waits
from tests.sync.central.town import Town
from tests.sync.central.world import Counter, Enrolment, open_counter

NAME = "Nguyễn Thị Bị Xóa"


@dataclass
class Office:
    """A counter that received a dossier, another one, and the leader's."""

    town: Town
    one: Counter
    two: Counter
    leader: Counter

    @property
    def all(self) -> tuple[Counter, ...]:
        return self.one, self.two, self.leader

    def exchange(self) -> None:
        for _ in range(2):
            for counter in self.all:
                counter.exchange()

    def central_holds(self, what: str) -> bool:
        """Whether a text stands in any row of central's, or in the bytes of its database files."""
        rows = self.town.registry.entries(self.one.enrolment.unit)
        return any(what.encode() in (row.body or b"") for row in rows)

    def central_bytes_hold(self, what: str) -> bool:
        """Whether a text stands anywhere in central's database file or its log."""
        with self.town.registry.database.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        folder = self.town.setting.folder
        return any(what.encode() in path.read_bytes() for path in folder.glob("central.db*"))


@pytest.fixture
def office(town: Town, opened: Callable[[Enrolment], Counter], tmp_path: Path) -> Office:
    first = town.enrol(tmp_path / "first")
    two = town.enrol(tmp_path / "second", first.unit)
    leader = town.enrol(tmp_path / "leader", first.unit, "leader")
    office = Office(town, opened(first), opened(two), opened(leader))
    office.exchange()
    return office


def receive(counter: Counter, file: str = "") -> Entry:
    subject = counter.receive(NAME, files=[file] if file else [])
    with counter.journal.reading() as tx:
        return entries.history(tx, subject)[0]


def redact(counter: Counter, named: Entry, *files: str) -> Entry:
    return counter.act(
        named.subject, REDACTED, **redacts([named.id], files), ground="QĐ 1", ordered_by="Chủ tịch"
    )


def ordered(office: Office) -> tuple[Upload, bytes]:
    """Return an upload of the first counter, and its bytes, of a file that an order names and that is not at central."""
    data = b"scan of " + NAME.encode() + uuid.uuid4().bytes
    scan = office.one.files.put(data)
    named = receive(office.one, scan)
    office.exchange()
    redact(office.leader, named, scan)
    office.exchange()
    device = Device(office.one.enrolment.device, office.one.enrolment.unit, "Quầy 1")
    return Upload(device, scan, len(data)), data


def brought_elsewhere(office: Office, upload: Upload, folder: Path) -> tuple[Upload, Enrolment]:
    """Return the upload of the same file by the counter of another unit, and that counter."""
    elsewhere = office.town.enrol(folder)
    return replace(upload, device=Device(elsewhere.device, elsewhere.unit, "Quầy")), elsewhere


def body_of(counter: Counter, entry: Entry) -> bytes | None:
    with counter.journal.reading() as tx:
        found = entries.get(tx, entry.id)
    assert found is not None
    return found.body


def test_what_a_leader_has_deleted_is_deleted_at_central_and_at_every_counter(office: Office) -> None:
    scan = office.one.files.put(b"scan of " + NAME.encode())
    named = receive(office.one, scan)
    office.exchange()
    room = FileRoom(office.town.setting.folder)
    assert office.central_holds(NAME)
    assert room.holds(scan)
    assert body_of(office.two, named) == named.body
    order = redact(office.leader, named, scan)
    assert body_of(office.leader, named) is None  # at once, before anybody is asked
    office.exchange()
    assert [body_of(counter, named) for counter in office.all] == [None, None, None]
    assert [body_of(counter, order) for counter in office.all] == [order.body] * 3
    assert not office.central_holds(NAME)
    assert not room.holds(scan)
    assert not office.central_bytes_hold(NAME)
    with office.one.journal.reading() as tx:
        assert gone.unclean(tx) == order.id
        assert scan not in references.referenced(tx)
    assert office.town.registry.alarms(office.one.enrolment.unit) == []


def test_a_new_counter_gets_the_header_alone(
    office: Office, opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    named = receive(office.one)
    office.exchange()
    redact(office.leader, named)
    office.exchange()
    new = opened(office.town.enrol(tmp_path / "new", office.one.enrolment.unit))
    new.exchange()
    assert body_of(new, named) is None
    with new.journal.reading() as tx:
        assert gone.is_redacted(tx, named.id, named.subject)


def test_an_officer_without_the_role_deletes_nothing_elsewhere(office: Office) -> None:
    named = receive(office.one)
    office.exchange()
    redact(office.two, named)
    office.exchange()
    assert office.central_holds(NAME)
    assert body_of(office.one, named) == named.body
    reasons = {row.reason for row in office.town.registry.alarms(office.one.enrolment.unit)}
    assert reasons == {"role"}


def test_a_central_restored_to_before_the_order_deletes_again(office: Office) -> None:
    scan = office.one.files.put(b"scan of " + NAME.encode())
    named = receive(office.one, scan)
    office.exchange()
    backup = office.town.back_up()
    redact(office.leader, named, scan)
    office.exchange()
    office.town.put_back(backup)
    assert office.central_holds(NAME)  # the backup holds it: that is what it is there for
    office.exchange()
    assert not office.central_holds(NAME)
    assert [body_of(counter, named) for counter in office.all] == [None, None, None]
    assert [waits(counter) for counter in office.all] == [0, 0, 0]
    assert not FileRoom(office.town.setting.folder).holds(scan)
    assert office.town.registry.alarms(office.one.enrolment.unit) == []


def test_a_central_that_lost_both_is_told_the_order_first_and_the_header(office: Office) -> None:
    office.exchange()
    backup = office.town.back_up()
    scan = office.one.files.put(b"scan of " + NAME.encode())
    named = receive(office.one, scan)
    office.exchange()
    order = redact(office.leader, named, scan)
    office.exchange()
    office.town.put_back(backup)
    office.exchange()
    rows = {row.id: row for row in office.town.registry.entries(office.one.enrolment.unit)}
    assert (rows[named.id].verdict, rows[named.id].body) == ("accepted", None)
    assert rows[order.id].position < rows[named.id].position
    assert [waits(counter) for counter in office.all] == [0, 0, 0]
    assert office.town.registry.alarms(office.one.enrolment.unit) == []


def test_a_counter_that_never_heard_of_the_order_does_not_bring_the_body_back(office: Office) -> None:
    named = receive(office.one)
    office.exchange()
    backup = office.town.back_up()
    later = receive(office.one)
    office.exchange()
    redact(office.leader, later)
    redact(office.leader, named)
    office.leader.exchange()
    office.town.put_back(backup)
    office.leader.exchange()  # tells both orders, and one header
    office.one.exchange()  # offers the body of `later`, and has it itself
    assert not office.central_holds(NAME)
    assert [body_of(office.one, each) for each in (named, later)] == [None, None]
    office.exchange()
    assert [body_of(office.two, each) for each in (named, later)] == [None, None]


def test_an_order_that_was_not_sent_when_central_was_restored_goes_before_the_header(office: Office) -> None:
    backup = office.town.back_up()
    named = receive(office.one)
    office.exchange()
    redact(office.leader, named)
    office.town.put_back(backup)
    office.leader.exchange()
    rows = office.town.registry.entries(office.one.enrolment.unit)
    assert [row.verdict for row in rows if row.id == named.id] == ["accepted"]
    office.exchange()
    assert not office.central_holds(NAME)
    with office.leader.journal.reading() as tx:
        assert retelling.lost(tx) == ()
    reasons = {row.reason for row in office.town.registry.alarms(office.one.enrolment.unit)}
    assert reasons == set()


def test_a_body_that_was_only_retired_is_told_as_a_header_and_a_person_sees_it(office: Office) -> None:
    backup = office.town.back_up()
    named = receive(office.one)
    office.exchange()
    office.town.back_up()
    office.exchange()
    for counter in office.all:
        with counter.journal.writing() as tx:
            assert gone.may_retire(tx, named.subject)
            gone.retire(tx, named.subject, b"{}")
    office.town.put_back(backup)  # an older backup than the one that counters were told of
    office.exchange()
    rows = office.town.registry.entries(office.one.enrolment.unit)
    assert [(row.verdict, row.body) for row in rows if row.id == named.id] == [("accepted", None)]
    assert {row.reason for row in office.town.registry.alarms(office.one.enrolment.unit)} == {"body_gone"}


def test_a_body_that_one_counter_still_has_comes_back_though_another_told_the_header_first(
    office: Office,
) -> None:
    backup = office.town.back_up()
    named = receive(office.one)
    office.exchange()
    office.town.back_up()
    office.exchange()
    with office.one.journal.writing() as tx:
        assert gone.may_retire(tx, named.subject)
        gone.retire(tx, named.subject, b"{}")
    office.town.put_back(backup)
    office.one.exchange()
    assert not office.central_holds(NAME)
    office.two.exchange()
    assert office.central_holds(NAME)
    office.exchange()
    with office.two.journal.reading() as tx:
        assert retelling.lost(tx) == ()
    assert office.town.registry.alarms(office.one.enrolment.unit) == []


def test_a_redacted_file_that_comes_late_is_not_kept(office: Office) -> None:
    data = b"scan of " + NAME.encode()
    scan = office.one.files.put(data)
    named = receive(office.one, scan)
    office.exchange()
    redact(office.leader, named, scan)
    office.exchange()
    assert office.two.central.have([scan]) == ()  # nobody is asked for it
    office.two.central.put_file(scan, data)
    assert not FileRoom(office.town.setting.folder).holds(scan)


def test_a_file_that_an_order_names_while_it_is_on_its_way_goes_again(office: Office) -> None:
    upload, data = ordered(office)
    room, database = FileRoom(office.town.setting.folder), office.town.registry.database
    room.receive(upload, 0, data)  # its first part came before the order
    redactions.own(database, room, upload, datetime.now(UTC))
    with database.reading() as tx:
        assert (room.holds(upload.sha256), size_of(tx, upload.device.unit, upload.sha256)) == (False, None)


def test_a_file_that_another_units_order_takes_away_as_it_comes_is_asked_for_again(
    office: Office, tmp_path: Path
) -> None:
    upload, data = ordered(office)
    theirs, elsewhere = brought_elsewhere(office, upload, tmp_path / "elsewhere")
    room, database = FileRoom(office.town.setting.folder), office.town.registry.database
    room.receive(theirs, 0, data)
    room.remove(upload.sha256)
    with pytest.raises(Refusal) as refused:
        redactions.own(database, room, theirs, datetime.now(UTC))
    assert (refused.value.status, refused.value.reason) == (409, "offset")
    with open_counter(elsewhere) as other:
        assert other.central.have([upload.sha256]) == (upload.sha256,)
        other.central.put_file(upload.sha256, data)
        assert other.central.get_file(upload.sha256) == data


def test_an_order_asks_once_more_before_it_takes_a_file_that_another_unit_brings(
    office: Office, tmp_path: Path
) -> None:
    upload, data = ordered(office)
    theirs, _ = brought_elsewhere(office, upload, tmp_path / "elsewhere")
    database = office.town.registry.database

    class BusyRoom(FileRoom):
        """Somebody ends an upload just before the lock is taken."""

        def remove(self, sha256: str, is_wanted: Callable[[], bool] = lambda: False) -> bool:
            self.receive(theirs, 0, data)
            with database.writing() as tx:
                note_owner(tx, theirs, datetime.now(UTC))
            return super().remove(sha256, is_wanted)

    room = BusyRoom(office.town.setting.folder)
    assert redactions.clear_at_work(database, room) == 0
    assert room.read(upload.sha256) == data


def test_a_folder_of_files_put_back_from_a_copy_is_cleared_when_central_starts(office: Office) -> None:
    scan = office.one.files.put(b"scan of " + NAME.encode())
    named = receive(office.one, scan)
    office.exchange()
    place = office.town.setting.folder / "files" / scan[:2] / scan
    data = place.read_bytes()
    redact(office.leader, named, scan)
    office.exchange()
    place.write_bytes(data)
    office.town.restart()
    assert not place.exists()


def test_a_file_that_another_unit_uploaded_too_stays_for_it(office: Office, tmp_path: Path) -> None:
    data = b"a blank form " + uuid.uuid4().bytes
    scan = office.one.files.put(data)
    named = receive(office.one, scan)
    office.exchange()
    elsewhere = office.town.enrol(tmp_path / "elsewhere")
    with open_counter(elsewhere) as other:
        other.files.put(data)
        receive(other, scan)
        other.exchange()
        redact(office.leader, named, scan)
        office.exchange()
        assert other.central.get_file(scan) == data


def test_a_file_that_another_dossier_names_stays_at_central_and_one_named_later_is_taken_again(
    office: Office,
) -> None:
    data, form = b"scan of " + NAME.encode() + uuid.uuid4().bytes, b"a form " + uuid.uuid4().bytes
    scan, blank = office.one.files.put(data), office.one.files.put(form)
    named = receive(office.one, scan)
    office.two.files.put(form)
    office.exchange()
    office.two.receive("Lê Văn Khác", files=[blank])  # the leader has not heard of it
    office.two.exchange()
    redact(office.leader, named, scan, blank)
    office.exchange()
    room = FileRoom(office.town.setting.folder)
    assert (room.holds(scan), room.holds(blank)) == (False, True)
    with office.two.journal.reading() as tx:
        assert references.referenced(tx) & {scan, blank} == {blank}
    office.two.receive("Lê Văn Nộp Lại", files=[office.two.files.put(data)])
    office.exchange()
    assert room.holds(scan)
    assert office.one.central.get_file(scan) == data
