"""What keeps a counter's work through a failing disk, an old copy or a stolen PC: made from its settings and keys."""

from dataclasses import dataclass, field
from datetime import datetime

from clerk_app.places import state_folder
from clerk_app.settings import Enrolment, Settings
from clerk_app.store.key_slots import derived
from sync.ballast import ACT, Ballast
from sync.clock import SystemClock, TimeSource
from sync.journal import Safety, aside
from sync.journal.journal import Holder
from sync.journal.mark import MarkFile
from sync.journal.rebuild import Place
from sync.journal.snapshots import SNAPSHOTS, Keep, Snapshots
from sync.keys import Ed25519Signer
from sync.second_place import SecondPlace

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Safekeeping:
    """Of one counter, by its data key."""

    settings: Settings
    enrolment: Enrolment
    data_key: bytes = field(repr=False)

    @property
    def place(self) -> Place:
        """Where the journal lies."""
        return Place(self.settings.folder, derived(self.data_key, "journal"), self.settings.unit.id)

    @property
    def device(self) -> Ed25519Signer:
        return Ed25519Signer(f"device:{self.enrolment.device_id}", self.enrolment.device_key)

    @property
    def ballast(self) -> Ballast:
        return Ballast(self.settings.folder, self.settings.recovery.ballast_mb * _MEBIBYTE)

    @property
    def safety(self) -> Safety:
        state = state_folder(self.settings.recovery.state)
        return Safety(MarkFile.here(state, self.enrolment.device_secret), self.ballast)

    def holder(self, source: TimeSource | None = None) -> Holder:
        return Holder(self.device, source or SystemClock(), self.safety)

    @property
    def snapshots(self) -> Snapshots:
        kept = self.settings.recovery
        return Snapshots(
            self.settings.folder / SNAPSHOTS,
            self.place.key,
            Keep(kept.snapshot_hours, kept.snapshot_days),
            spare=self.ballast.size + ACT,
        )

    @property
    def second_place(self) -> SecondPlace | None:
        """Where unsent work is kept a second time; None while the place or the unit's recovery key is missing."""
        root, key = self.settings.recovery.second_place, self.enrolment.recovery_public_key
        if root is None or not key:
            return None
        return SecondPlace(
            root, self.enrolment.device_id, key, f"{self.settings.unit.name}, {self.settings.unit.counter}"
        )

    def was_moved_aside(self, since: datetime) -> bool:
        """Whether a journal was moved aside at `since` (UTC) or later, by a salvage or a restore."""
        newest = next(aside.set_aside(self.place.file), None)
        return newest is not None and aside.moved_at(newest) >= f"{since:%Y%m%d%H%M%S}"
