"""Nothing stays logged in: after a list, an error, a stop, a pulled token, a close; the next one has to type a PIN."""

from collections.abc import Callable

import pytest

from signing import errors
from signing.token_client import TokenProcess
from tests.signing.test_token_faults import RIGHT


class Stopped(BaseException):
    """Somebody pressed stop, or the program is going down."""


def _ends(_: TokenProcess) -> None:
    pass


def _stops(_: TokenProcess) -> None:
    raise Stopped


def _locks(tokens: TokenProcess) -> None:
    tokens.close()


@pytest.mark.parametrize("how", [_ends, _stops, _locks], ids=lambda how: how.__name__)
def test_after_a_list_nobody_is_logged_in(
    driver, patient: TokenProcess, practice, how: Callable[[TokenProcess], None]
) -> None:
    pin = bytearray(RIGHT)
    try:
        with patient.unlocked(practice.serial, "01", pin) as session:
            child = session._child
            session.sign(b"data")
            before = driver.count("signs")
            how(patient)
    except Stopped:
        pass

    assert child.ended
    assert child._process.wait(10) is not None
    assert pin == bytes(len(RIGHT))
    with pytest.raises(errors.ModuleFailed):
        session.sign(b"more")
    assert (driver.count("logins"), driver.count("signs")) == (1, before)


def test_a_close_in_the_middle_of_a_signature_leaves_no_child(driver, faulty, practice) -> None:
    driver.fail("sign hang")
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        with pytest.raises(errors.TokenTimeout):
            session.sign(b"data")
        assert session._child._process.poll() is not None


def test_looking_again_after_a_list_needs_no_login_and_makes_none(driver, patient, practice) -> None:
    with patient.unlocked(practice.serial, "01", bytearray(RIGHT)):
        pass
    patient.tokens()
    patient.certificates(practice.serial)

    assert driver.count("logins") == 1


def test_another_token_in_the_slot_gets_no_pin_of_the_first(driver, patient, practice) -> None:
    pin = bytearray(RIGHT)
    with pytest.raises(errors.TokenMissing), patient.unlocked("another", "01", pin):
        raise AssertionError

    assert driver.count("logins") == 0
    assert pin == bytes(len(RIGHT))
