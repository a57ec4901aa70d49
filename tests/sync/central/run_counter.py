"""A counter for the tests, as a child process that ends itself as a power cut would, at a named point of a round."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from sync import pull, push
from tests.sync.central.world import Enrolment, open_counter


def dying_before(act: Callable[..., Any]) -> Callable[..., Any]:
    def die(*_args: Any, **_kwargs: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    del act
    return die


def dying_after(act: Callable[..., Any]) -> Callable[..., Any]:
    def die(*args: Any, **kwargs: Any) -> None:
        act(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def main(point: str, enrolment: Enrolment) -> None:
    if point == "answer_not_noted":
        push.deliveries.acknowledge = dying_before(push.deliveries.acknowledge)
    elif point == "answer_not_committed":
        push.deliveries.acknowledge = dying_after(push.deliveries.acknowledge)
    elif point == "answer_noted":
        push.Pushed = dying_before(push.Pushed)
    elif point == "page_not_committed":
        pull.feed.apply_page = dying_after(pull.feed.apply_page)
    with open_counter(enrolment) as counter:
        counter.exchange()


if __name__ == "__main__":
    main(sys.argv[1], Enrolment.from_json(sys.argv[2]))
