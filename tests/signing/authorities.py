"""A practice authority with its servers: time-stamps, OCSP answers and CRLs over real HTTP, by keys made here.

Each test says what the servers answer; by default they tell the truth.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from signing.trust import Trust

Answer = Callable[[bytes], bytes]
DAYS = timedelta(days=1)


@dataclass(frozen=True)
class Party:
    """A key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class KeyInMemory:
    """A fake of an unlocked token: a key in memory, and a count of what it was asked."""

    def __init__(self, party: Party) -> None:
        self._party = party
        self.certificate = party.der
        self.asked = 0

    def sign(self, data: bytes) -> bytes:
        self.asked += 1
        return self._party.sign(data)


class Web:
    """A server on this machine; `answers` by path. What a path is asked is kept."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, bytes]] = []
        web = self

        class _Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])))

            def do_GET(self) -> None:
                self._answer(b"")

            def _answer(self, body: bytes) -> None:
                web.asked.append((self.path, body))
                answer = web.answers.get(self.path)
                data = answer(body) if answer else b""
                try:
                    self.send_response(200 if answer else 503)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # the other side had enough

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Authorities:
    """A root, an issuing authority, an officer, a leader, a time-stamp authority, an OCSP responder, and their servers."""

    web: Web
    root: Party = field(init=False)
    issuing: Party = field(init=False)
    revoked: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = _root("CA gốc")
        self.issuing = self.issue("CA cấp phát", self.root, authority=True, crl="/root.crl")
        both = {"ocsp": "/ocsp", "crl": "/issuing.crl"}
        self.officer = self.issue("Nguyễn Thị Hằng", self.issuing, **both)
        self.leader = self.issue("Trần Văn Đức", self.issuing, **both)
        time_alone = (ExtendedKeyUsageOID.TIME_STAMPING,)
        self.tsa = self.issue("TSA thực hành", self.issuing, crl="/issuing.crl", usage=time_alone)
        self.responder = self.issue("OCSP", self.issuing, usage=(ExtendedKeyUsageOID.OCSP_SIGNING,))
        self.stranger = _root("CA lạ")
        self.strange_tsa = self.issue("TSA lạ", self.stranger, usage=time_alone)

    @property
    def trust(self) -> Trust:
        return Trust((self.root.der,))

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.issuing.der,)

    def tell_the_truth(self) -> None:
        """Let every server answer as it should."""
        self.revoked.clear()
        self.web.asked.clear()
        self.web.answers.clear()
        self.web.answers.update(
            {
                "/tsa": self.stamping(),
                "/ocsp": self.answering(),
                "/issuing.crl": lambda _: self.crl(self.issuing),
                "/root.crl": lambda _: self.crl(self.root),
            }
        )

    def issue(
        self,
        name: str,
        issuer: Party,
        *,
        authority: bool = False,
        ocsp: str = "",
        crl: str = "",
        usage: tuple[x509.ObjectIdentifier, ...] = (),
        critical: bool = True,
        days: tuple[float, float] = (-30, 700),
    ) -> Party:
        key = rsa.generate_private_key(65537, 2048)
        builder = _builder(name, key, issuer.name, issuer.key, authority, days)
        if ocsp:
            at = x509.UniformResourceIdentifier(self.web.address + ocsp)
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        if crl:
            at = x509.UniformResourceIdentifier(self.web.address + crl)
            point = x509.DistributionPoint([at], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
        return Party(key, builder.sign(issuer.key, hashes.SHA256()))

    def stamping(self, party: Party | None = None, at: datetime | None = None) -> Answer:
        """Make what a time-stamp authority answers."""
        who = party or self.tsa
        return lambda body: self.reply(body, who, at).dump()

    def reply(self, body: bytes, party: Party | None = None, at: datetime | None = None) -> tsp.TimeStampResp:
        who = party or self.tsa
        private = who.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(who.der),
            keys.PrivateKeyInfo.load(private),
            [asn1_x509.Certificate.load(self.issuing.der)],
            fixed_dt=at or datetime.now(UTC).replace(microsecond=0),
        )
        return stamper.request_tsa_response(tsp.TimeStampReq.load(body))

    def answering(
        self, signer: Party | None = None, ages: tuple[timedelta, timedelta] = (0 * DAYS, DAYS)
    ) -> Answer:
        """Make what an OCSP responder answers; `ages`: of this and of the next update, from now."""
        who = signer or self.responder

        def _answer(body: bytes) -> bytes:
            asked = ocsp.load_der_ocsp_request(body)
            known = {each.certificate.serial_number: each for each in (self.officer, self.leader, self.tsa)}
            now, gone = datetime.now(UTC), self.revoked.get(asked.serial_number)
            builder = ocsp.OCSPResponseBuilder().add_response(
                cert=known[asked.serial_number].certificate,
                issuer=self.issuing.certificate,
                algorithm=hashes.SHA1(),  # noqa: S303 - a name, no proof
                cert_status=ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
                this_update=now + ages[0],
                next_update=now + ages[1],
                revocation_time=gone,
                revocation_reason=None,
            )
            builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, who.certificate)
            return (
                builder.certificates([who.certificate])
                .sign(who.key, hashes.SHA256())
                .public_bytes(Encoding.DER)
            )

        return _answer

    def crl(
        self,
        issuer: Party,
        ages: tuple[timedelta, timedelta] = (0 * DAYS, 7 * DAYS),
        key: rsa.RSAPrivateKey | None = None,
    ) -> bytes:
        """Write a list of what is revoked; `ages`: of this and of the next update, from now."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.name)
            .last_update(now + ages[0])
            .next_update(now + ages[1])
        )
        for serial, when in self.revoked.items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            )
        return builder.sign(key or issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@contextmanager
def authorities() -> Iterator[Authorities]:
    """Open the servers."""
    web = Web()
    try:
        yield Authorities(web)
    finally:
        web.close()


def slowly(answer: Answer, seconds: float) -> Answer:
    """Make an answer that comes late."""

    def _late(body: bytes) -> bytes:
        time.sleep(seconds)
        return answer(body)

    return _late


def _root(name: str) -> Party:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = _builder(name, key, subject, key, True, (-400, 9000))
    return Party(key, builder.sign(key, hashes.SHA256()))


def _builder(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    authority: bool,
    days: tuple[float, float],
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
