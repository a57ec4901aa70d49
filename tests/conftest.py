"""What all tests share: the long run, and a seed that can be repeated."""

import os
import random
import secrets
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CLERK_APP_STATE"] = tempfile.mkdtemp(
    prefix="clerk-app-state-"
)  # no test writes into the user's own


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long loops in full")
    parser.addoption("--seed", default=None, help="repeat a run with the seed it printed")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.seed is None:
        config.option.seed = secrets.token_hex(4)


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (repeat with --seed {config.option.seed})"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be repeated: the run prints its seed."""
    return random.Random(f"{request.config.option.seed}:{request.node.nodeid}")  # noqa: S311 - not for keys


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether long loops run in full."""
    return bool(request.config.option.long)
