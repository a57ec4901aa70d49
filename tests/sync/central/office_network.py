"""What stands between a ward and central: a private CA, and a small proxy in a process of its own that knows CONNECT."""

import asyncio
import base64
import ipaddress
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


class PrivateAuthority:
    """A root that no system knows, and what it issues."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("CA nội bộ thử nghiệm")
        root = _begun(self._name, self._name, self._key).add_extension(
            x509.BasicConstraints(True, None), True
        )
        self.root = folder / "root.pem"
        self.root.write_bytes(root.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def issue(self, name: str) -> tuple[Path, Path]:
        """Return certificate and key (PEM) for an address of this computer, or for a host name."""
        key = ec.generate_private_key(ec.SECP256R1())
        try:
            alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            alternative = x509.DNSName(name)
        leaf = _begun(_named(name), self._name, key).add_extension(
            x509.SubjectAlternativeName([alternative]), False
        )
        certificate, private = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        signed = leaf.sign(self._key, hashes.SHA256())
        certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        pkcs8 = serialization.PrivateFormat.PKCS8
        private.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
        return certificate, private


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    named = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    numbered = named.serial_number(x509.random_serial_number())
    return numbered.not_valid_before(now - _DAY).not_valid_after(now + _DAY)


class ConnectProxy:
    """The proxy as its user sees it. `account`: name:password that it wants; "" lets everybody through."""

    def __init__(self, account: str = "") -> None:
        command = [sys.executable, str(Path(__file__)), account]
        self._child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self._says())

    def passed(self) -> str:
        """Wait until somebody has been let through, and return whereto."""
        return self._says()

    def close(self) -> None:
        self._child.kill()
        self._child.communicate()

    def _says(self) -> str:
        assert self._child.stdout is not None
        return self._child.stdout.readline().strip()


@contextmanager
def connect_proxy(account: str = "") -> Iterator[ConnectProxy]:
    proxy = ConnectProxy(account)
    try:
        yield proxy
    finally:
        proxy.close()


def _say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _serve(account: str) -> None:
    wanted = "basic " + base64.b64encode(account.encode()).decode() if account else ""

    async def answer(asker: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await asker.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            said = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            given = {name.lower(): value for name, value in said.items()}.get("proxy-authorization", "")
            method, where, _ = head[0].split(" ")
            if wanted and given.lower() != wanted.lower():
                back.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n")
            elif method != "CONNECT":
                back.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
            else:
                host, _, port = where.rpartition(":")
                there, out = await asyncio.open_connection(host, int(port))
                _say(where)
                back.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(_pass(asker, out), _pass(there, back))
        back.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    _say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _pass(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
    sink.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
