"""A ward for the random model: the same desks and promises, with a hub before the central system."""

from pathlib import Path

from sqlalchemy import select

from sync.central.backup import back_up
from sync.central.files import FileRoom
from sync.central.schema import hub_entries
from sync.errors import EpochChanged, Offline
from sync.journal import deliveries, entries
from sync.redaction import SPARED, redaction_in
from tests.sync.central.fake_network import FakeNetwork
from tests.sync.central.paper_hall import PaperHall
from tests.sync.central.town import Town
from tests.sync.central.town_hall import NEWS, Desk
from tests.sync.central.ward import Ward
from tests.sync.central.world import Enrolment, Registry, Setting


class WardTown:
    """What the hall asks of a town: its desks ask the hub, its books are the city's."""

    def __init__(self, town: Town, ward: Ward) -> None:
        self._town, self._ward = town, ward
        self.back_up, self.put_back = town.back_up, town.put_back

    @property
    def network(self) -> FakeNetwork:
        return self._ward.lan

    @property
    def registry(self) -> Registry:
        return self._town.registry

    @property
    def setting(self) -> Setting:
        return self._town.setting

    def restart(self) -> None:
        self._town.restart()
        self._ward.wan.port = self._town.central.port  # the hub may ask at any time

    def enrol(self, folder: Path, unit: str = "", role: str = "officer") -> Enrolment:
        del unit  # it is the ward's
        return self._ward.enrol(folder, role)


class WardHall(PaperHall):
    """What happens in the ward. `ward.round` is the hub's, and no desk waits for it."""

    def __init__(self, town: Town, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.ward = Ward(town, folder)
        self._hub_copies = 0
        self._hub_backup: Path | None = None
        super().__init__(WardTown(town, self.ward), folder)  # type: ignore[arg-type]  # it fits

    def hub_round(self, *, down: bool = False, lost_answers: int = 0, up: int | None = None) -> None:
        """Let the hub speak to the city on a line with faults."""
        line = self.ward.wan
        line.down, line.lost_answers, line.up_left = down, lost_answers, up
        try:
            self.ward.round()
        except Offline:
            assert down or lost_answers or up is not None
        except EpochChanged:
            pass  # the city was put back in mid-round
        finally:
            line.down, line.lost_answers, line.up_left = False, 0, None

    def back_up_hub(self) -> None:
        self._hub_copies += 1
        self._hub_backup = self.folder / f"hub-{self._hub_copies}.db"
        back_up(self.ward.database, self.ward.setting.database, self._hub_backup)

    def put_hub_back(self) -> None:
        """Lose the hub; a backup takes its place."""
        if self._hub_backup is None:
            return
        there = {row.id for row in self.town.registry.entries(self.unit)}
        kept = set().union(*(self._ids(desk) for desk in self.desks))
        before = self._at_the_hub()
        self.ward.put_back(self._hub_backup)
        self.excused |= before - self._at_the_hub() - there - kept

    def make_peace(self) -> None:
        for desk in self.desks:
            desk.clock.off *= 0
        for _ in range(12):
            for desk in self.desks:
                self.settle(desk)
                self.exchange(desk)
            self.hub_round()
            if not any(self._waits(desk) for desk in self.desks) and not self._held():
                break
        self.hub_round()
        for desk in self.desks:
            self.exchange(desk)

    def check(self) -> None:
        assert self._held() == 0, "the hub still holds something"
        super().check()
        news = {alarm.reason for alarm in self.ward.registry.alarms(self.unit)}
        assert news <= NEWS, f"alarms at the hub: {sorted(news - NEWS)}"

    def _nothing_redacted_is_kept(self) -> None:
        super()._nothing_redacted_is_kept()
        bodies = {row.id: row.body for row in self.ward.registry.entries(self.unit) if row.kind not in SPARED}
        ordered = map(self._ordered, self.town.registry.entries(self.unit))
        for order in filter(None, (redaction_in(entry) for entry in ordered if entry)):
            assert [each for each in order.entries if bodies.get(each)] == [], "the hub kept a body"
            assert not any(FileRoom(self.ward.setting.folder).holds(each) for each in order.files)

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self.ward.close()
        super().close()

    def _held(self) -> int:
        with self.ward.database.reading() as tx:
            return len(tx.execute(select(hub_entries.c.n).where(~hub_entries.c.final)).all())

    def _at_the_hub(self) -> set[str]:
        return {row.id for row in self.ward.registry.entries(self.unit)}

    def _has_file(self, sha256: str) -> bool:
        return super()._has_file(sha256) or FileRoom(self.ward.setting.folder).holds(sha256)

    def _waits(self, desk: Desk) -> list[str]:
        with desk.at_work.journal.reading() as tx:
            held = [each.entry.id for each in deliveries.unsettled(tx) if each.verdict in entries.OPEN]
        return [*super()._waits(desk), *held]
