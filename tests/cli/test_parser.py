"""Every command of the command line is there when it is called for."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from clerk_app.cli.parser import parser


def commands(words: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    if (run := words.get_default("run")) is not None:
        yield run.args
    for action in words._actions:
        if isinstance(action, argparse._SubParsersAction):
            for family in action.choices.values():
                yield from commands(family)


def test_every_command_has_its_function() -> None:
    named = list(commands(parser()))
    assert len(named) > 20
    for room, act in named:
        assert callable(getattr(import_module(f"clerk_app.cli.{room}"), act)), f"{room}.{act}"
