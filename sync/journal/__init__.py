"""The journal: the append-only truth of one counter, in one encrypted file.

Open it with `open_journal`; the rooms beside (`entries`, `deliveries`, `numbers`, `revisions`,
`references`, `drafts`, `feed`, `published`, `alarms`, `incarnation`) are functions whose first argument is a transaction (`Tx`).
"""

from sync.journal.act import Act
from sync.journal.connection import Tx
from sync.journal.journal import Journal
from sync.journal.open import open_journal
from sync.journal.safety import Safety

__all__ = ["Act", "Journal", "Safety", "Tx", "open_journal"]
