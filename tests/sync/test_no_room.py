"""The disk is full at every write of an act in turn: the act is kept whole or not at all, and can be done again."""

from pathlib import Path

import pytest

from tests.disk.recorded import read, record, recorder, why_not
from tests.sync import counter_without_room

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


def test_whichever_write_finds_no_room_an_act_is_whole_or_not_at_all(tmp_path: Path) -> None:
    root, trace = tmp_path / "root", tmp_path / "trace"
    (root / "second").mkdir(parents=True)
    record(recorder(tmp_path), root, trace, [counter_without_room.__file__, str(root)])
    (told,) = [step.note for step in read(trace) if step.what == "n" and step.note["what"] == "tried"]
    assert int(str(told["acts"])) > 10
    assert int(str(told["around"])) > 20
