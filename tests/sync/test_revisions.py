"""Lines of revisions: the head moves by compare-and-set, and a signature goes before proof made of its parent."""

from uuid import uuid4

import pytest

from sync.errors import HeadMoved
from sync.journal import Journal, revisions
from sync.journal.revisions import Revision, RevisionKind

BASE, PROOF, MORE, SIGNED = ("0" * 63 + str(digit) for digit in range(4))


@pytest.fixture
def document(journal: Journal) -> str:
    name = str(uuid4())
    with journal.writing() as tx:
        revisions.begin(tx, name, BASE)
        revisions.append(tx, Revision(name, PROOF, BASE, RevisionKind.PROOF))
        revisions.append(tx, Revision(name, MORE, PROOF, RevisionKind.PROOF))
    return name


def test_a_signature_becomes_head_over_proof_of_its_parent(journal: Journal, document: str) -> None:
    with journal.writing() as tx:
        revisions.append(tx, Revision(document, SIGNED, BASE, RevisionKind.SIGNATURE, "LanhDao"))

    with journal.reading() as tx:
        assert [each.sha256 for each in revisions.line(tx, document)] == [BASE, SIGNED]


def test_proof_never_goes_before_anything(journal: Journal, document: str) -> None:
    with journal.writing() as tx, pytest.raises(HeadMoved):
        revisions.append(tx, Revision(document, SIGNED, BASE, RevisionKind.PROOF))


def test_a_signature_never_goes_before_a_signature(journal: Journal, document: str) -> None:
    other = "f" * 64
    with journal.writing() as tx:
        revisions.append(tx, Revision(document, SIGNED, MORE, RevisionKind.SIGNATURE, "LanhDao"))
        with pytest.raises(HeadMoved):
            revisions.append(tx, Revision(document, other, BASE, RevisionKind.SIGNATURE, "LanhDao"))


def test_a_line_told_elsewhere_is_followed_and_what_was_added_here_stays_as_evidence(
    journal: Journal, document: str
) -> None:
    told = [
        Revision(document, BASE, None, RevisionKind.BASE),
        Revision(document, SIGNED, BASE, RevisionKind.SIGNATURE, "LanhDao"),
    ]
    for _ in range(2):  # harmless to repeat
        with journal.writing() as tx:
            revisions.follow(tx, document, told)
    with journal.reading() as tx:
        assert [each.sha256 for each in revisions.line(tx, document)] == [BASE, SIGNED]
        assert revisions.is_proof_over(tx, document, MORE, BASE)


def test_a_document_that_was_made_elsewhere_can_be_followed(journal: Journal) -> None:
    with journal.writing() as tx:
        revisions.follow(tx, "d", [Revision("d", BASE, None, RevisionKind.BASE)])
        assert revisions.head(tx, "d") == BASE
