"""The time is asked for by a hash, and an answer is believed only when everything about it is right."""

import hashlib
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing.errors import (
    TimeStampError,
    TimeStampForged,
    TimeStampRefused,
    TimeStampTooLarge,
    TimeStampUnavailable,
)
from signing.pades import SignRequest, sign
from signing.time_stamp import HttpTimeStamper
from signing.trust import Trust
from signing.validation import validate
from tests.signing.authorities import Authorities, KeyInMemory, slowly

DIGEST = hashlib.sha256("giấy tiếp nhận".encode()).digest()


def _stamper(servers: Authorities, path: str = "/tsa", seconds: float = 10.0) -> HttpTimeStamper:
    return HttpTimeStamper(servers.web.address + path, servers.trust, seconds)


def test_a_token_is_over_our_hash_and_openssl_agrees(servers, tmp_path) -> None:
    token = _stamper(servers).stamp(DIGEST)

    (tmp_path / "token.der").write_bytes(token)
    (tmp_path / "root.pem").write_bytes(servers.root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "issuing.pem").write_bytes(servers.issuing.certificate.public_bytes(Encoding.PEM))
    verified = subprocess.run(
        [
            *(
                "openssl",
                "ts",
                "-verify",
                "-digest",
                DIGEST.hex(),
                "-token_in",
                "-in",
                tmp_path / "token.der",
            ),
            *("-CAfile", tmp_path / "root.pem", "-untrusted", tmp_path / "issuing.pem"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Verification: OK" in verified.stdout + verified.stderr


def test_only_the_hash_and_a_nonce_leave_this_computer(servers) -> None:
    for _ in range(2):
        _stamper(servers).stamp(DIGEST)

    first, second = (tsp.TimeStampReq.load(body).native for _, body in servers.web.asked)
    assert first["message_imprint"]["hashed_message"] == DIGEST
    assert {name for name, value in first.items() if value is not None} == {
        *("version", "message_imprint", "nonce", "cert_req"),
    }
    assert first["nonce"] != second["nonce"]


def _another_nonce(servers: Authorities) -> Callable[[bytes], bytes]:
    def _answer(body: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(body)
        asked["nonce"] = 12345
        return servers.reply(asked.dump()).dump()

    return _answer


def _no_nonce(servers: Authorities) -> Callable[[bytes], bytes]:
    def _answer(body: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(body).native
        fewer = {name: asked[name] for name in ("version", "message_imprint", "cert_req")}
        return servers.reply(tsp.TimeStampReq(fewer).dump()).dump()

    return _answer


def _another_imprint(servers: Authorities) -> Callable[[bytes], bytes]:
    def _answer(body: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(body)
        asked["message_imprint"]["hashed_message"] = bytes(32)
        return servers.reply(asked.dump()).dump()

    return _answer


def _broken_signature(servers: Authorities) -> Callable[[bytes], bytes]:
    def _answer(body: bytes) -> bytes:
        reply = servers.reply(body)
        info = reply["time_stamp_token"]["content"]["signer_infos"][0]
        info["signature"] = bytes(len(info["signature"].native))
        return reply.dump()

    return _answer


def _another_time(servers: Authorities) -> Callable[[bytes], bytes]:
    """The imprint and the nonce are right, the time was changed after the authority signed."""

    def _answer(body: bytes) -> bytes:
        signed = servers.reply(body).dump()
        year = datetime.now(UTC).strftime("%Y").encode()
        assert signed.count(b"\x18\x0f" + year) == 1
        return signed.replace(b"\x18\x0f" + year, b"\x18\x0f2019")

    return _answer


FORGERIES = {
    "nonce": _another_nonce,
    "no nonce": _no_nonce,
    "imprint": _another_imprint,
    "signature": _broken_signature,
    "time": _another_time,
    "stranger": lambda servers: servers.stamping(servers.strange_tsa),
    "not a tsa": lambda servers: servers.stamping(servers.officer),
    "no asn.1": lambda _: lambda _: b"<html>Welcome to the hotel</html>",
    "nothing": lambda _: lambda _: b"",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_answer_is_thrown_away(servers, forge) -> None:
    servers.web.answers["/tsa"] = forge(servers)
    with pytest.raises(TimeStampForged):
        _stamper(servers).stamp(DIGEST)


@pytest.mark.parametrize(
    ("usage", "critical"),
    [
        ((ExtendedKeyUsageOID.TIME_STAMPING,), False),
        ((ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION), True),
    ],
)
def test_an_authority_that_is_not_for_time_alone_is_not_believed(servers, usage, critical) -> None:
    party = servers.issue("TSA đa năng", servers.issuing, usage=usage, critical=critical)
    servers.web.answers["/tsa"] = servers.stamping(party)
    with pytest.raises(TimeStampForged, match="TSA đa năng"):
        _stamper(servers).stamp(DIGEST)


def test_nobody_is_believed_without_roots(servers) -> None:
    with pytest.raises(TimeStampForged):
        HttpTimeStamper(servers.web.address + "/tsa", Trust(())).stamp(DIGEST)


def test_a_refusal_says_why(servers) -> None:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {"unaccepted_policy"}})
    said = status.dump()
    servers.web.answers["/tsa"] = lambda _: (
        bytes((0x30, len(said))) + said
    )  # asn1crypto would insist on a token
    with pytest.raises(TimeStampRefused, match="rejection, unaccepted_policy"):
        _stamper(servers).stamp(DIGEST)


def test_a_server_that_is_away_is_unavailable(servers) -> None:
    with pytest.raises(TimeStampUnavailable, match="HTTP 503"):
        _stamper(servers, "/closed").stamp(DIGEST)
    with pytest.raises(TimeStampUnavailable):
        HttpTimeStamper("http://127.0.0.1:9/tsa", servers.trust).stamp(DIGEST)
    with pytest.raises(TimeStampUnavailable, match="không phải http"):
        HttpTimeStamper("file:///etc/hostname", servers.trust).stamp(DIGEST)


def test_a_slow_server_costs_no_more_than_the_deadline(servers) -> None:
    servers.web.answers["/tsa"] = slowly(servers.stamping(), 5)
    started = time.monotonic()
    with pytest.raises(TimeStampUnavailable, match="giây"):
        _stamper(servers, seconds=0.5).stamp(DIGEST)
    assert time.monotonic() - started < 3


def test_a_huge_answer_is_not_read_to_its_end(servers) -> None:
    servers.web.answers["/tsa"] = lambda _: bytes(5_000_000)
    with pytest.raises(TimeStampUnavailable, match="dài quá"):
        _stamper(servers).stamp(DIGEST)


def _request(servers: Authorities) -> SignRequest:
    return SignRequest("CanBo", servers.officer.der, datetime.now(UTC), servers.chain)


def test_a_signature_is_stamped_while_it_is_made(slip, servers, pdfsig) -> None:
    session, told = KeyInMemory(servers.officer), list[TimeStampError]()

    signed = sign(slip, _request(servers), session, _stamper(servers), told.append)

    report = validate(signed, servers.trust)
    assert report.valid
    assert told == []
    assert session.asked == 1
    assert abs(report.signatures[0].proven_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert "Signature is Valid" in pdfsig(signed)


def test_a_clock_that_is_away_costs_no_signature(slip, servers) -> None:
    session, told = KeyInMemory(servers.officer), list[TimeStampError]()

    signed = sign(slip, _request(servers), session, _stamper(servers, "/closed"), told.append)

    report = validate(signed, servers.trust)
    assert report.valid
    assert report.signatures[0].proven_at is None
    assert [type(each) for each in told] == [TimeStampUnavailable]
    assert session.asked == 1


def test_a_token_without_room_is_left_out(slip, servers) -> None:
    class FakeStamper:
        def stamp(self, _: bytes) -> bytes:
            return bytes(20_000)

    told = list[TimeStampError]()
    signed = sign(slip, _request(servers), KeyInMemory(servers.officer), FakeStamper(), told.append)

    assert validate(signed, servers.trust).valid
    assert [type(each) for each in told] == [TimeStampTooLarge]
