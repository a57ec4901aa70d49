"""A token's driver found on this computer, as the counter shows it: whose, whether it serves, which tokens it shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeenToken:
    """A token in a reader, by what its driver says of it without any PIN."""

    label: str
    serial: str
    manufacturer: str


@dataclass(frozen=True, slots=True)
class FoundDriver:
    """One library: `works` when this program can load it and it answers."""

    vendor: str
    library: str  # absolute path
    architecture: str  # e.g. "64-bit x86-64"; empty: not readable
    works: bool
    chosen: bool  # stands in the counter's settings
    confirmed: bool  # tried with a real token of this vendor
    tokens: tuple[SeenToken, ...]
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FoundDrivers:
    """What the search found, under which list of known names."""

    drivers: tuple[FoundDriver, ...]
    checked: str  # the day on which the list was last checked, dd/MM/yyyy
    notes: tuple[str, ...] = ()  # sentences about the search itself
