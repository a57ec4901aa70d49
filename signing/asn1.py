"""asn1crypto, made ready for several threads: everybody here takes its modules from this room.

Its classes build their tables when the first object of each is made, and a second thread then finds them half built.
So one object of each is made while this module loads. Objects parse themselves as late: none is shared by threads.
"""

from collections.abc import Iterator
from typing import TypeVar

from asn1crypto import algos, cms, core, crl, ocsp, tsp, x509
from pyhanko.pdf_utils.crypt import pubkey, standard  # these and the next bring classes of their own
from pyhanko.sign.ades import cades_asn1, qualified_asn1
from pyhanko_certvalidator import asn1_types

__all__ = ["algos", "cms", "core", "crl", "ocsp", "ready", "tsp", "unready", "x509"]

_BRING_CLASSES = (asn1_types, cades_asn1, pubkey, qualified_asn1, standard)


Kind = TypeVar("Kind", bound=type)


def ready(kind: Kind) -> Kind:
    """Decorate a class of our own: its tables are built now, not by the first two threads that meet."""
    kind()
    return kind


def unready() -> set[type]:
    """Return the classes that are still to build their tables: none but `Choice`, which has nothing to choose from."""
    return {kind for kind in _kinds(core.Asn1Value) if kind not in core._SETUP_CLASSES}


def _kinds(base: type) -> Iterator[type]:
    kinds: list[type] = base.__subclasses__()
    for kind in kinds:
        yield kind
        yield from _kinds(kind)


for _each in unready() - {core.Choice}:
    ready(_each)
