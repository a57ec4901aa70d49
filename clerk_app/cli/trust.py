"""Commands for whom the unit trusts: everybody trusted here, and a list published by central."""

import argparse
from pathlib import Path

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome, WrongUsage
from clerk_app.cli.sheets import today
from clerk_app.cli.words import in_language
from clerk_app.domain.trust_list import EVERYTHING, Anchor, Purpose
from clerk_app.places import central_folder
from signing.trust import names_in


class NobodyThere(WrongUsage):
    message = "Không có chứng thư nào trong thư mục {path}."
    remedy = "Chép các tệp .pem, .crt, .cer hoặc .der của nơi cấp chứng thư vào đó rồi chạy lại."


def listed(options: argparse.Namespace) -> Outcome:
    """Tell everybody trusted at this counter, for what, and why: 0 when there is anybody, else 1."""
    with unlocked_desk(options) as desk:
        found = desk.whom_we_trust.everybody()
    told = [
        {
            "name": each.name,
            "sha256": each.sha256,
            "for": sorted(purpose.value for purpose in each.purposes),
            "because": in_language(each.because),
        }
        for each in found
    ]
    return told, 0 if found else 1


def publish(options: argparse.Namespace) -> Outcome:
    """Let central sign and serve the certificates of a folder as the unit's trust list."""
    from clerk_app.services.central_house import publish_trust  # noqa: PLC0415 - no other command waits for it

    anchors = [
        *(Anchor(name, der, _purposes(options)) for name, der in names_in(options.folder)),
        *(Anchor(name, der, frozenset({Purpose.TIME})) for name, der in _time(options)),
    ]
    if not anchors:
        raise NobodyThere(path=options.folder)
    number, label = publish_trust(central_folder(options.into), anchors, today(), options.database)
    return {"published": number, "label": label, "anchors": [each.name for each in anchors]}, 0


def _purposes(options: argparse.Namespace) -> frozenset[Purpose]:
    """Those of the first folder vouch for time too, unless a folder for time alone is named."""
    return frozenset({Purpose.SIGNATURE}) if options.time else EVERYTHING


def _time(options: argparse.Namespace) -> tuple[tuple[str, bytes], ...]:
    return names_in(Path(options.time)) if options.time else ()
