"""What all tests share: the long run, and a seed that can be repeated."""

import gc
import os
import random
import secrets
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CLERK_APP_STATE"] = tempfile.mkdtemp(
    prefix="clerk-app-state-"
)  # no test writes into the user's own
MUCH = 50_000  # objects made and not let go since the last collection


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long loops in full")
    parser.addoption("--seed", default=None, help="repeat a run with the seed it printed")


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # else a lane's thread may collect a window that an earlier test let go: a crash
    if config.option.seed is None:
        config.option.seed = secrets.token_hex(4)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Collect in the main thread, where Qt's objects may go: after each file, and when much was made."""
    is_last = nextitem is None or nextitem.path != item.path
    if is_last or gc.get_count()[0] > MUCH:
        gc.collect()


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (repeat with --seed {config.option.seed})"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be repeated: the run prints its seed."""
    return random.Random(f"{request.config.option.seed}:{request.node.nodeid}")  # noqa: S311 - not for keys


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is marked `long` to the long run: another turn of what one case shows already."""
    if not config.option.long:
        left = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether long loops run in full."""
    return bool(request.config.option.long)
