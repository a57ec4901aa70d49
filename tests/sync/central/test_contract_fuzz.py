"""Central is asked what its contract allows, and much that it does not: it never fails, and answers as it promised."""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, checks
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from sync import contract
from sync.contract import wire
from sync.push import carried
from tests.sync.central.chain_writer import ChainWriter
from tests.sync.central.test_contract import conforms
from tests.sync.central.world import RULES, Enrolment, Registry, RunningCentral

EXAMPLES, MANY = 12, 400  # of each operation and mode; the second with --long
NOTHING_TO_SAY_WRONG = ("GET /v1/health", "GET /v1/time", "GET /v1/news", "GET /v1/authors", "GET /v1/unit")
WAIT = 20  # seconds
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def _schema() -> schemathesis.BaseSchema:
    generation = GenerationConfig(with_security_parameters=False)
    projects = ProjectsConfig(default=ProjectConfig(generation=generation))
    path = Path(contract.__file__).parent / "openapi.yaml"
    return schemathesis.openapi.from_path(path, config=SchemathesisConfig(projects=projects))


OPERATIONS = {found.ok().label: found.ok() for found in _schema().get_all_operations()}
QUESTIONS = [
    (label, mode)
    for label in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or label not in NOTHING_TO_SAY_WRONG
]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from([str(uuid.UUID(int=number)) for number in range(4)])
STATES = st.sampled_from([None, "received", "slip_issued", "withdrawn", ""])
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "set": st.dictionaries(st.sampled_from(["applicant", "fee", "x"]), ANYTHING) | ANYTHING,
        "base_values": st.dictionaries(st.sampled_from(["applicant", "fee", "x"]), ANYTHING) | ANYTHING,
        "move": st.fixed_dictionaries({"from": STATES, "to": STATES}) | ANYTHING,
        "files": st.lists(st.sampled_from(["0" * 64, "a", ""]), max_size=3) | ANYTHING,
        "number": st.fixed_dictionaries(
            {"series": st.text(max_size=5) | ANYTHING, "value": st.integers() | ANYTHING, "code": ANYTHING}
        ),
        "resolves": IDS | ANYTHING,
        "reason": st.sampled_from(["enrolled", "restored"]) | ANYTHING,
        "after": st.fixed_dictionaries({"chain": IDS, "seq": st.integers(), "hash": ANYTHING}) | ANYTHING,
        "void": ANYTHING,
        "lost": ANYTHING,
        "at": ANYTHING,
    },
)
KINDS = st.sampled_from([*RULES.kinds, "chain_opened", "of_tomorrow"])
ACTS = st.lists(st.tuples(IDS, KINDS, BODIES, st.none() | IDS), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def known(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Enrolment:
    return registry.enrol(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def http(known: Enrolment) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Device {known.device}:{known.token}"
        yield session


def bounded(test: Callable[..., None], seed: random.Random, examples: int) -> Callable[[], None]:
    """Run a test so many times by a seed that the run prints."""
    bounds = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    bounded: Callable[[], None] = seeded(seed.getrandbits(64))(bounds(test))
    return bounded


@pytest.mark.parametrize(
    ("label", "mode"), QUESTIONS, ids=[f"{mode.value} {label}" for label, mode in QUESTIONS]
)
def test_no_question_makes_central_fail_or_break_its_contract(
    label: str, mode: GenerationMode, central: RunningCentral, http: requests.Session, seed: random.Random,
    long_run: bool,
) -> None:  # fmt: skip
    def ask(case: Case) -> None:
        case.call_and_validate(base_url=central.base, session=http, checks=CHECKS, timeout=WAIT)

    cases = OPERATIONS[label].as_strategy(mode)
    bounded(given(cases)(ask), seed, MANY if long_run else EXAMPLES)()


@pytest.mark.parametrize("by", ["officer_signer", "device_signer"])
def test_whatever_a_known_author_signs_is_answered(
    by: str,
    known: Enrolment,
    central: RunningCentral,
    http: requests.Session,
    seed: random.Random,
    long_run: bool,
) -> None:
    def offer(acts: Sequence[tuple[str, str, dict[str, Any], str | None]]) -> None:
        pen = ChainWriter(getattr(known, by))
        entries = [pen.write(subject, kind, body, base=base) for subject, kind, body, base in acts]
        batch = {"entries": [wire.carried_as_json(carried(entry)) for entry in entries]}
        answer = http.post(f"{central.base}/v1/entries", json=batch, timeout=WAIT)
        assert answer.status_code == 200, answer.text
        conforms("Offered", answer.json())
        page = http.get(f"{central.base}/v1/feed", params={"limit": 500}, timeout=WAIT)
        conforms("Page", page.json())

    bounded(given(ACTS)(offer), seed, (MANY if long_run else EXAMPLES) * 2)()
