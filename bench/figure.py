"""A figure: pairs of our cost and the yardstick's, and what is written of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from platform import python_version
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """Costs measured in turn, ours and the yardstick's, pair by pair."""

    unit: str  # "ms CPU", "ms wall", "MiB"
    yardstick: str  # what it is measured against, in words
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    libraries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """A key and how to measure it."""

    key: str
    measure: Callable[[], Figure]


def as_row(key: str, figure: Figure) -> dict[str, object]:
    """Return the row of `results/latest.json`: medians, and min/median/max of the ratio over the pairs."""
    ratios = [ours / theirs for ours, theirs in zip(figure.ours, figure.theirs, strict=True)]
    return {
        "key": key,
        "ours": round(median(figure.ours), 3),
        "yardstick": round(median(figure.theirs), 3),
        "yardstick_is": figure.yardstick,
        "ratio": round(median(ratios), 3),
        "unit": figure.unit,
        "runs": len(ratios),
        "min": round(min(ratios), 3),
        "median": round(median(ratios), 3),
        "max": round(max(ratios), 3),
        "versions": {"python": python_version()} | {name: version(name) for name in figure.libraries},
    }
