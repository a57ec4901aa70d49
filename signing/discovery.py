"""Which known drivers lie on this computer, and what each shows: every one tried in a throw-away child with a deadline.

A library that hangs or crashes costs its own line and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from signing.errors import SigningError
from signing.known_libraries import KnownLibrary
from signing.libraries import Architecture, check_library, library_architecture
from signing.token import TokenInfo
from signing.token_client import TokenProcess
from signing.token_session import Deadlines

PATIENCE = Deadlines(start=5, look=5)


@dataclass(frozen=True, slots=True)
class LyingLibrary:
    """A known driver file on this computer; nothing of it was loaded."""

    vendor: str
    path: Path
    confirmed: bool  # its vendor's driver was once tried with a real token
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """What one driver showed. `trouble`: why it does not serve; `None`: it loads and answers."""

    architecture: Architecture | None = None
    tokens: tuple[TokenInfo, ...] = ()
    trouble: SigningError | None = None


@dataclass(frozen=True, slots=True)
class FoundLibrary:
    library: LyingLibrary
    probe: Probe


def lying_here(known: Iterable[KnownLibrary], *, practice: bool) -> tuple[LyingLibrary, ...]:
    """Return the known drivers that lie on this computer, each file once.

    SoftHSM keeps keys in plain files: it is offered only where one practises, never beside real papers.
    """
    found: dict[Path, LyingLibrary] = {}
    for each in known:
        if each.practice and not practice:
            continue
        for place in each.places():
            if place.is_absolute() and place.is_file():
                lying = LyingLibrary(each.vendor, place, each.confirmed, each.practice)
                found.setdefault(place.resolve(), lying)
    return tuple(found.values())


def probe(path: Path, environment: Mapping[str, str] | None = None, deadlines: Deadlines = PATIENCE) -> Probe:
    """Judge one driver file, then load it in a child of its own, ask for its tokens and end the child."""
    architecture = None
    try:
        architecture = library_architecture(path)
        check_library(path)
        with TokenProcess(path, environment, deadlines=deadlines) as process:
            return Probe(architecture, tuple(process.tokens()))
    except SigningError as trouble:
        return Probe(architecture, (), trouble)


def probe_all(
    lying: Iterable[LyingLibrary],
    environments: Mapping[Path, Mapping[str, str]],
    look: Callable[[Path, Mapping[str, str]], Probe] = probe,
) -> Iterator[FoundLibrary]:
    """Probe one after the other, each as its settings say: two drivers at once would fight for one reader."""
    for each in lying:
        yield FoundLibrary(each, look(each.path, environments.get(each.path, {})))
