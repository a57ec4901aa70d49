"""Put together what another counter may lack, seal it to its device and write it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clerk_app.services.other_counters import other_counters
from clerk_app.services.turn_history import handings
from clerk_app.store.entry_rules import entry_rules
from sync import authors, bundle
from sync.bundle import Bundle, Envelope, Paper
from sync.entry import Entry
from sync.files import FileStore
from sync.grants import granting_kinds
from sync.journal import Journal, Tx, deliveries, entries, handed, revisions
from sync.journal.entries import OPEN
from sync.keys import Ed25519Signer
from sync.push import carried

FILES = f"*{bundle.SUFFIX}"
"""How the files of bundles are named, for a dialog that looks for them."""
MOST_BYTES = bundle.MAX_BYTES // 2
"""Of documents in one bundle: entries have the rest."""
_RULES = entry_rules()


@dataclass(frozen=True, slots=True)
class PackBundle:
    journal: Journal
    files: FileStore
    device: Ed25519Signer

    def receivers(self) -> tuple[str, ...]:
        """Return the other counters to which something can be sealed, by the authors of their devices; a hub signs nothing."""
        return other_counters(self.journal, self.device.author)

    def called(self, device: str) -> str:
        """Return how people call another counter, by the author of its device."""
        return authors.known(self.journal).called(device)

    def news(self, receiver: str) -> Mapping[str, str]:
        """Return documents (with their dossiers) that went between the two counters and went on here since."""
        with self.journal.reading() as tx:
            waiting = deliveries.unsettled(tx)
            subjects = dict.fromkeys(each.entry.subject for each in waiting if each.verdict in OPEN)
            return {
                document: subject
                for subject in subjects
                for document in self._went_on(tx, subject, {self.device.author, receiver})
            }

    def paper(self, document: str, subject: str, *, handed: bool) -> Paper:
        """Read every state of a document; raises `FileMissing` or `FileDamaged`."""
        with self.journal.reading() as tx:
            line = tuple(each.sha256 for each in revisions.line(tx, document))
        self.files.check_line(line)
        return Paper(document, subject, line, tuple(map(self.files.get, line)), handed)

    def write(
        self, place: Path, envelope: Envelope, with_turn: Mapping[str, str], last: Entry | None = None
    ) -> tuple[Path, int]:
        """Write a bundle with these documents (and their dossiers), and with what is new for the receiver.

        `place`: a folder, or the file itself; `last`: of what is open nothing later goes along. Returns the file and how
        many documents only tell how they stand. Raises `BundleError`, `FileMissing`, `FileDamaged`.
        """
        papers = [self.paper(*each, handed=True) for each in with_turn.items()]
        papers += self._further(envelope.receiver, papers)
        with self.journal.reading() as tx:
            found = handed.to_hand(tx, {paper.subject for paper in papers}, last, self._delegations())
        path = place / bundle.file_name(envelope) if place.is_dir() else place
        made = Bundle(envelope, tuple(map(carried, found)), tuple(papers))
        bundle.write(path, made, self.device, self._key_of(envelope.receiver))
        return path, len(papers) - len(with_turn)

    def _delegations(self) -> tuple[str, Collection[str]]:
        """Name what tells who may sign for whom: all of it, since an end that stayed behind would leave what it ended."""
        return self.journal.unit, granting_kinds(_RULES)

    def _further(self, receiver: str, papers: Sequence[Paper]) -> Iterator[Paper]:
        """Yield what is new for the receiver beside these papers, as far as there is room; the rest goes another time."""
        taken = {paper.document for paper in papers}
        room = MOST_BYTES - sum(len(paper.contents[-1]) for paper in papers)
        places = bundle.MAX_DOCUMENTS - len(papers)
        news = {each: subject for each, subject in self.news(receiver).items() if each not in taken}
        for document, subject in list(news.items())[:places]:
            paper = self.paper(document, subject, handed=False)
            room -= len(paper.contents[-1])
            if room < 0:
                return
            yield paper

    def _went_on(self, tx: Tx, subject: str, both: set[str]) -> Iterator[str]:
        """Yield the documents of a dossier that went between both, if something was done with it here since."""
        told = {
            each.document: entry
            for entry, each in handings(tx, subject)
            if {each.sender, each.receiver} == both
        }
        order = [entry.id for entry in entries.history(tx, subject)]
        ours = [entry.id for entry in entries.of_subject(tx, subject) if entries.is_ours(tx, entry.chain)]
        last = order.index(ours[-1]) if ours else -1
        for document, entry in told.items():
            if last > order.index(entry.id) and revisions.head(tx, document) is not None:
                yield document

    def _key_of(self, receiver: str) -> bytes:
        keys = [key for key in authors.known(self.journal).keys if key.author == receiver]
        return next(key.public_key for key in reversed(keys) if not key.revoked_at)
