"""Frames fit exactly, or they are garbled."""

import base64
import os
import random

import pytest

from signing.wire import (
    LIMIT,
    Garbled,
    check,
    decode,
    encode,
    encode_with_secret,
    read_body,
    wipe,
    write_frame,
)


def _through_a_pipe(data: bytes) -> bytearray | None:
    reader, writer = os.pipe()
    try:
        os.write(writer, data)
        os.close(writer)
        return read_body(reader)
    finally:
        os.close(reader)


def test_a_frame_comes_out_as_it_went_in() -> None:
    message = {"id": 7, "op": "tokens", "tên": "thẻ"}
    assert decode(_through_a_pipe(bytes(encode(message))) or b"") == message


def test_the_end_of_the_pipe_is_no_error_but_a_cut_frame_is() -> None:
    assert _through_a_pipe(b"") is None
    for cut in (b"\0\0", b"\0\0\0\x09{}", (LIMIT + 1).to_bytes(4, "big")):
        with pytest.raises(Garbled):
            _through_a_pipe(cut)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"\xff", b"[" * 100000])
def test_what_is_no_object_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled):
        decode(body)


@pytest.mark.parametrize("message", [{}, {"a": 1, "b": 2}, {"a": "1"}, {"a": True}, [], None])
def test_a_message_has_exactly_the_members_of_its_shape(message: object) -> None:
    assert check({"a": 1}, {"a": "int"}) == {"a": 1}
    with pytest.raises(Garbled):
        check(message, {"a": "int"})


def test_a_secret_is_encoded_as_base64_without_the_library() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    for length in range(70):
        secret = bytearray(chance.randbytes(length))
        frame = encode_with_secret({"op": "login"}, "pin", secret)
        assert decode(frame[4:]) == {"op": "login", "pin": base64.b64encode(secret).decode()}
        assert int.from_bytes(frame[:4], "big") == len(frame) - 4


def test_a_wiped_secret_is_gone() -> None:
    secret = bytearray(b"24681357")
    wipe(secret)
    assert secret == bytes(8)


def test_a_large_frame_is_written_whole() -> None:
    reader, writer = os.pipe()
    frame = encode({"x": "y" * 50000})
    write_frame(writer, frame)
    os.close(writer)
    assert read_body(reader) == frame[4:]
    os.close(reader)
