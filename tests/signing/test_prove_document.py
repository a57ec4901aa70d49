"""A signed document gets its proof step by step, from a time-stamp service and issuers that answer over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.progress import Cancelled, Progress
from clerk_app.services.prove_document import ProveDocument
from signing.errors import TimeStampUnavailable
from signing.pades import SignRequest, sign
from signing.proof import Level
from signing.proof_plan import RENEW_BEFORE, Keeping, Step
from signing.revocation import HttpIssuers
from signing.time_stamp import HttpTimeStamper
from tests.signing.authorities import KeyInMemory


@pytest.fixture
def signed(servers, slip) -> bytes:
    request = SignRequest("CanBo", servers.officer.der, datetime.now(UTC), servers.chain)
    return sign(slip, request, KeyInMemory(servers.officer))


def proving(servers, path: str = "/tsa") -> ProveDocument:
    stamper = HttpTimeStamper(servers.web.address + path, servers.trust)
    return ProveDocument(stamper, HttpIssuers(), servers.trust, lambda: datetime.now(UTC))


def test_a_result_gets_time_answers_and_a_time_stamp_over_both(servers, signed) -> None:
    proven = proving(servers)(signed, Keeping.RESULT)
    assert proven.level is Level.B_LTA
    assert proven.steps == (Step.TIME_STAMP, Step.VALIDATION_DATA, Step.ARCHIVE)
    assert proven.pdf.startswith(signed)
    assert proven.renew_at is not None
    again = proving(servers)(proven.pdf, Keeping.RESULT)
    assert (again.pdf, again.steps) == (proven.pdf, ())


def test_a_slip_needs_no_more_than_its_time(servers, signed) -> None:
    proven = proving(servers)(signed, Keeping.SLIP)
    assert (proven.level, proven.steps, proven.renew_at) == (Level.B_T, (Step.TIME_STAMP,), None)


def test_it_is_renewed_before_the_authority_ends(servers, signed) -> None:
    proven = proving(servers)(signed, Keeping.RESULT)
    assert proven.renew_at is not None
    later = ProveDocument(
        HttpTimeStamper(servers.web.address + "/tsa", servers.trust),
        HttpIssuers(),
        servers.trust,
        lambda: proven.renew_at + RENEW_BEFORE - timedelta(days=1),
    )
    renewed = later(proven.pdf, Keeping.RESULT)
    assert Step.RENEW in renewed.steps
    assert renewed.pdf.startswith(proven.pdf)
    assert renewed.level is Level.B_LTA


def test_where_no_time_comes_the_document_stays_as_it_is(servers, signed) -> None:
    with pytest.raises(TimeStampUnavailable):
        proving(servers, "/nobody")(signed, Keeping.RESULT)
    watch = Progress()
    watch.cancel()
    with pytest.raises(Cancelled):
        proving(servers)(signed, Keeping.RESULT, watch)


def test_a_paper_that_nobody_signed_is_not_proven(servers, slip) -> None:
    proven = proving(servers)(slip, Keeping.RESULT)
    assert (proven.level, proven.steps) == (None, ())
