"""Show a dossier that has left this counter by age: central still has it, and nothing of the answer is kept."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from clerk_app.domain.dossier import Dossier, GoneBy
from clerk_app.errors import CentralOffline, OfficeError
from clerk_app.services.files_at_hand import FilesAtHand
from clerk_app.store.projection import Projection, whole_dossier
from sync.client import HttpCentral
from sync.entry import Entry, commit
from sync.errors import BodyForged, Offline
from sync.fold import fold
from sync.journal import Journal
from sync.line_errors import LineBlocked


class NotAtCentral(OfficeError):
    message = "Máy chủ trung tâm không còn giữ nội dung của hồ sơ {code}."
    remedy = "Báo mã hồ sơ cho người quản trị máy chủ trung tâm."


@dataclass(frozen=True, slots=True)
class ShowRetired:
    journal: Journal
    projection: Projection
    files: FilesAtHand
    connect: Callable[[], HttpCentral] | None  # None: no central is set up

    def __call__(self, id: str) -> Dossier:
        """Ask central for what this counter let go of a dossier, and return the whole; one that is here is returned as it is.

        A file of it that is looked at afterwards lies here until the sweep. Raises `NotAtCentral`, `BodyForged`,
        `CentralOffline`, what blocks the line, other `CentralError`, or `NoSuchDossier`.
        """
        with self.journal.reading() as tx:
            here = self.projection.dossier_in(tx, id)
            known = self.projection.counted(tx, id)
        if here.gone is None or here.gone.by is not GoneBy.AGE:
            return here
        if self.connect is None:
            raise CentralOffline
        try:
            with closing(self.connect()) as central:
                told = fold(tuple(self._whole(known.entries, central, here.code)), self.projection.rules)
        except Offline as failed:
            if isinstance(failed, LineBlocked):
                raise
            raise CentralOffline from failed
        return replace(whole_dossier(told), sending=here.sending)

    def pdf(self, sha256: str) -> bytes:
        """Return the bytes of one of its papers; raises what `FilesAtHand` does."""
        return self.files.get(sha256)

    def _whole(self, entries: tuple[Entry, ...], central: HttpCentral, code: str) -> Iterator[Entry]:
        for entry in entries:
            yield entry if entry.body is not None else _brought(entry, central, code)


def _brought(bare: Entry, central: HttpCentral, code: str) -> Entry:
    """Return an entry with the body that its author signed for, and no other."""
    told = central.entry(bare.id)
    if told is None or told.salt is None or told.body is None:
        raise NotAtCentral(code=code)
    if told.header != bare.header or commit(told.salt, told.body) != bare.body_commit:
        raise BodyForged
    return replace(bare, salt=told.salt, body=told.body)
