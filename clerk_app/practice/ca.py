"""The practice CA: a root, an issuing CA below it, and certificates for officers and the agency."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_SIZE = 2048
_OFFICE = "Cơ quan luyện tập (không có giá trị pháp lý)"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pkcs8(self) -> bytes:
        """The private key in PKCS#8 PEM, unencrypted: for practice only."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """The practice root and the CA that issues."""

    root: KeyPair
    issuer: KeyPair

    def issue(self, common_name: str, serial_number: str = "") -> KeyPair:
        """Make a key and a signing certificate (RSA-2048, two years) for a person or the agency."""
        key = rsa.generate_private_key(65537, _SIZE)
        names = [(NameOID.COMMON_NAME, common_name), (NameOID.ORGANIZATION_NAME, _OFFICE)]
        if serial_number:
            names.append((NameOID.SERIAL_NUMBER, serial_number))
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = _certificate(key, _name(names), self.issuer.certificate.subject, years=2)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(usage, critical=True)
        return KeyPair(key, _sign(builder, key, self.issuer.key))

    def write_trust(self, folder: Path) -> None:
        """Write the root and the issuing CA as PEM files into a trust folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, pair in (("practice-root.crt", self.root), ("practice-issuer.crt", self.issuer)):
            (folder / name).write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))


def make_authority() -> Authority:
    """Make a fresh practice root and issuing CA; their keys live in memory only."""
    root = _ca("CA gốc luyện tập", None)
    return Authority(root, _ca("CA cấp chứng thư luyện tập", root))


def _ca(common_name: str, parent: KeyPair | None) -> KeyPair:
    key = rsa.generate_private_key(65537, _SIZE)
    name = _name([(NameOID.COMMON_NAME, common_name), (NameOID.ORGANIZATION_NAME, _OFFICE)])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    issuer = parent.certificate.subject if parent else name
    depth = 0 if parent else 1
    builder = _certificate(key, name, issuer, years=10)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
    builder = builder.add_extension(usage, critical=True)
    return KeyPair(key, _sign(builder, key, parent.key if parent else key))


def _name(parts: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    country = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    return x509.Name(country + [x509.NameAttribute(oid, value) for oid, value in parts])


def _certificate(
    key: rsa.RSAPrivateKey, subject: x509.Name, issuer: x509.Name, years: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * years))
    )


def _sign(
    builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey, issuer_key: rsa.RSAPrivateKey
) -> x509.Certificate:
    subject_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = builder.add_extension(subject_id, critical=False).add_extension(issuer_id, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
