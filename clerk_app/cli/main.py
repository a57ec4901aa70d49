"""`clerk-app COMMAND`: reads the words of the command line, runs one command, answers with an exit code.

Exit codes: 0 done · 1 the answer is no (a document not valid, a journal that does not hold, a check
that failed) · 2 unreadable file or wrong usage · 3 refused, with what to do next · 4 central not
reachable · 130 stopped by the user. The answer goes to standard output, sentences for people and logs to
standard error; with `--json` a refusal is `{"error": {kind, message, remedy}}` on standard output too.
"""

import io
import json
import os
import sys
from collections.abc import Sequence

import structlog

from clerk_app.cli.answers import as_text
from clerk_app.cli.outcome import WrongUsage
from clerk_app.cli.parser import UNREADABLE, parser
from clerk_app.cli.words import SentencesIn, sentences
from clerk_app.errors import CentralOffline, Notice, UnreadableFile
from signing.errors import Unreadable

REFUSED, OFFLINE, STOPPED = 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug is not caught."""
    _settle_streams()
    options = parser().parse_args(arguments)
    try:
        answer, code = options.run(options)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # sorted right below: news is told, a bug goes on
        if not isinstance(error, Notice):
            raise
        _tell_refusal(error, as_json=options.json)
        return _code_of(error)
    if answer is not None:
        _say(json.dumps(answer, ensure_ascii=False, indent=2) if options.json else as_text(answer))
    return int(code)


def _code_of(error: Notice) -> int:
    match error:
        case CentralOffline():
            return OFFLINE
        case WrongUsage() | Unreadable() | UnreadableFile():
            return UNREADABLE
    return REFUSED


def _settle_streams() -> None:
    """Vietnamese needs UTF-8 whatever the pipe says; logs leave standard output to the answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def _say(text: str) -> None:
    """Print the answer; whoever reads it may have heard enough (`clerk-app … | head -1`)."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to flush at the end


def _tell_refusal(error: Notice, *, as_json: bool) -> None:
    words: SentencesIn = sentences(error)
    if as_json:
        told = {"error": {"kind": type(error).__name__, "message": words.message, "remedy": words.remedy}}
        _say(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"{words.message}\n{words.remedy}", file=sys.stderr)
