"""Commands for the token and its driver: find, check."""

import argparse

from clerk_app.cli.outcome import Outcome
from clerk_app.cli.words import in_language
from clerk_app.domain.record import as_json
from clerk_app.domain.verdict import Health
from clerk_app.places import counter_folder
from clerk_app.services.find_tokens import FindTokens
from clerk_app.services.token_care import TokenCare


def find(options: argparse.Namespace) -> Outcome:
    """Find the drivers on this computer and try each: 0 when one serves, else 1."""
    found = FindTokens.in_folder(counter_folder(options.data))()
    answer = as_json(found)
    answer["notes"] = [in_language(each) for each in found.notes]
    for told, each in zip(answer["drivers"], found.drivers, strict=True):
        told["sentence"], told["remedy"] = in_language(each.sentence), in_language(each.remedy)
    return answer, 0 if any(each.works for each in found.drivers) else 1


def check(options: argparse.Namespace) -> Outcome:
    """Examine the tokens of this counter: 0 when nothing fails, else 1; with --bundle a redacted report as well."""
    care = TokenCare(counter_folder(options.data))
    checks = care.examine()
    if options.bundle:
        care.export(options.bundle)
    told = [
        {**as_json(each), "sentence": in_language(each.sentence), "remedy": in_language(each.remedy)}
        for each in checks
    ]
    return told, 1 if any(each.health is Health.FAIL for each in checks) else 0
