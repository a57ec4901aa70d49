"""A driver and its tokens are examined without a PIN; authorities are asked over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from signing.certificate import SigningCertificate
from signing.errors import ModuleFailed, RevocationUnavailable, TimeStampUnavailable
from signing.examination import SeenCertificate, authority_time, examine, revoked_since
from signing.practice_token import softhsm_library
from signing.revocation import HttpIssuers
from signing.time_stamp import HttpTimeStamper
from signing.trust import Trust


def test_a_practice_token_is_seen_whole_and_without_a_login(driver, practice) -> None:
    trust = Trust((practice.root.der,), (practice.issuing.der,))

    seen = examine(driver.library, driver.environment, trust)

    (token,) = seen.tokens
    assert seen.loads
    assert token.info.serial == practice.serial
    assert len(token.certificates) == len(practice.certificates)
    assert all(each.rooted and each.issuer == practice.issuing.der for each in token.certificates)
    assert all(each.key_fits for each in token.certificates)
    assert driver.count("logins") == 0


def test_under_strange_roots_nothing_is_rooted(practice, stranger) -> None:
    seen = examine(softhsm_library(), practice.environment, Trust((stranger.der,)))

    assert not any(each.rooted for each in seen.tokens[0].certificates)


def test_a_driver_that_dies_leaves_its_reason_and_its_architecture(driver) -> None:
    driver.fail("slots abort")

    seen = examine(driver.library, driver.environment, Trust(()))

    assert isinstance(seen.trouble, ModuleFailed)
    assert seen.architecture is not None
    assert seen.tokens == ()


@pytest.fixture
def officers(servers) -> SeenCertificate:
    certificate = SigningCertificate(servers.officer.der)
    return SeenCertificate(certificate, True, servers.issuing.der, None, False, tells_where_to_ask=True)


def test_the_issuer_says_whether_a_certificate_is_revoked(servers, officers: SeenCertificate) -> None:
    now = datetime.now(UTC)
    assert revoked_since(HttpIssuers(), officers, now) is None

    gone = (now - timedelta(days=2)).replace(microsecond=0)
    servers.revoked[servers.officer.certificate.serial_number] = gone
    assert revoked_since(HttpIssuers(), officers, now) == gone


def test_a_silent_issuer_is_no_revocation(servers, officers: SeenCertificate) -> None:
    servers.web.answers.clear()

    with pytest.raises(RevocationUnavailable):
        revoked_since(HttpIssuers(), officers, datetime.now(UTC))


def test_a_time_stamp_service_tells_its_time(servers) -> None:
    said = authority_time(HttpTimeStamper(servers.web.address + "/tsa", servers.trust))

    assert abs(said - datetime.now(UTC)) < timedelta(minutes=5)
    with pytest.raises(TimeStampUnavailable):
        authority_time(HttpTimeStamper("http://127.0.0.1:9/tsa", servers.trust))
