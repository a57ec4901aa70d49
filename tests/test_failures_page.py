"""The page of failures names tests that are there."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGE = (HOUSE / "docs" / "failures.md").read_text("utf-8")


def test_every_proof_that_the_page_names_is_there() -> None:
    files = {path.name: path.read_text("utf-8") for path in (HOUSE / "tests").rglob("test_*.py")}
    named = re.findall(r"(test_\w+\.py)(?:::(test_\w+))?", PAGE)

    assert len(named) > 20
    assert [file for file, _ in named if file not in files] == []
    assert [test for file, test in named if test and f"def {test}(" not in files[file]] == []


def test_the_front_page_leads_there() -> None:
    assert "docs/failures.md" in (HOUSE / "README.md").read_text("utf-8")
