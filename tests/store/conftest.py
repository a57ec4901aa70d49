"""A small archive of its own for each test, and dossiers to put into it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, ReturnChannel, Status
from clerk_app.store.archive import Archive, open_archive

KEY = bytes(range(32))
MORNING = datetime(2026, 9, 28, 1, 30, tzinfo=UTC)

MakeDossier = Callable[..., Dossier]


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, KEY) as opened:
        yield opened


@pytest.fixture
def make_dossier() -> MakeDossier:
    """Make the n-th dossier of the morning, one a minute."""

    def make(n: int, name: str, **people: str) -> Dossier:
        owner = Person(name=name, id_number=people.get("id_number", ""), phone=people.get("phone", ""))
        submitter = Person(name=people["submitter"]) if "submitter" in people else None
        return Dossier(
            id=f"0199b000-0000-7000-8000-{n:012d}",
            code=people.get("code", f"H26.99.01-260928-{n:04d}"),
            provisional=False,
            procedure="2.000815",
            procedure_version="2026-07-01",
            procedure_title="Chứng thực bản sao",
            applicant=Applicant(owner, submitter),
            papers=(),
            sets=1,
            return_channel=ReturnChannel(),
            received_at=MORNING + timedelta(minutes=n),
            due_at=MORNING + timedelta(days=1),
            received_by="Lê Thị Thu",
            status=Status.RECEIVED,
            entry_hash="0" * 64,
        )

    return make
