"""Entries: the vectors that others can test against, and what no entry may be."""

import json
import string
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.body import read_body, write_body
from sync.clock import Clock, read_time, rfc3339
from sync.entry import NO_HASH, Entry, Fields, commit, new_id, parse, read_header, seal, verify
from sync.errors import EntryForged, EntryMalformed, EntryTooNew
from sync.header import write_header
from sync.keys import Ed25519Signer, generate

VECTORS: dict[str, Any] = json.loads(files("sync.contract").joinpath("vectors.json").read_text("utf-8"))
OFFICER = Ed25519Signer("officer:an", bytes(32))

times = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
whole = st.integers(0, 2**53 - 1)
words = st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=64)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
ids = st.uuids().map(str)
clocks = st.builds(Clock, times, words, whole) | st.builds(
    Clock, times, words, whole, times, st.none() | whole
)
all_fields = st.builds(
    Fields,
    id=ids,
    chain=ids,
    seq=st.integers(1, 2**53 - 1),
    subject=ids,
    kind=st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True),
    base=st.none() | ids,
    author=words.map("officer:{}".format),
    occurred_at=times,
    clock=clocks,
    prev_hash=hashes,
)


@pytest.mark.parametrize("vector", VECTORS["entries"], ids=lambda v: v["name"])
def test_an_entry_is_written_byte_for_byte_as_in_the_vectors(vector: dict[str, str]) -> None:
    header = vector["header"].encode()
    fields, body_commit = read_header(header)
    signer = Ed25519Signer(fields.author, bytes.fromhex(vector["author_private_key"]))
    salt, body = bytes.fromhex(vector["salt"]), vector["body"].encode()

    entry = seal(fields, body, signer, salt)

    assert entry.header == header
    assert (entry.hash, entry.sig.hex()) == (vector["hash"], vector["sig"])
    assert entry.body_commit == body_commit == vector["body_commit"] == commit(salt, body)
    verify(entry, bytes.fromhex(vector["author_public_key"]))


@pytest.mark.parametrize("vector", VECTORS["rejected"], ids=lambda v: v["why"])
def test_a_header_that_we_would_not_write_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(EntryMalformed):
        parse(vector["header"].encode("utf-8", "surrogatepass"), bytes(64))


def test_a_newer_header_says_that_the_program_is_old() -> None:
    newer = next(v for v in VECTORS["rejected"] if v["why"] == "a newer version")
    with pytest.raises(EntryTooNew) as refusal:
        read_header(newer["header"].encode())
    assert "Cập nhật" in refusal.value.remedy


@settings(max_examples=40, deadline=None)
@given(all_fields, hashes)
def test_every_header_is_read_back_as_it_was_written(fields: Fields, body_commit: str) -> None:
    entry = seal(fields, body_commit.encode(), Ed25519Signer(fields.author, bytes(32)))

    read, _ = read_header(entry.header)

    assert entry.header.isascii()
    assert b" " not in entry.header
    assert read == parse(entry.header, entry.sig).fields == entry.fields
    assert abs(read.occurred_at - fields.occurred_at).total_seconds() < 0.001


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_changed_byte_passes(data: st.DataObject) -> None:
    entry = an_entry()
    place = data.draw(st.integers(0, len(entry.header) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != entry.header[place]))
    changed = entry.header[:place] + bytes([other]) + entry.header[place + 1 :]

    with pytest.raises((EntryMalformed, EntryForged)):
        verify(parse(changed, entry.sig, entry.salt, entry.body), OFFICER.public_bytes)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_nonsense_is_refused_in_words(nonsense: bytes) -> None:
    with pytest.raises(EntryMalformed):
        parse(nonsense, bytes(64))


def test_a_time_after_which_no_calendar_goes_on_is_no_time_of_an_entry() -> None:
    written = write_header(an_entry().fields, "0" * 64)
    with pytest.raises(EntryMalformed):
        parse(
            written.replace(rfc3339(an_entry().occurred_at).encode(), b"9999-12-31T20:00:00.000Z"), bytes(64)
        )


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999"])
def test_a_number_that_nobody_can_write_again_is_no_part_of_a_body(number: str) -> None:
    with pytest.raises(EntryMalformed):
        read_body(b'{"set":{"fee":{"amount":%s}}}' % number.encode())


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(EntryMalformed):
        parse(b"[" * 4000, bytes(64))
    with pytest.raises(EntryMalformed):
        read_body(b"[" * 200_000)


def test_another_officers_key_verifies_nothing() -> None:
    with pytest.raises(EntryForged):
        verify(an_entry(), generate("officer:an").public_bytes)


def test_another_body_is_no_body_of_this_entry() -> None:
    entry = an_entry()
    with pytest.raises(EntryForged):
        verify(replace(entry, body=b'{"move":{"from":null,"to":"returned"}}'), OFFICER.public_bytes)


def test_an_entry_without_its_body_still_verifies() -> None:
    entry = an_entry()
    retired = parse(entry.header, entry.sig)
    verify(retired, OFFICER.public_bytes)
    assert retired.body is None


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_has_64_bytes(length: int) -> None:
    with pytest.raises(EntryMalformed):
        parse(an_entry().header, bytes(length))


def test_a_body_never_comes_without_its_salt() -> None:
    entry = an_entry()
    with pytest.raises(EntryMalformed):
        parse(entry.header, entry.sig, None, entry.body)
    with pytest.raises(EntryMalformed):
        parse(entry.header, entry.sig, b"short", entry.body)


def test_nobody_seals_for_somebody_else() -> None:
    with pytest.raises(ValueError, match="author"):
        seal(an_entry().fields, b"{}", generate("officer:binh"))


@pytest.mark.parametrize(
    "members",
    [
        {"set": ["applicant"]},
        {"set": {"applicant": "An"}},
        {"base_values": 1},
        {"move": "received"},
        {"move": {"to": "received"}},
        {"move": {"from": None, "to": None}},
        {"files": ["../../etc/passwd"]},
        {"files": "ab" * 32},
        {"number": {"series": "S", "value": "1", "code": "S-1"}},
        {"number": {"series": "S", "value": 2**53, "code": "S-1"}},
        {"amount": float("nan")},
        {"when": datetime(2026, 7, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_wrong_reserved_members_are_refused_before_they_are_written(members: dict[str, object]) -> None:
    with pytest.raises(EntryMalformed):
        write_body(members)


@pytest.mark.parametrize("body", [b'{"note":"\\ud800"}', b'{"x":Infinity}', b'{"\\udfff":1}', b"[" * 100_000])
def test_a_body_that_no_reader_keeps_the_same_is_refused(body: bytes) -> None:
    with pytest.raises(EntryMalformed):
        read_body(body)


def test_a_letter_written_as_two_halves_is_a_letter() -> None:
    assert read_body(b'{"note":"\\ud83d\\ude00"}').opaque == {"note": "\U0001f600"}


def test_a_body_is_the_same_bytes_for_the_same_content() -> None:
    assert (
        write_body({"b": 1, "a": "Đặng"})
        == write_body({"a": "Đặng", "b": 1})
        == '{"a":"Đặng","b":1}'.encode()
    )


def test_other_members_of_a_body_are_left_alone() -> None:
    body = read_body(write_body({"note": {"x": [1]}, "move": {"from": None, "to": "received"}}))
    assert body.opaque == {"note": {"x": [1]}}
    assert body.move is not None


@pytest.mark.parametrize(
    "text", ["2026-07-01T01:00:00.1Z", "2026-07-01t01:00:00.000Z", "٢٠٢٦-07-01T01:00:00.000Z"]
)
def test_a_time_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is Python's
        read_time(text)


def an_entry() -> Entry:
    at = datetime(2026, 7, 1, 1, tzinfo=UTC)
    fields = Fields(
        new_id(), new_id(), 1, new_id(), "received", None, "officer:an", at, Clock(at, "b", 1), NO_HASH
    )
    return seal(fields, write_body({"set": {"applicant": {"name": "An"}}}), OFFICER)
