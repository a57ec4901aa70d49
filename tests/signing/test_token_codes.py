"""Every return code of a driver is a named error with a sentence and a remedy, in one table and on one page."""

import re
from pathlib import Path

import pkcs11
import pytest

from signing import errors
from signing.driver_codes import CODES, DriverCode, fault_of
from signing.faults import CLASSES
from signing.token_client import TokenProcess
from signing.wire import Fault
from tests.signing.test_token_faults import RIGHT

PAGE = Path(__file__).parents[2] / "docs" / "token-errors.md"
AT_LOGIN = {
    *(Fault.PIN_INCORRECT, Fault.PIN_INVALID, Fault.PIN_LENGTH, Fault.PIN_EXPIRED),
    *(Fault.PIN_LOCKED, Fault.PIN_UNSET),
}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_a_drivers_code_is_the_error_of_its_row(driver, patient, practice, code: DriverCode) -> None:
    call = "login" if code.fault in AT_LOGIN else "sign"
    driver.fail(f"{call} {code.number:x}")

    with (
        pytest.raises(errors.SigningError) as refusal,
        patient.unlocked(practice.serial, "01", bytearray(RIGHT)) as session,
    ):
        session.sign(b"data")

    assert type(refusal.value) is CLASSES[code.fault]
    assert driver.count("logins") == 1
    if "{code}" in refusal.value.message:
        assert f"CKR_{code.name}" in str(refusal.value)


def test_the_table_names_the_classes_of_the_binding_as_it_is() -> None:
    assert [code.binding for code in CODES if code.binding and not hasattr(pkcs11, code.binding)] == []
    assert len({code.number for code in CODES}) == len({code.name for code in CODES}) == len(CODES)


def test_every_fault_has_its_class_with_words_of_its_own() -> None:
    assert set(CLASSES) == {fault.value for fault in Fault}
    for kind in CLASSES.values():
        assert kind.message != errors.SigningError.message
        assert kind.remedy.endswith(".")


@pytest.mark.parametrize(
    ("binding", "words", "shown"),
    [
        ("PKCS11Error", "Unmapped error code 0x80000001", "0x80000001"),
        ("PKCS11Error", "Unmapped error code 0x68", "CKR_KEY_FUNCTION_NOT_PERMITTED"),
        ("PKCS11Error", "the driver's own words /home/an/0xZZ", "PKCS11Error"),
        ("TemplateIncomplete", "", "TemplateIncomplete"),
    ],
)
def test_an_unknown_code_is_shown_as_a_number_and_never_in_the_drivers_words(
    binding: str, words: str, shown: str
) -> None:
    assert fault_of(binding, words)[1] == shown


@pytest.mark.parametrize(
    ("call", "code", "refusal"),
    [
        ("slots", "30", errors.DeviceError),
        ("slots", "80000007", errors.TokenError),
        ("info", "30", errors.DeviceError),
        ("info", "e0", errors.TokenMissing),  # pulled between two looks: it is simply not there
        ("open", "b1", errors.TokenTaken),
        ("open", "e0", errors.TokenRemoved),
        ("find", "32", errors.TokenRemoved),
        ("load", "2", errors.ModuleFailed),
        ("load", "abort", errors.ModuleFailed),
        ("open", "abort", errors.ModuleFailed),
    ],
)
def test_a_fault_at_any_other_call_costs_no_login(
    driver, patient, practice, call: str, code: str, refusal: type[errors.SigningError]
) -> None:
    driver.fail(f"{call} {code}")
    pin = bytearray(RIGHT)

    with pytest.raises(refusal), patient.unlocked(practice.serial, "01", pin):
        raise AssertionError

    assert driver.count("logins") == 0
    assert pin == bytes(len(RIGHT))


def test_a_driver_that_hangs_at_the_first_look_is_left_behind(driver, faulty) -> None:
    driver.fail("slots hang")

    with pytest.raises(errors.TokenTimeout):
        faulty.tokens()


@pytest.mark.parametrize(
    ("flag", "name"),
    [("10000", "pin_count_low"), ("20000", "pin_final_try"), ("40000", "pin_locked"), ("100", "pin_pad")],
)
def test_what_a_token_says_of_its_pin_is_seen_before_anybody_types(
    driver, patient, flag: str, name: str
) -> None:
    driver.fail(f"flags {flag}")

    assert getattr(patient.tokens()[0], name) is True


def test_a_locked_token_is_not_tried(driver, patient: TokenProcess, practice) -> None:
    driver.fail("flags 40000")

    with pytest.raises(errors.PinLocked), patient.unlocked(practice.serial, "01", bytearray(RIGHT)):
        raise AssertionError

    assert driver.count("logins") == 0


def test_the_last_try_is_told_with_the_wrong_pin(driver, patient, practice) -> None:
    driver.fail("flags 20000")

    with (
        pytest.raises(errors.PinIncorrect) as refusal,
        patient.unlocked(practice.serial, "01", bytearray(b"13572468")),
    ):
        raise AssertionError

    assert refusal.value.facts["final"] is True
    assert driver.count("logins") == 1


def test_the_page_of_errors_says_what_the_screen_says() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {re.findall(r"`(\w+)`", row)[0]: row for row in rows}
    by_fault: dict[str, list[str]] = {fault: [] for fault in CLASSES}
    for code in CODES:
        by_fault[code.fault].append(f"`CKR_{code.name}`")

    assert told.keys() == CLASSES.keys()
    for fault, kind in CLASSES.items():
        codes = ", ".join(by_fault[fault]) or "–"
        assert told[fault] == f"| `{fault}` | {codes} | {kind.message} | {kind.remedy} |"
