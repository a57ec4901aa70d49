"""Drivers that crash, hang, chatter or lie: an error each, never a second try, never our own end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing.errors import (
    CertificateExpired,
    CertificateMissing,
    DeviceError,
    KeyMismatch,
    ModuleFailed,
    PinExpired,
    PinIncorrect,
    PinLocked,
    SigningError,
    TokenError,
    TokenRemoved,
    TokenTimeout,
)
from signing.practice_token import PracticeKey, make_token, softhsm_library, token_environment
from signing.token import Mechanism
from signing.token_client import TokenProcess
from signing.token_session import Deadlines, TokenSession

RIGHT = b"24681357"


def test_one_pin_typed_is_one_login(driver, faulty, practice) -> None:
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        for _ in range(3):
            session.sign(b"data")
    assert driver.count("logins") == 1


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("a0", PinIncorrect),
        ("a4", PinLocked),
        ("a3", PinExpired),
        ("e0", TokenRemoved),
        ("32", TokenRemoved),
        ("30", DeviceError),
        ("80000001", TokenError),
    ],
)
def test_every_refusal_is_named_after_exactly_one_try(driver, faulty, practice, code, refusal) -> None:
    driver.fail(f"login {code}")
    pin = bytearray(RIGHT)
    with pytest.raises(refusal), faulty.unlocked(practice.serial, "01", pin):
        raise AssertionError
    assert driver.count("logins") == 1
    assert pin == bytes(8)


def test_a_token_pulled_while_signing_is_said(driver, faulty, practice) -> None:
    driver.fail("sign 32")
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        with pytest.raises(TokenRemoved):
            session.sign(b"data")
        driver.fail("none none")
        with pytest.raises(ModuleFailed):  # put back, it has to be unlocked again
            session.sign(b"data")
    assert driver.count("logins") == 1


@pytest.mark.parametrize(("how", "refusal"), [("abort", ModuleFailed), ("hang", TokenTimeout)])
def test_a_driver_that_dies_or_hangs_is_left_behind(driver, faulty, practice, how, refusal) -> None:
    driver.fail(f"sign {how}")
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session, pytest.raises(refusal):
        session.sign(b"data")
    driver.fail("none none")
    assert driver.count("signs") == 1  # not tried again by itself
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        assert session.sign(b"data")
    assert driver.count("logins") == 2


def test_what_a_driver_prints_does_not_reach_the_pipe(driver, faulty, practice) -> None:
    driver.fail("sign noise")
    with faulty.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        assert session.sign(b"data")
        assert session.sign(b"more")


FakeChild = Callable[[str], tuple[str, ...]]


def _process(command: tuple[str, ...], **deadlines: float) -> TokenProcess:
    return TokenProcess(softhsm_library(), command=command, deadlines=Deadlines(**deadlines))


@pytest.mark.parametrize(
    "body",
    [
        "raw(b'not json')",
        "raw(b'[]')",
        "os.write(1, b'\\xff\\xff\\xff\\xff')",
        "os.write(1, b'Traceback (most recent call last)')",
        "r = read(); ok(r)",
        "r = read(); ok(r, tokens='none')",
        "r = read(); ok(r, tokens=[{'serial': 1}])",
        "r = read(); r['id'] += 1; ok(r, tokens=[])",
        "r = read(); raw(json.dumps({'id': r['id'], 'fault': 'strange', 'facts': {}}).encode())",
        "r = read(); raw(json.dumps({'id': r['id'], 'fault': 'token_error', 'facts': 7}).encode())",
        "sys.exit(3)",
    ],
)
def test_a_child_that_makes_no_sense_has_failed(fake_child: FakeChild, body: str) -> None:
    with _process(fake_child(body)) as process, pytest.raises(ModuleFailed):
        process.tokens()


def test_a_child_that_never_answers_is_ended_in_time(fake_child: FakeChild) -> None:
    with _process(fake_child("import time; time.sleep(60)"), look=0.2) as process:
        with pytest.raises(TokenTimeout) as refusal:
            process.tokens()
        assert "0.2 giây" in str(refusal.value)


LYING = """
import base64
der = base64.b64encode(bytes.fromhex(os.environ["DER"])).decode()
while True:
    r = read()
    if r["op"] == "certificates": ok(r, certificates=[{"key_id": "01", "der": der, "public": "", "each_time": False}])
    elif r["op"] == "login":
        open(os.environ["LOG"], "a").write(".")
        if os.environ["HOW"] == "die": os._exit(9)
        ok(r, session=1, mechanisms=["RSA_PKCS"], each_time=False)
    elif r["op"] == "sign": ok(r, signature=base64.b64encode(bytes(256)).decode())
    else: ok(r)
"""


@pytest.mark.parametrize(("how", "refusal"), [("die", ModuleFailed), ("lie", KeyMismatch)])
def test_a_lie_or_a_death_costs_one_login_and_yields_no_signature(
    fake_child: FakeChild, practice, tmp_path: Path, how: str, refusal: type[SigningError]
) -> None:
    log, pin = tmp_path / "logins", bytearray(RIGHT)
    environment = {"DER": practice.certificates["CanBo"].hex(), "LOG": str(log), "HOW": how}
    with TokenProcess(softhsm_library(), environment, command=fake_child(LYING)) as process:  # noqa: SIM117
        with pytest.raises(refusal), process.unlocked("any", "01", pin) as session:
            session.sign(b"data")
    assert log.read_text() == "."
    assert pin == bytes(8)


RENEWED = """
import base64
both = [base64.b64encode(bytes.fromhex(each)).decode() for each in os.environ["DERS"].split()]
while True:
    r = read()
    if r["op"] == "certificates": ok(r, certificates=[{"key_id": "01", "der": der, "public": "", "each_time": False} for der in both])
    elif r["op"] == "login": ok(r, session=1, mechanisms=["RSA_PKCS"], each_time=False)
    else: ok(r)
"""


def test_of_two_certificates_of_one_key_the_one_meant_signs(fake_child: FakeChild, practice) -> None:
    old, new = practice.certificates["Expired"], practice.certificates["CanBo"]
    environment = {"DERS": f"{old.hex()} {new.hex()}"}
    with TokenProcess(softhsm_library(), environment, command=fake_child(RENEWED)) as process:
        with process.unlocked("any", "01", bytearray(RIGHT), new) as session:
            assert session.certificate == new
        with pytest.raises(CertificateExpired), process.unlocked("any", "01", bytearray(RIGHT), old):
            raise AssertionError
        other = practice.certificates["LanhDao"]
        with pytest.raises(CertificateMissing), process.unlocked("any", "01", bytearray(RIGHT), other):
            raise AssertionError


def test_a_child_that_talks_without_being_asked_has_failed(fake_child: FakeChild) -> None:
    """What nobody asked for is not hoarded: a flood would fill our memory, not its own."""
    flood = (
        "r = read(); ok(r, tokens=[])\nfor _ in range(200): raw(b'{\"x\":\"' + b'x' * 9000 + b'\"}')\nread()"
    )
    with _process(fake_child(flood)) as process:
        child = process._awake()
        assert process.tokens() == ()
        child._process.wait(10)
        assert child._answers.qsize() <= 2
        with pytest.raises(ModuleFailed):
            child.ask("tokens", 1, {})


def test_without_its_own_rsa_hashing_a_token_signs_what_we_hashed(practice) -> None:
    """RSA_PKCS with our DigestInfo verifies as SHA-256 with RSA."""
    with practice.process() as tokens, tokens.unlocked(practice.serial, "01", bytearray(RIGHT)) as session:
        plain = TokenSession(session._child, session._certificate, Mechanism.RSA_PKCS, Deadlines())
        assert plain.sign(b"data") == session.sign(b"data")


def test_a_key_that_does_not_fit_its_certificate_is_refused(practice, tmp_path, issuing) -> None:
    key, _ = issuing.issue("An")
    _, other = issuing.issue("An", rsa.generate_private_key(65537, 2048))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    laid = PracticeKey("0a", "sai", pem, other.public_bytes(Encoding.DER))
    serial = make_token(tmp_path, "Thẻ sai", RIGHT.decode(), [laid])
    with TokenProcess(softhsm_library(), token_environment(tmp_path)) as tokens:  # noqa: SIM117
        with pytest.raises(KeyMismatch), tokens.unlocked(serial, "0a", bytearray(RIGHT)):
            raise AssertionError
