"""The way to central through the networks that there are: private CAs, proxies, sign-in pages."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sync.central.above import Above
from sync.client import Account, HttpCentral
from sync.errors import Offline
from sync.line_errors import (
    CertificateNotBelieved,
    CertificateOfAnother,
    LineBlocked,
    ProxyRefused,
    RootsUnreadable,
)
from sync.route import DIRECT, Route, Why
from tests.sync.central.office_network import PrivateAuthority, connect_proxy
from tests.sync.central.world import (
    Enrolment,
    RunningCentral,
    a_setting,
    open_registry,
    running_central,
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> PrivateAuthority:
    return PrivateAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory, authority: PrivateAuthority) -> Iterator[RunningCentral]:
    """A central that speaks TLS by a certificate of a private CA."""
    certificate, key = authority.issue("127.0.0.1")
    setting = replace(a_setting(tmp_path_factory.mktemp("secure")), certificate=certificate, tls_key=key)
    with running_central(setting) as central:
        yield central


@pytest.fixture(scope="module")
def known(secure: RunningCentral, tmp_path_factory: pytest.TempPathFactory) -> Enrolment:
    with open_registry(secure) as registry:
        return registry.enrol(tmp_path_factory.mktemp("counter"))


def epoch(known: Enrolment, route: Route, base: str = "") -> str:
    with closing(HttpCentral(base or known.base, Account(known.device, known.token), route)) as central:
        return central.time().epoch


def blocked(known: Enrolment, route: Route, base: str = "") -> LineBlocked:
    with pytest.raises(LineBlocked) as found:
        epoch(known, route, base)
    return found.value


def test_a_root_of_the_office_is_believed_beside_the_systems_own(
    known: Enrolment, authority: PrivateAuthority
) -> None:
    assert epoch(known, Route(DIRECT, authority.root))
    assert type(blocked(known, Route(DIRECT))) is CertificateNotBelieved


def test_a_root_of_somebody_else_is_not_believed(known: Enrolment, tmp_path: Path) -> None:
    found = blocked(known, Route(DIRECT, PrivateAuthority(tmp_path / "other").root))

    assert (type(found), found.facts["why"]) == (CertificateNotBelieved, Why.CERTIFICATE)


def test_a_certificate_of_another_name_is_said_to_be_one(
    tmp_path: Path, authority: PrivateAuthority, known: Enrolment
) -> None:
    for name in ("khac.invalid", "127.0.0.2"):
        certificate, key = authority.issue(name)
        setting = replace(a_setting(tmp_path / name), certificate=certificate, tls_key=key)
        with running_central(setting) as central:
            assert type(blocked(known, Route(DIRECT, authority.root), central.base)) is CertificateOfAnother


@pytest.mark.parametrize("written", [None, b"no certificate"])
def test_a_file_of_roots_that_cannot_be_read_is_named(
    known: Enrolment, tmp_path: Path, written: bytes | None
) -> None:
    roots = tmp_path / "roots.pem"
    if written is not None:
        roots.write_bytes(written)

    with pytest.raises(RootsUnreadable) as found:
        epoch(known, Route(DIRECT, roots))

    assert found.value.facts == {"path": roots}


def test_a_named_proxy_is_gone_through(known: Enrolment, authority: PrivateAuthority) -> None:
    with connect_proxy() as proxy:
        assert epoch(known, Route(f"http://127.0.0.1:{proxy.port}", authority.root))
        assert proxy.passed() == known.base.removeprefix("https://")


def test_a_hub_goes_the_same_ways(known: Enrolment, authority: PrivateAuthority) -> None:
    told = (known.base, known.unit, known.device, known.token, known.central_key)
    with connect_proxy() as proxy:
        above = Above(*told, Route(f"http://127.0.0.1:{proxy.port}", authority.root))
        with above.connected() as city:
            assert city.time().epoch
        assert proxy.passed() == known.base.removeprefix("https://")
    with Above(*told, Route(DIRECT)).connected() as city, pytest.raises(CertificateNotBelieved):
        city.time()


def test_the_systems_proxy_is_gone_through_only_when_the_settings_say_so(
    known: Enrolment, authority: PrivateAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    with connect_proxy() as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        assert epoch(known, Route(roots=authority.root))
        assert proxy.passed() == known.base.removeprefix("https://")
    assert epoch(known, Route(DIRECT, authority.root))
    with pytest.raises(Offline) as gone:
        epoch(known, Route(roots=authority.root))
    assert gone.value.facts["why"] == Why.PROXY


def test_a_proxy_that_wants_a_password_says_so_and_takes_it_from_its_address(
    known: Enrolment, authority: PrivateAuthority
) -> None:
    with connect_proxy("quay:bi-mat") as proxy:
        found = blocked(known, Route(f"http://127.0.0.1:{proxy.port}", authority.root))
        assert (type(found), found.facts["status"]) == (ProxyRefused, "407")
        found = blocked(known, Route(f"http://127.0.0.1:{proxy.port}"), "http://central.invalid")
        assert (type(found), found.facts["status"]) == (ProxyRefused, 407)

        route = Route(f"http://quay:bi-mat@127.0.0.1:{proxy.port}", authority.root)
        assert epoch(known, route)
        assert "bi-mat" not in repr(route)


def test_whom_the_proxy_shows_instead_of_central_is_not_believed(
    known: Enrolment, authority: PrivateAuthority
) -> None:
    """A proxy that breaks TLS open has to have its root in the file or in the system's store."""
    with connect_proxy() as proxy:
        found = blocked(known, Route(f"http://127.0.0.1:{proxy.port}"))
    assert type(found) is CertificateNotBelieved
