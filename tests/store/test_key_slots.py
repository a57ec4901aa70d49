"""The officers' key slots: who gets in, and who does not."""

import json
import secrets
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from clerk_app.store import key_slots
from clerk_app.store.key_slots import Hardness, KeySlotsBroken, NoSlot, OpenedSlot, WrongPassphrase

EASY = Hardness(time_cost=1, memory_kib=64, lanes=1)  # the real one takes a quarter of a second
SECRET = secrets.token_bytes(32)
HOUSE = Path(__file__).parents[2]


@pytest.fixture
def counter(tmp_path: Path) -> tuple[Path, OpenedSlot, OpenedSlot]:
    data_key = key_slots.new_data_key()
    hoa, lan = OpenedSlot(data_key, secrets.token_bytes(32)), OpenedSlot(data_key, secrets.token_bytes(32))
    key_slots.add_slot(tmp_path, "hoa", bytearray(b"mat khau cua Hoa"), SECRET, hoa, EASY)
    key_slots.add_slot(tmp_path, "lan", bytearray(b"mat khau cua Lan"), SECRET, lan, EASY)
    return tmp_path, hoa, lan


def test_each_officer_opens_the_one_data_key_and_their_own_entry_key(counter) -> None:
    folder, hoa, lan = counter

    assert key_slots.open_slot(folder, "hoa", bytearray(b"mat khau cua Hoa"), SECRET) == hoa
    assert key_slots.open_slot(folder, "lan", bytearray(b"mat khau cua Lan"), SECRET) == lan


def test_a_passphrase_opens_whichever_way_a_keyboard_writes_its_accents(counter, monkeypatch) -> None:
    folder, hoa, _ = counter
    composed, apart = (unicodedata.normalize(form, "tổ hợp phường") for form in ("NFC", "NFD"))
    key_slots.add_slot(folder, "hoa", bytearray(apart.encode()), SECRET, hoa, EASY)

    for typed in (composed, apart):
        assert key_slots.open_slot(folder, "hoa", bytearray(typed.encode()), SECRET) == hoa

    with monkeypatch.context() as earlier:  # a slot of a version that sealed what was typed
        earlier.setattr(key_slots, "_ways_to_write", lambda typed: [typed])
        key_slots.add_slot(folder, "hoa", bytearray(apart.encode()), SECRET, hoa, EASY)
    assert key_slots.open_slot(folder, "hoa", bytearray(apart.encode()), SECRET) == hoa


def test_another_officers_passphrase_opens_nothing(counter) -> None:
    folder, _, _ = counter

    with pytest.raises(WrongPassphrase):
        key_slots.open_slot(folder, "hoa", bytearray(b"mat khau cua Lan"), SECRET)


def test_the_file_carried_to_another_device_opens_nothing(counter) -> None:
    folder, _, _ = counter

    with pytest.raises(WrongPassphrase):
        key_slots.open_slot(folder, "hoa", bytearray(b"mat khau cua Hoa"), secrets.token_bytes(32))


def test_a_slot_renamed_to_another_officer_opens_nothing(counter) -> None:
    folder, _, _ = counter
    path = folder / key_slots.KEYS
    path.write_text(path.read_text().replace('"hoa"', '"mai"'))

    with pytest.raises(WrongPassphrase):
        key_slots.open_slot(folder, "mai", bytearray(b"mat khau cua Hoa"), SECRET)


def test_the_passphrase_is_wiped_whether_right_or_wrong(counter) -> None:
    folder, _, _ = counter
    right, wrong, nobody = bytearray(b"mat khau cua Hoa"), bytearray(b"sai"), bytearray(b"abc")

    key_slots.open_slot(folder, "hoa", right, SECRET)
    with pytest.raises(WrongPassphrase):
        key_slots.open_slot(folder, "hoa", wrong, SECRET)
    with pytest.raises(NoSlot):
        key_slots.open_slot(folder, "nobody", nobody, SECRET)

    assert (right, wrong, nobody) == (bytearray(16), bytearray(3), bytearray(3))


def test_no_key_stands_open_in_the_file(counter) -> None:
    folder, hoa, _ = counter

    text = (folder / key_slots.KEYS).read_text()

    assert hoa.data_key.hex() not in text
    assert hoa.entry_key.hex() not in text


def test_a_new_passphrase_replaces_the_old_one_and_nobody_elses(counter) -> None:
    folder, hoa, lan = counter

    key_slots.add_slot(folder, "hoa", bytearray(b"mat khau moi"), SECRET, hoa, EASY)

    assert key_slots.open_slot(folder, "hoa", bytearray(b"mat khau moi"), SECRET) == hoa
    assert key_slots.open_slot(folder, "lan", bytearray(b"mat khau cua Lan"), SECRET) == lan
    with pytest.raises(WrongPassphrase):
        key_slots.open_slot(folder, "hoa", bytearray(b"mat khau cua Hoa"), SECRET)


def test_a_slot_keeps_its_own_hardness(counter) -> None:
    folder, hoa, _ = counter
    harder = Hardness(time_cost=2, memory_kib=128, lanes=2)

    key_slots.add_slot(folder, "hoa", bytearray(b"x"), SECRET, hoa, harder)

    kdf = json.loads((folder / key_slots.KEYS).read_text())["slots"][0]["kdf"]
    assert (kdf["name"], kdf["time_cost"], kdf["memory_kib"], kdf["lanes"]) == ("argon2id", 2, 128, 2)
    assert key_slots.open_slot(folder, "hoa", bytearray(b"x"), SECRET) == hoa


def test_the_hardness_by_default_is_that_of_rfc_9106_for_little_memory() -> None:
    assert Hardness() == Hardness(time_cost=3, memory_kib=64 * 1024, lanes=4)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"slots": [1]}', '{"slots": [{"kdf": 1}]}'])
def test_a_broken_file_is_said_to_be_broken_and_stays(tmp_path: Path, text: str) -> None:
    (tmp_path / key_slots.KEYS).write_text(text)

    with pytest.raises(KeySlotsBroken):
        key_slots.open_slot(tmp_path, "hoa", bytearray(b"x"), SECRET)

    assert (tmp_path / key_slots.KEYS).read_text() == text


def test_two_programs_that_change_slots_at_once_lose_none_of_their_changes(tmp_path: Path) -> None:
    keys = OpenedSlot(key_slots.new_data_key(), b"e" * 32)
    names = [f"qt-{number}" for number in range(6)]
    key_slots.add_slot(tmp_path, "qt-0", bytearray(b"word"), b"s", keys, EASY)
    code = (
        "import sys; from pathlib import Path; from clerk_app.store import key_slots as k\n"
        "for name in sys.argv[2:]:\n"
        "    k.add_slot(Path(sys.argv[1]), name, bytearray(b'word'), b's',"
        " k.OpenedSlot(bytes(32), b'e' * 32), k.Hardness(1, 8, 1))\n"
        "    k.say_openly(Path(sys.argv[1]), 'qt-0', name, 'was here')"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), *part], cwd=HOUSE)
        for part in (names[1:4], names[4:])
    ]
    assert [program.wait(60) for program in programs] == [0, 0]

    assert {author.partition(":")[2] for author in key_slots.public_keys(tmp_path)} == set(names)
    assert all(key_slots.said_openly(tmp_path, name) == {"qt-0": "was here"} for name in names[1:])


def test_keys_of_different_purposes_differ() -> None:
    data_key = key_slots.new_data_key()

    keys = {key_slots.derived(data_key, purpose) for purpose in ("journal", "archive", "files")}

    assert len(keys | {data_key}) == 4
