"""A real token in SoftHSM: one PIN, one try; what the child knows of it ends with the login."""

import json
import logging
import os
from datetime import UTC, datetime, timedelta

import pytest

from signing.errors import (
    CertificateExpired,
    CertificateMissing,
    ModuleFailed,
    ModuleMissing,
    PinIncorrect,
    PinLength,
    PinPadMissing,
    TokenBusy,
    TokenMissing,
)
from signing.token_client import TokenProcess

RIGHT, WRONG = b"24681357", b"86427531"


def test_tokens_and_certificates_are_read_without_a_pin(tokens, practice) -> None:
    token = next(each for each in tokens.tokens() if each.serial == practice.serial)
    assert token.label == "Thẻ thực hành"
    assert not token.pin_locked
    on_it = {each.key_id: each.der for each in tokens.certificates(practice.serial)}
    assert on_it == {practice.key_ids[who]: der for who, der in practice.certificates.items()}


def test_the_right_pin_signs_and_is_wiped(tokens, practice) -> None:
    pin = bytearray(RIGHT)
    with tokens.unlocked(practice.serial, "01", pin) as session:
        assert pin == bytes(8)
        assert session.certificate == practice.certificates["CanBo"]
        assert len(session.sign(b"data")) == 256


def test_a_wrong_pin_is_said_once_and_the_right_one_then_works(tokens, practice) -> None:
    pin = bytearray(WRONG)
    with pytest.raises(PinIncorrect) as refusal, tokens.unlocked(practice.serial, "01", pin):
        raise AssertionError
    assert pin == bytes(8)
    assert refusal.value.facts == {"low": True, "final": False}
    assert next(each for each in tokens.tokens() if each.serial == practice.serial).pin_count_low
    with tokens.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        assert session.sign(b"data")
    assert not next(each for each in tokens.tokens() if each.serial == practice.serial).pin_count_low


@pytest.mark.parametrize("pin", [b"", b"123", b"9" * 65])
def test_a_pin_of_impossible_length_costs_no_try(tokens, practice, pin) -> None:
    with pytest.raises(PinLength), tokens.unlocked(practice.serial, "01", bytearray(pin)):
        raise AssertionError
    assert not next(each for each in tokens.tokens() if each.serial == practice.serial).pin_count_low


def test_no_pin_without_a_pin_pad_is_refused(tokens, practice) -> None:
    with pytest.raises(PinPadMissing), tokens.unlocked(practice.serial, "01", None):
        raise AssertionError


def test_a_missing_token_or_key_is_said_before_the_pin_is_used(tokens, practice) -> None:
    for serial, key_id, refusal in (
        ("nope", "01", TokenMissing),
        (practice.serial, "77", CertificateMissing),
    ):
        pin = bytearray(WRONG)
        with pytest.raises(refusal), tokens.unlocked(serial, key_id, pin):
            raise AssertionError
        assert pin == bytes(8)
    assert not next(each for each in tokens.tokens() if each.serial == practice.serial).pin_count_low


def test_an_expired_certificate_is_said_before_the_pin_is_used(tokens, practice) -> None:
    with pytest.raises(CertificateExpired), tokens.unlocked(practice.serial, "05", bytearray(WRONG)):
        raise AssertionError
    assert not next(each for each in tokens.tokens() if each.serial == practice.serial).pin_count_low


def test_the_clock_that_counts_is_the_one_handed_in(practice) -> None:
    with practice.process(now=lambda: datetime.now(UTC) + timedelta(days=4000)) as tokens:  # noqa: SIM117
        with pytest.raises(CertificateExpired), tokens.unlocked(practice.serial, "01", bytearray(RIGHT)):
            raise AssertionError


def test_two_logins_at_once_are_refused_and_the_first_goes_on(tokens, practice) -> None:
    with tokens.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        second = bytearray(RIGHT)
        with pytest.raises(TokenBusy), tokens.unlocked(practice.serial, "02", second):
            raise AssertionError
        assert second == bytes(8)
        assert session.sign(b"data")


def test_the_child_ends_with_the_login(tokens, practice) -> None:
    with tokens.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        process = session._child._process
        assert process.poll() is None
        assert tokens.tokens()  # looking goes on meanwhile
    assert process.returncode == 0
    with pytest.raises(ModuleFailed):
        session.sign(b"data")


def test_a_killed_child_is_an_error_and_the_next_question_finds_a_fresh_one(tokens, practice) -> None:
    with tokens.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        session._child._process.kill()
        with pytest.raises(ModuleFailed):
            session.sign(b"data")
        with pytest.raises(ModuleFailed):  # its login is not silently repeated
            session.sign(b"data")
    assert tokens.tokens()


def test_the_child_gets_no_secret_of_ours(monkeypatch, practice) -> None:
    monkeypatch.setenv("CLERK_SECRET", "x")
    with practice.process() as tokens:
        tokens.tokens()
        child = tokens._child._process.pid
        if not os.access(f"/proc/{child}/environ", os.R_OK):
            pytest.skip("needs to look into another process")
        with open(f"/proc/{child}/environ", "rb") as file:  # noqa: PTH123 - a file of the kernel
            environment = file.read()
        assert b"CLERK_SECRET" not in environment
        assert b"SOFTHSM2_CONF" in environment
        with open(f"/proc/{child}/limits") as file:  # noqa: PTH123 - a file of the kernel
            core = next(line for line in file if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]


def test_a_pin_is_in_no_log_and_no_exception(tokens, practice, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(PinIncorrect) as refusal, tokens.unlocked(practice.serial, "01", bytearray(WRONG)):
        raise AssertionError
    told: list[str] = [caplog.text]
    error: BaseException | None = refusal.value
    while error is not None:
        told += [repr(error), str(error), json.dumps(getattr(error, "facts", {}))]
        error = error.__cause__ or error.__context__
    assert WRONG.decode() not in "".join(told)
    with tokens.unlocked(practice.serial, "01", bytearray(RIGHT)):
        assert RIGHT.decode() not in caplog.text


def test_a_driver_that_is_not_there_is_said(tmp_path) -> None:
    with pytest.raises(ModuleMissing):
        TokenProcess(tmp_path / "none.so").tokens()
