"""The next step of proof, by what a document is for."""

from datetime import UTC, datetime, timedelta

import pytest

from signing.proof import Level
from signing.proof_plan import RENEW_BEFORE, Keeping, NextStep, Step, next_step

NOW = datetime(2026, 11, 26, tzinfo=UTC)
YEARS = NOW + timedelta(days=2000)


@pytest.mark.parametrize("level", [Level.B_T, Level.B_LT, Level.B_LTA])
def test_a_slip_needs_its_time_proven_and_no_more(level) -> None:
    assert next_step(Keeping.SLIP, Level.B_B, None, NOW) == NextStep(Step.TIME_STAMP, NOW)
    assert next_step(Keeping.SLIP, level, YEARS, NOW) == NextStep(Step.NOTHING, None)


def test_a_result_goes_up_step_by_step() -> None:
    steps = [next_step(Keeping.RESULT, each, YEARS, NOW).step for each in (Level.B_B, Level.B_T, Level.B_LT)]
    assert steps == [Step.TIME_STAMP, Step.VALIDATION_DATA, Step.ARCHIVE]


def test_an_archived_result_is_renewed_before_its_authority_ends() -> None:
    waits = next_step(Keeping.RESULT, Level.B_LTA, YEARS, NOW)
    assert waits == NextStep(Step.NOTHING, YEARS - RENEW_BEFORE)
    assert next_step(Keeping.RESULT, Level.B_LTA, YEARS, waits.due).step is Step.RENEW


@pytest.mark.parametrize("keeping", list(Keeping))
def test_a_document_that_is_not_valid_gets_no_proof(keeping) -> None:
    assert next_step(keeping, None, None, NOW) == NextStep(Step.NOTHING, None)
